import { useFetcher } from '@remix-run/react';
import type { RangeLimits } from '../../../server/domain/sync/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { formatDate } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input } from '../../ui/input.tsx';
import { platformLabels } from '../ad-accounts/labels.ts';
import { zoneWords } from './labels.ts';

export interface RangeFormProps {
  limits: RangeLimits;
  values: { from: string; to: string };
  /** What the page's own answer was before the script; with one the form keeps it itself. */
  failure: FormFailure | undefined;
}

const labels = { from: 'First day', to: 'Last day' };

/** Which days to fetch once more. A refusal stays in the form; it leads to the run once that is asked for. */
export function RangeForm({ limits, values, failure: answered }: RangeFormProps) {
  const fetcher = useFetcher<FormFailure>();
  const failure = fetcher.data ?? answered;
  const { oldest, today } = limits;
  const days = { type: 'date', min: oldest, max: today } as const;
  const platform = platformLabels[limits.platform];
  const action = paths.syncRange(limits.adAccountId);
  return (
    <fetcher.Form method="post" action={action} className="grid gap-4">
      <FormErrorSummary formError={failure?.message} />
      <input type="hidden" name="adAccountId" value={limits.adAccountId} />
      <p className="text-pretty text-muted">
        {platform} keeps figures back to {formatDate(oldest)}. In the account’s own time zone,{' '}
        {zoneWords(limits.timeZone)}, it is {formatDate(today)}.
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        {(['from', 'to'] as const).map((name) => (
          <Field key={name} name={name} label={labels[name]} required error={failure?.fields[name]}>
            {(control) => (
              <Input {...control} {...days} defaultValue={failure?.values[name] ?? values[name]} />
            )}
          </Field>
        ))}
      </div>
      <p className="text-pretty text-muted">
        Each part of the range replaces what stands here only once it has come in whole. What changes is kept
        and shown.
      </p>
      <div>
        <Button type="submit" variant="primary" isPending={fetcher.state !== 'idle'}>
          Pull these days again
        </Button>
      </div>
    </fetcher.Form>
  );
}
