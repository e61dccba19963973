import type { Contact } from '../../../server/domain/contacts/schema.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useMay } from '../shell/use-account.ts';

export interface RelatedContactsProps {
  contacts: readonly Contact[];
  hasMore: boolean;
  companyId: string;
}

/** The people of a company. */
export function RelatedContacts({ contacts, hasMore, companyId }: RelatedContactsProps) {
  const canCreate = useMay('contacts.write');
  const create = canCreate && (
    <LinkButton size="small" href={paths.newContact(companyId)}>
      New contact
    </LinkButton>
  );
  return (
    <Panel title="Contacts" actions={create}>
      {contacts.length === 0 && <p className="text-muted">No contacts yet.</p>}
      <ul className="grid gap-2.5">
        {contacts.map((contact) => (
          <li key={contact.id}>
            <a className="link block truncate" href={paths.contact(contact.id)}>
              {contact.firstName} {contact.lastName}
            </a>
            <span className="block truncate text-sm text-muted">
              {contact.title ?? contact.emails[0] ?? ''}
            </span>
          </li>
        ))}
      </ul>
      {hasMore && (
        <p className="pt-3">
          <a className="link" href={withQuery(paths.contacts(), { companyId })}>
            All contacts
          </a>
        </p>
      )}
    </Panel>
  );
}
