import type { SyncChoice } from '../../../server/domain/sync/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { platformLabels } from '../ad-accounts/labels.ts';

export interface ChooseAccountProps {
  choices: readonly SyncChoice[];
  adAccountId: string | null;
}

/** Which account's days: a form of the address, since each platform keeps another past. */
export function ChooseAccount({ choices, adAccountId }: ChooseAccountProps) {
  const isKnown = choices.some((choice) => choice.adAccountId === adAccountId);
  return (
    <form method="get" action={paths.syncRange()} className="flex flex-wrap items-end gap-2">
      <Field name="adAccountId" label="Ad account" id="range-account" required className="min-w-0 flex-1">
        {(control) => (
          <Select
            key={adAccountId ?? ''}
            {...control}
            {...(!isKnown && { emptyLabel: 'Choose one' })}
            defaultValue={adAccountId ?? ''}
            options={choices.map((choice) => ({
              value: choice.adAccountId,
              label: `${choice.name} · ${platformLabels[choice.platform]}`,
            }))}
          />
        )}
      </Field>
      <Button type="submit">Show its days</Button>
    </form>
  );
}
