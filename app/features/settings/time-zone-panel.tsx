import { Form, useNavigation } from '@remix-run/react';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useAccount } from '../shell/use-account.ts';

export interface TimeZonePanelProps {
  /** The IANA names that the server's own calendar knows. */
  timeZones: readonly string[];
  failure: FormFailure | undefined;
  /** Whether it was changed just now. */
  isChanged: boolean;
}

/** The zone of one's own days: tasks are due and remembered in it. */
export function TimeZonePanel({ timeZones, failure, isChanged }: TimeZonePanelProps) {
  const { account, current } = useAccount();
  const isPending = useNavigation().formData?.get('intent') === 'time-zone';
  const own = failure?.values.timeZone ?? account.timeZone ?? '';
  const names = [...new Set(['UTC', ...timeZones, ...(own ? [own] : [])])];
  return (
    <Panel
      title="Time zone"
      description="Your tasks are due and remembered in it, and times are shown in it."
    >
      <Form method="post" className="grid max-w-80 gap-4">
        {isChanged && !failure && <Callout tone="success" title="Your time zone was changed" isAnswer />}
        <input type="hidden" name="intent" value="time-zone" />
        <Field name="timeZone" label="Your time zone" error={failure?.fields.timeZone}>
          {(control) => (
            <Select
              key={own}
              {...control}
              emptyLabel={`The agency’s: ${inWords(current.organization.timeZone)}`}
              options={names.map((name) => ({ value: name, label: inWords(name) }))}
              defaultValue={own}
            />
          )}
        </Field>
        <div>
          <Button type="submit" isPending={isPending}>
            Save time zone
          </Button>
        </div>
      </Form>
    </Panel>
  );
}

/** "America/New_York" as people write it. */
function inWords(timeZone: string): string {
  return timeZone.replaceAll('_', ' ').replaceAll('/', ' / ');
}
