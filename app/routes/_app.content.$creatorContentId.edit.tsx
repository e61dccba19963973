import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import type { UpdateContentInput } from '../../server/domain/creator-contents/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { type FormFailure, readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { contentTypeLabels } from '../features/creator-contents/labels.ts';
import { PieceFields } from '../features/creator-contents/piece-fields.tsx';
import { pieceValues, readPiece } from '../features/creator-contents/piece-form-values.ts';
import { paths } from '../lib/paths.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Edit a post · SpokeStack' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  return load(context, async () => {
    await requireRight(caller, 'creator-contents.write');
    return {
      content: await caller.creatorContents.byId({ creatorContentId: params.creatorContentId ?? '' }),
    };
  });
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { creatorContentId = '' } = params;
  const form = await readFormData(request);
  const { expectedVersion } = readForm(form);
  const caller = await api(request, context);
  // The procedure's own schema judges what the form sent.
  const input = { creatorContentId, expectedVersion, ...readPiece(form) } as unknown as UpdateContentInput;
  const result = await submit(context, form, () => caller.creatorContents.update(input));
  if ('failure' in result) return json<FormFailure>(result.failure, { status: result.status });
  return redirect(paths.creatorContent(creatorContentId));
}

export default function EditContent() {
  const { content } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const isPending = useNavigation().state !== 'idle';
  const home = paths.creatorContent(content.id);
  const crumbs = [
    { label: 'Content', href: paths.creatorContents() },
    { label: `${contentTypeLabels[content.type]} by ${content.creatorName}`, href: home },
  ];
  return (
    <>
      <PageHeader title="Edit" crumbs={crumbs} />
      <PageBody>
        <Form method="post" className="grid max-w-200 gap-4">
          <FormErrorSummary formError={failure?.message} />
          <input type="hidden" name="expectedVersion" value={content.version} />
          {content.publishedAt && <input type="hidden" name="publishedAt" value={content.publishedAt} />}
          <PieceFields values={pieceValues(content)} failure={failure} />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" isPending={isPending}>
              Save changes
            </Button>
            <LinkButton href={home}>Cancel</LinkButton>
          </div>
        </Form>
      </PageBody>
    </>
  );
}
