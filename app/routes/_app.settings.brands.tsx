import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import type {
  AssignBrandInput,
  CreateBrandInput,
  UpdateBrandInput,
} from '../../server/domain/organizations/schema.ts';
import { api, type Api, load } from '../bridge/api.server.ts';
import { readFormData, type FormFailure, readForm, submit } from '../bridge/forms.server.ts';
import { BrandPanel } from '../features/settings/brand-panel.tsx';
import { SettingsTabs } from '../features/settings/settings-tabs.tsx';
import { useMay } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Field } from '../ui/field.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { Input } from '../ui/input.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Brands · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  const [brands, members] = await load(context, () =>
    Promise.all([caller.brands.list(), caller.members.list()]),
  );
  return { brands, members };
}

/** The refusal, and of which brand's form: null for a new one. */
interface Refused {
  brandId: string | null;
  failure: FormFailure;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => change(caller, form));
  if (!('failure' in result)) return redirect(paths.settingsBrands());
  const brandId = readForm(form).brandId ?? null;
  return json({ brandId, failure: result.failure } satisfies Refused, { status: result.status });
}

/** One form an intent. The procedures' own schemas judge what it sent. */
function change(caller: Api, form: FormData): Promise<unknown> {
  const { intent, brandId, expectedVersion, name, slug } = readForm(form);
  const updated = { brandId, expectedVersion } as unknown as UpdateBrandInput;
  switch (intent) {
    case 'create':
      return caller.brands.create({ name, slug } as CreateBrandInput);
    case 'rename':
      return caller.brands.update({ ...updated, name: name ?? '' });
    case 'activate':
      return caller.brands.update({ ...updated, isActive: true });
    case 'deactivate':
      return caller.brands.update({ ...updated, isActive: false });
    case 'assign':
      return caller.brands.assign({ brandId, userIds: form.getAll('userIds') } as AssignBrandInput);
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}

export default function Brands() {
  const { brands, members } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const canWrite = useMay('brands.write');
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs currentId="brands" />
      <PageBody>
        <div className="grid max-w-220 gap-4">
          <h2 className="sr-only">Brands</h2>
          <p className="max-w-160 text-muted">
            A brand is a client of the agency. Members see the brands that they are assigned to; a client’s
            own login sees its brand alone.
          </p>
          {brands.length === 0 && (
            <EmptyState
              kind="unused"
              title="No brands yet"
              description="Add the first client below, then assign the members who work for it."
            />
          )}
          {brands.map((brand) => (
            <BrandPanel
              key={`${brand.id}:${brand.version}:${brand.assignedUserIds.join()}`}
              brand={brand}
              members={members}
              canWrite={canWrite}
              failure={refused?.brandId === brand.id ? refused.failure : undefined}
            />
          ))}
          {canWrite && <NewBrand failure={refused?.brandId === null ? refused.failure : undefined} />}
        </div>
      </PageBody>
    </>
  );
}

function NewBrand({ failure }: { failure: FormFailure | undefined }) {
  const isPending = useNavigation().state !== 'idle';
  return (
    <Panel title="New brand">
      <Form method="post" preventScrollReset className="grid gap-4">
        <FormErrorSummary formError={failure?.message} />
        <input type="hidden" name="intent" value="create" />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name="name" label="Name" required error={failure?.fields.name}>
            {(control) => <Input {...control} defaultValue={failure?.values.name} autoComplete="off" />}
          </Field>
          <Field
            name="slug"
            label="Short name"
            hint="For files and commands; made from the name when left empty."
            error={failure?.fields.slug}
          >
            {(control) => <Input {...control} defaultValue={failure?.values.slug} autoComplete="off" />}
          </Field>
        </div>
        <div>
          <Button type="submit" variant="primary" isPending={isPending}>
            Create brand
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
