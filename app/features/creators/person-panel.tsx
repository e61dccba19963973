import { paths } from '../../lib/paths.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Panel } from '../../ui/panel.tsx';

export interface PersonPanelProps {
  contact: { id: string; name: string; emails: readonly string[]; companyName: string | null };
  /** The creator that the contact was, in the recycle bin. */
  binned: { id: string; name: string } | null;
}

/** Whom a new creator's form is about. */
export function PersonPanel({ contact, binned }: PersonPanelProps) {
  const { id, name, emails, companyName } = contact;
  return (
    <>
      {binned && (
        <Callout
          tone="warning"
          title={`${name} is a creator already, in the recycle bin`}
          actions={<LinkButton href={paths.creator(binned.id)}>Look and restore</LinkButton>}
        >
          A person has one record. Restore it instead of making another.
        </Callout>
      )}
      <Panel>
        <input type="hidden" name="contactId" value={id} />
        <div className="flex items-center gap-3">
          <Avatar name={name} size="medium" />
          <div className="min-w-0 flex-1">
            <p className="truncate font-medium">{name}</p>
            <p className="truncate text-sm text-muted">
              {[companyName, emails[0]].filter(Boolean).join(' · ') || 'A contact'}
            </p>
          </div>
          <LinkButton href={paths.newCreator()} variant="quiet" size="small">
            Somebody else
          </LinkButton>
        </div>
      </Panel>
    </>
  );
}
