import { Form, useNavigation } from '@remix-run/react';
import type { PlatformSettings } from '../../../server/domain/platform-settings/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Checkbox, Input } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PlatformOff, type PlatformStatus } from '../ad-accounts/connect-platforms.tsx';

export interface PlatformPanelProps {
  settings: PlatformSettings;
  /** What this installation says of it. */
  status: PlatformStatus | undefined;
  canWrite: boolean;
  failure: FormFailure | undefined;
  /** Whether it was changed just now. */
  isChanged: boolean;
}

/** How one platform's figures are fetched, and what may be changed of that. */
export function PlatformPanel({ settings, status, canWrite, failure, isChanged }: PlatformPanelProps) {
  return (
    <Panel
      title={settings.name}
      actions={
        <>
          {status?.isStandIn && <Badge tone="warning">Sandbox</Badge>}
          <Badge tone={settings.isOn ? 'success' : 'neutral'}>{settings.isOn ? 'On' : 'Off'}</Badge>
        </>
      }
    >
      <div className="grid gap-4">
        {isChanged && !failure && (
          <Callout tone="success" title="Saved. It holds from the next sync on." isAnswer />
        )}
        {!settings.isOn && status && (
          <p className="text-muted">
            <PlatformOff platform={status} />
          </p>
        )}
        {canWrite ? <SettingsForm settings={settings} failure={failure} /> : <Facts settings={settings} />}
      </div>
    </Panel>
  );
}

function Facts({ settings }: { settings: PlatformSettings }) {
  const facts = [
    ['Read again every day', `the last ${settings.restatementDays} days`],
    ['Today’s figures', settings.isIntraday ? 'every six hours, marked as partial' : 'once a day'],
    ['History', settings.backfillMonths === 0 ? 'none' : `${settings.backfillMonths} months`],
  ];
  return (
    <dl className="grid gap-3 sm:grid-cols-3">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt className="text-sm text-muted">{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function SettingsForm({
  settings,
  failure,
}: {
  settings: PlatformSettings;
  failure: FormFailure | undefined;
}) {
  const isPending = useNavigation().formData?.get('platform') === settings.platform;
  const { platform, name, ownRestatementDays, maxHistoryMonths } = settings;
  const typed = failure?.values;
  const restatementDays = settings.isRestatementSet ? String(settings.restatementDays) : '';
  return (
    <Form method="post" preventScrollReset className="grid gap-4">
      <FormErrorSummary formError={failure?.message} />
      <input type="hidden" name="platform" value={platform} />
      <input type="hidden" name="expectedVersion" value={settings.version} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name="restatementDays"
          id={`restatementDays-${platform}`}
          label="Days that are read again"
          hint={`28 to 90. Empty: ${name}’s own ${ownRestatementDays}. Conversions that arrive later change days that are past.`}
          error={failure?.fields.restatementDays}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="off"
              placeholder={String(ownRestatementDays)}
              defaultValue={typed ? (typed.restatementDays ?? '') : restatementDays}
            />
          )}
        </Field>
        <Field
          name="backfillMonths"
          id={`backfillMonths-${platform}`}
          label="Months of history"
          required
          hint={`Brought in once for a new ad account, behind the daily work. ${name} keeps ${maxHistoryMonths}.`}
          error={failure?.fields.backfillMonths}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="off"
              defaultValue={typed ? (typed.backfillMonths ?? '') : String(settings.backfillMonths)}
            />
          )}
        </Field>
      </div>
      <Checkbox
        name="isIntraday"
        value="yes"
        label="Fetch today’s figures every six hours"
        hint="They are partial, and marked so until the day is over."
        defaultChecked={typed ? typed.isIntraday === 'yes' : settings.isIntraday}
      />
      <div>
        <Button type="submit" isPending={isPending}>
          Save {name}
        </Button>
      </div>
    </Form>
  );
}
