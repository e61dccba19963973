import { Form, useNavigation } from '@remix-run/react';
import type { CampaignResult } from '../../../server/domain/campaign-results/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { useEmptied } from '../../lib/use-emptied.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';

export interface ResultFormProps {
  /** The creators' works that a result may be of. */
  works: readonly { id: string; name: string }[];
  currency: string;
  failure: FormFailure | null;
  /** What was kept last by this form, which empties it; null where nothing was. */
  kept: unknown;
}

/** One result by hand; with `result` it changes that one. */
export function ResultForm({
  result,
  cancelHref,
  ...shared
}: ResultFormProps & { result: CampaignResult | null; cancelHref: string }) {
  const isPending = useNavigation().state !== 'idle';
  const { failure, currency } = shared;
  const form = useEmptied(shared.kept);
  const valueOf = (name: string, stored: string | number | null | undefined) =>
    failure ? (failure.values[name] ?? '') : String(stored ?? '');
  const text = (name: string, label: string, stored: string | number | null | undefined) => (
    <Field name={name} id={`one-${name}`} label={label} error={failure?.fields[name]}>
      {(control) => <Input {...control} numeric autoComplete="off" defaultValue={valueOf(name, stored)} />}
    </Field>
  );
  return (
    <Panel title={result ? 'Change a result' : 'Enter a result'}>
      <Form ref={form} key={result?.id ?? 'new'} method="post" className="grid gap-3 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <FormErrorSummary formError={failure?.message} />
        </div>
        {result && (
          <>
            <input type="hidden" name="campaignResultId" value={result.id} />
            <input type="hidden" name="expectedVersion" value={result.version} />
          </>
        )}
        <Field name="date" id="one-date" label="Day" required error={failure?.fields.date}>
          {(control) => <Input {...control} type="date" defaultValue={valueOf('date', result?.date)} />}
        </Field>
        <Whose
          prefix="one"
          {...shared}
          origin={valueOf('origin', result?.origin)}
          work={valueOf('campaignCreatorId', result?.campaignCreatorId)}
        />
        {text('clicks', 'Clicks', result?.clicks)}
        {text('conversions', 'Conversions', result?.conversions)}
        {text('value', 'Value', result?.value?.amount)}
        <CurrencyField
          prefix="one"
          currency={currency}
          failure={failure}
          stored={result?.value?.currency ?? ''}
        />
        <Field name="note" id="one-note" label="Note" error={failure?.fields.note} className="sm:col-span-2">
          {(control) => <Input {...control} maxLength={2000} defaultValue={valueOf('note', result?.note)} />}
        </Field>
        <div className="flex flex-wrap gap-2 sm:col-span-2">
          <Button
            type="submit"
            name="intent"
            value={result ? 'update' : 'create'}
            variant="primary"
            isPending={isPending}
          >
            {result ? 'Save the result' : 'Enter the result'}
          </Button>
          {result && <LinkButton href={cancelHref}>Cancel</LinkButton>}
        </div>
      </Form>
    </Panel>
  );
}

/** Many results from a spreadsheet: all lines are kept, or none and each wrong one is named. */
export function PasteForm({ works, currency, failure, kept }: ResultFormProps) {
  const form = useEmptied(kept);
  const isPending = useNavigation().state !== 'idle';
  const wrong = failure?.message;
  return (
    <Panel
      title="Paste many"
      description="Copy the columns day, conversions, value from a spreadsheet; a first line may name others, clicks among them."
    >
      <Form ref={form} method="post" className="grid gap-3 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <FormErrorSummary formError={wrong} />
        </div>
        <Whose
          prefix="many"
          {...{ works, currency, failure }}
          origin={failure?.values.origin ?? ''}
          work={failure?.values.campaignCreatorId ?? ''}
        />
        <CurrencyField prefix="many" currency={currency} failure={failure} stored="" />
        <Field
          name="lines"
          id="many-lines"
          label="Lines"
          required
          error={failure?.fields.lines}
          className="sm:col-span-2"
        >
          {(control) => (
            <Textarea
              {...control}
              rows={8}
              placeholder={'2026-11-01, 12, 1450.50'}
              defaultValue={failure?.values.lines ?? ''}
            />
          )}
        </Field>
        <div>
          <Button type="submit" name="intent" value="paste" isPending={isPending}>
            Keep all lines
          </Button>
        </div>
      </Form>
    </Panel>
  );
}

interface WhoseProps extends Omit<ResultFormProps, 'kept'> {
  prefix: string;
  origin: string;
  work: string;
}

function Whose({ prefix, works, failure, origin, work }: WhoseProps) {
  return (
    <>
      <Field
        name="origin"
        id={`${prefix}-origin`}
        label="Whose count"
        required
        error={failure?.fields.origin}
      >
        {(control) => <Input {...control} maxLength={100} placeholder="Shop orders" defaultValue={origin} />}
      </Field>
      <Field
        name="campaignCreatorId"
        id={`${prefix}-work`}
        label="Creator"
        error={failure?.fields.campaignCreatorId}
      >
        {(control) => (
          <Select
            {...control}
            emptyLabel="The campaign as a whole"
            options={works.map(({ id, name }) => ({ value: id, label: name }))}
            defaultValue={work}
          />
        )}
      </Field>
    </>
  );
}

interface CurrencyFieldProps {
  prefix: string;
  currency: string;
  failure: FormFailure | null;
  stored: string;
}

function CurrencyField({ prefix, currency, failure, stored }: CurrencyFieldProps) {
  return (
    <Field name="currency" id={`${prefix}-currency`} label="Currency" error={failure?.fields.currency}>
      {(control) => (
        <Input
          {...control}
          maxLength={3}
          autoComplete="off"
          placeholder={currency}
          defaultValue={failure ? (failure.values.currency ?? '') : stored}
        />
      )}
    </Field>
  );
}
