import { Form, useNavigation } from '@remix-run/react';
import type { SyncChoice } from '../../../server/domain/sync/schema.ts';
import { formatCapped } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { Menu } from '../../ui/menu.tsx';
import { platformLabels } from '../ad-accounts/labels.ts';
import { useMay } from '../shell/use-account.ts';
import { IntentButton } from './sync-buttons.tsx';

export interface SyncActionsProps {
  choices: readonly SyncChoice[];
  lateCount: number;
}

/** Pull days again, catch up what is late, or sync one account now. */
export function SyncActions({ choices, lateCount }: SyncActionsProps) {
  const mayStart = useMay('sync-runs.start');
  const syncable = choices.filter(({ isSyncable }) => isSyncable);
  if (!mayStart || syncable.length === 0) return null;
  return (
    <>
      <LinkButton href={paths.syncRange()}>Pull a range again</LinkButton>
      {lateCount > 0 && (
        <IntentButton intent="late">
          Sync {formatCapped(lateCount, 'late account', 'late accounts', Infinity)}
        </IntentButton>
      )}
      <Menu align="end" trigger="Sync an account" look={{ variant: 'primary' }}>
        <SyncOne choices={syncable} />
      </Menu>
    </>
  );
}

function SyncOne({ choices }: Pick<SyncActionsProps, 'choices'>) {
  const isSent = useNavigation().formData?.get('intent') === 'sync';
  return (
    <Form method="post" className="grid w-72 max-w-full gap-3 p-2.5" data-keep-open>
      <Field name="adAccountId" label="Ad account" id="sync-one" required>
        {(control) => (
          <Select
            {...control}
            emptyLabel="Choose one"
            options={choices.map(({ adAccountId, name, platform }) => ({
              value: adAccountId,
              label: `${name} · ${platformLabels[platform]}`,
            }))}
          />
        )}
      </Field>
      <div>
        <Button type="submit" name="intent" value="sync" variant="primary" isPending={isSent}>
          Sync now
        </Button>
      </div>
    </Form>
  );
}
