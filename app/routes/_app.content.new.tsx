import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import type { CreateContentInput } from '../../server/domain/creator-contents/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { type FormFailure, readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { PieceFields } from '../features/creator-contents/piece-fields.tsx';
import { readPiece } from '../features/creator-contents/piece-form-values.ts';
import { AskForAddress, RecognisedPanel } from '../features/creator-contents/recognised.tsx';
import { readNewPiece } from '../features/creator-contents/new-piece.server.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Add a post · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  return load(context, async () => {
    await requireRight(caller, 'creator-contents.write');
    return readNewPiece(caller, context, pageUrl(request).searchParams);
  });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { url = '', creatorId = '', creatorPlatformId } = readForm(form);
  // The procedure's own schema judges what the form sent.
  const input = {
    url,
    creatorId,
    ...(creatorPlatformId && { creatorPlatformId }),
    ...readPiece(form),
  } as unknown as CreateContentInput;
  const result = await submit(context, form, () => caller.creatorContents.create(input));
  if ('failure' in result) return json<FormFailure>(result.failure, { status: result.status });
  return redirect(paths.creatorContent(result.value.id));
}

export default function NewContent() {
  const data = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const isPending = useNavigation().state !== 'idle';
  const { post } = data;
  return (
    <>
      <PageHeader title="Add a post" crumbs={[{ label: 'Content', href: paths.creatorContents() }]} />
      <PageBody>
        {post === null ? (
          <AskForAddress {...data} />
        ) : (
          <Form method="post" className="grid max-w-200 gap-4">
            <FormErrorSummary formError={failure?.message} />
            <RecognisedPanel {...data} post={post} failure={failure} />
            <PieceFields values={{ type: post.type ?? '' }} failure={failure} />
            <div className="flex flex-wrap gap-2">
              <Button type="submit" variant="primary" isPending={isPending}>
                Add the post
              </Button>
              <LinkButton href={paths.creatorContents()}>Cancel</LinkButton>
            </div>
          </Form>
        )}
      </PageBody>
    </>
  );
}
