import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { readFormData, submit } from '../bridge/forms.server.ts';
import { atFormFields, readUpload } from '../bridge/import-forms.server.ts';
import { UploadForm } from '../features/imports/upload-form.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Import a file · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  await requireRight(caller, 'imports.write');
  const { builtIn, encodings } = await load(context, () => caller.imports.mappings());
  const mappings = builtIn.flatMap(({ name, kind }) => (name ? [{ name, kind }] : []));
  return { mappings, encodings, kind: new URL(request.url).searchParams.get('kind') ?? '' };
}

/** Takes the file in and has it checked; the next page says what an import would do. */
export async function action({ request, context }: ActionFunctionArgs) {
  const caller = await api(request, context);
  const form = await readFormData(request);
  const { builtIn } = await load(context, () => caller.imports.mappings());
  const upload = await readUpload(form, builtIn);
  if ('failure' in upload) return json(upload.failure, { status: 400 });
  const result = await submit(context, form, () => caller.imports.create(upload.input));
  if ('failure' in result) return json(atFormFields(result.failure), { status: result.status });
  return redirect(paths.importRun(result.value.id));
}

export default function NewImport() {
  const { mappings, encodings, kind } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands } = useAccount().current;
  return (
    <>
      <PageHeader title="Import a file" crumbs={[{ label: 'Imports', href: paths.imports() }]} />
      <PageBody>
        <UploadForm
          mappings={mappings}
          encodings={encodings}
          brands={brands}
          initialKind={kind}
          failure={failure}
        />
      </PageBody>
    </>
  );
}
