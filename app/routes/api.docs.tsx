import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readApiDocs } from '../bridge/api-docs.server.ts';
import { OperationView } from '../features/docs/operation-view.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { DetailList, Panel } from '../ui/panel.tsx';

export const meta: MetaFunction = () => [
  { title: 'API · SpokeStack' },
  { name: 'description', content: 'The REST API of SpokeStack: every address, what it takes and answers.' },
];

/** Public, as the document that it is made of. */
export function loader({ context }: LoaderFunctionArgs) {
  return readApiDocs(context.services.config.web.appUrl);
}

export default function ApiDocsPage() {
  const { description, server, groups, errors } = useLoaderData<typeof loader>();
  return (
    <main className="min-h-dvh bg-surface">
      <PageHeader
        title="SpokeStack API"
        actions={
          <a className="link" href="/api/openapi.json">
            OpenAPI 3.1 document
          </a>
        }
      />
      <div className="mx-auto grid max-w-[76rem] items-start gap-6 p-4 md:grid-cols-[11rem_minmax(0,1fr)] md:p-6">
        <nav aria-label="Areas" className="md:sticky md:top-6">
          <ul className="flex flex-wrap gap-x-4 gap-y-1 md:grid">
            {groups.map(({ id, label }) => (
              <li key={id}>
                <a className="link inline-block py-1" href={`#${id}`}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="grid min-w-0 gap-6">
          <Panel title="Before you begin">
            <div className="grid gap-3">
              <DetailList
                details={[
                  { term: 'Address', value: <code className="font-mono break-all">{server}</code> },
                  {
                    term: 'Key',
                    value: (
                      <>
                        Send it with every call as{' '}
                        <code className="font-mono break-words">Authorization: Bearer YOUR_KEY</code>. Whoever
                        runs the agency’s installation makes one with{' '}
                        <code className="font-mono">npm run -s admin -- create-api-key</code>.
                      </>
                    ),
                  },
                ]}
              />
              <p className="max-w-180 text-pretty">{description}</p>
            </div>
          </Panel>
          {groups.map(({ id, label, operations }) => (
            <div key={id} id={id} className="scroll-mt-4">
              <Panel title={label} padded={false}>
                {operations.map((operation) => (
                  <OperationView key={operation.id} operation={operation} />
                ))}
              </Panel>
            </div>
          ))}
          <Panel title="Errors" description="Any operation may answer one of these instead.">
            <DetailList details={errors.map(({ status, meaning }) => ({ term: status, value: meaning }))} />
          </Panel>
        </div>
      </div>
    </main>
  );
}
