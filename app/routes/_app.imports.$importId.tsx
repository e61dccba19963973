import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, type Api, load } from '../bridge/api.server.ts';
import { readFormData, submit } from '../bridge/forms.server.ts';
import {
  atAdFormFields,
  atFormFields,
  readAdSettings,
  readOverrides,
} from '../bridge/import-forms.server.ts';
import { AdFilePage } from '../features/imports/ad-file-page.tsx';
import { fieldLabels } from '../features/imports/column-table.tsx';
import { ImportCounts } from '../features/imports/import-facts.tsx';
import { ImportState } from '../features/imports/import-state.tsx';
import { importStatusLabels, importStatusTones } from '../features/imports/labels.ts';
import { RecordImport } from '../features/imports/record-import.tsx';
import { RefusalTable } from '../features/imports/refusal-table.tsx';
import { useRefresh } from '../features/imports/use-refresh.ts';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { Badge } from '../ui/badge.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.record.fileName ?? 'Import'} · SpokeStack` },
];

const REFUSALS = 50;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { importId = '' } = params;
  const afterLine = Number(new URL(request.url).searchParams.get('afterLine')) || 0;
  const caller = await api(request, context);
  return load(context, async () => {
    const [record, refusals, guide, members] = await Promise.all([
      caller.imports.byId({ importId }),
      caller.imports.refusals({ importId, afterLine, limit: REFUSALS }),
      caller.imports.mappings(),
      caller.members.list(),
    ]);
    const isAdFile = record.kind === 'ad-metrics';
    return {
      record,
      refusals,
      labels: fieldLabels(guide, record.kind),
      encodings: guide.encodings,
      // A file that was read to its end; that of a finished import is gone.
      preview: record.status === 'CHECKED' && !isAdFile ? await caller.imports.preview({ importId }) : null,
      adFile: isAdFile ? await readAdFile(caller, importId) : null,
      by: members.find(({ id }) => id === record.createdById)?.name ?? null,
    };
  });
}

async function readAdFile(caller: Api, importId: string) {
  const [file, guide] = await Promise.all([
    caller.imports.adFile({ importId }),
    caller.imports.adFileGuide(),
  ]);
  return { file, guide };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { importId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => act(caller, importId, form));
  if ('failure' in result) {
    const atFields = form.get('intent') === 'recheck-ad-file' ? atAdFormFields : atFormFields;
    return json(atFields(result.failure), { status: result.status });
  }
  return redirect(paths.importRun(importId));
}

async function act(caller: Api, importId: string, form: FormData) {
  switch (form.get('intent')) {
    case 'run':
      return caller.imports.run({ importId });
    case 'stop':
      return caller.imports.stop({ importId });
    case 'resume':
      return caller.imports.resume({ importId });
    case 'recheck': {
      // A mapping that was found stays, and what is said now goes over it.
      const { mapping } = await caller.imports.byId({ importId });
      const known = mapping && Object.keys(mapping.columns).length > 0 ? { mapping } : {};
      return caller.imports.recheck({ importId, ...known, overrides: readOverrides(form) });
    }
    case 'recheck-ad-file':
      return caller.imports.recheckAdFile({ importId, settings: readAdSettings(form) });
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}

export default function ImportPage() {
  const { record, refusals, adFile, by, ...reading } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands } = useAccount().current;
  const canWrite = useMay('imports.write');
  const { status, startedAt, mapping } = record;
  useRefresh(status === 'RUNNING' || status === 'CHECKING');
  const { nextAfterLine, header } = refusals;
  const mayRecheck = canWrite && startedAt === null && status !== 'CHECKING';
  const shown = { record, brands, by, mayRecheck, failure };
  return (
    <>
      <PageHeader
        title={record.fileName}
        crumbs={[{ label: 'Imports', href: paths.imports() }]}
        meta={<Badge tone={importStatusTones[status]}>{importStatusLabels[status]}</Badge>}
      />
      <PageBody>
        <FormErrorSummary formError={failure?.message} />
        <ImportState record={record} canWrite={canWrite} adAccountId={adFile?.file.account?.id ?? null} />
        {record.rowsTotal !== null && !adFile && <ImportCounts record={record} />}
        <RefusalTable
          header={header}
          refusals={refusals.items}
          total={record.rowsRefused}
          fileHref={paths.importErrors(record.id)}
          nextHref={
            nextAfterLine === null
              ? null
              : withQuery(paths.importRun(record.id), { afterLine: nextAfterLine })
          }
        />
        {adFile && <AdFilePage {...shown} {...adFile} />}
        {mapping && <RecordImport {...shown} {...reading} mapping={mapping} header={header} />}
      </PageBody>
    </>
  );
}
