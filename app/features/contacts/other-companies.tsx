import type { Contact } from '../../../server/domain/contacts/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Panel } from '../../ui/panel.tsx';

/** The companies that a contact works for beside the first; changed in the contact's form. */
export function OtherCompanies({ ties }: { ties: Contact['associatedCompanies'] }) {
  if (ties.length === 0) return null;
  return (
    <Panel title="Also at">
      <ul className="grid gap-1">
        {ties.map(({ companyId, companyName, title }) => (
          <li key={companyId}>
            {companyName === null ? (
              'Not yours to see'
            ) : (
              <a className="link" href={paths.company(companyId)}>
                {companyName}
              </a>
            )}
            {title && <span className="text-muted"> · {title}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
