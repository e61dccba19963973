import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, type Api, load, requireRight } from '../bridge/api.server.ts';
import { readFormData, submit } from '../bridge/forms.server.ts';
import { atAdFormFields, atFormFields, readAdUpload, readUpload } from '../bridge/import-forms.server.ts';
import { AdUploadForm } from '../features/imports/ad-upload-form.tsx';
import { UploadForm } from '../features/imports/upload-form.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Tabs } from '../ui/tabs.tsx';

export const meta: MetaFunction = () => [{ title: 'Import a file · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  await requireRight(caller, 'imports.write');
  const [{ builtIn, encodings }, guide] = await load(context, () =>
    Promise.all([caller.imports.mappings(), caller.imports.adFileGuide()]),
  );
  const mappings = builtIn.flatMap(({ name, kind }) => (name ? [{ name, kind }] : []));
  return { mappings, encodings, guide, kind: new URL(request.url).searchParams.get('kind') ?? '' };
}

/** Takes the file in and has it checked; the next page says what an import would do. */
export async function action({ request, context }: ActionFunctionArgs) {
  const caller = await api(request, context);
  const form = await readFormData(request);
  if (form.get('kind') === 'ad-metrics') return takeReport(form, { caller, context });
  const { builtIn } = await load(context, () => caller.imports.mappings());
  const upload = await readUpload(form, builtIn);
  if ('failure' in upload) return json(upload.failure, { status: 400 });
  const result = await submit(context, form, () => caller.imports.create(upload.input));
  if ('failure' in result) return json(atFormFields(result.failure), { status: result.status });
  return redirect(paths.importRun(result.value.id));
}

async function takeReport(
  form: FormData,
  { caller, context }: { caller: Api; context: ActionFunctionArgs['context'] },
) {
  const upload = await readAdUpload(form);
  if ('failure' in upload) return json(upload.failure, { status: 400 });
  const result = await submit(context, form, () => caller.imports.createAdFile(upload.input));
  if ('failure' in result) return json(atAdFormFields(result.failure), { status: result.status });
  return redirect(paths.importRun(result.value.id));
}

export default function NewImport() {
  const { mappings, encodings, guide, kind } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands } = useAccount().current;
  return (
    <>
      <PageHeader title="Import a file" crumbs={[{ label: 'Imports', href: paths.imports() }]} />
      <Tabs
        label="What the file holds"
        currentId={kind === 'ad-metrics' ? 'ad-metrics' : 'records'}
        tabs={[
          { id: 'records', label: 'Companies, contacts, deals, creators', href: paths.newImport() },
          {
            id: 'ad-metrics',
            label: 'Ad figures',
            href: withQuery(paths.newImport(), { kind: 'ad-metrics' }),
          },
        ]}
      />
      <PageBody>
        {kind === 'ad-metrics' ? (
          <AdUploadForm guide={guide} brands={brands} failure={failure} />
        ) : (
          <UploadForm
            mappings={mappings}
            encodings={encodings}
            brands={brands}
            initialKind={kind}
            failure={failure}
          />
        )}
      </PageBody>
    </>
  );
}
