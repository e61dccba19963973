import { Form } from '@remix-run/react';
import type { CreatorPlatform } from '../../../../server/domain/creator-platforms/schema.ts';
import { platformLabels } from '../../../../server/domain/creators/fields.ts';
import { addDays } from '../../../lib/date-range.ts';
import { paths } from '../../../lib/paths.ts';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';

export interface AccountActionsProps {
  account: CreatorPlatform;
  /** The newest day, UTC. */
  today: string;
}

/** What can be done with an account: read it anew, fetch what is older, end its connection, write it by hand. */
export function AccountActions({ account, today }: AccountActionsProps) {
  const { id, creatorId, version, isConnected, connectionState, platform, handle } = account;
  const name = `${platformLabels[platform]} @${handle}`;
  const canEnd = isConnected || connectionState === 'EXPIRED';
  return (
    <>
      {isConnected && <OneButton id={id} intent="refresh" label="Refresh now" name={name} />}
      <LinkButton size="small" href={paths.editCreatorPlatform(creatorId, id)} aria-label={`Edit ${name}`}>
        Edit
      </LinkButton>
      {canEnd && <OneButton id={id} intent="disconnect" label="Disconnect" name={name} />}
      {!isConnected && (
        <OneButton id={id} version={version} intent="archive-account" label="Take off" name={name} />
      )}
      {isConnected && <HistoryForm id={id} name={name} today={today} />}
    </>
  );
}

interface OneButtonProps {
  id: string;
  version?: number;
  intent: 'refresh' | 'disconnect' | 'archive-account' | 'restore-account';
  label: string;
  name: string;
}

/** One form, one button: it works before the script. */
export function OneButton({ id, version, intent, label, name }: OneButtonProps) {
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="creatorPlatformId" value={id} />
      {version !== undefined && <input type="hidden" name="expectedVersion" value={version} />}
      <Button type="submit" name="intent" value={intent} size="small" aria-label={`${label}: ${name}`}>
        {label}
      </Button>
    </Form>
  );
}

/** As far back as most agreements ask for; any day may be chosen. */
const USUAL_DAYS = 365;

function HistoryForm({ id, name, today }: { id: string; name: string; today: string }) {
  return (
    <details className="basis-full">
      <summary className="inline-flex min-h-6 items-center rounded-sm text-sm text-link">
        Fetch older posts<span className="sr-only"> of {name}</span>
      </summary>
      <Form method="post" preventScrollReset className="flex flex-wrap items-end gap-2 pt-2">
        <input type="hidden" name="creatorPlatformId" value={id} />
        <Field name="from" id={`history-${id}`} label="From" hidesOptional>
          {(control) => (
            <Input {...control} type="date" required max={today} defaultValue={addDays(today, -USUAL_DAYS)} />
          )}
        </Field>
        <Button type="submit" name="intent" value="history">
          Fetch them
        </Button>
      </Form>
    </details>
  );
}
