import { Plus } from 'lucide-react';
import { useState } from 'react';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { contentTypeLabels } from '../creator-contents/labels.ts';
import { type DeliverableValues, emptyDeliverable } from './assignment-form-values.ts';
import { optionsOf } from './labels.ts';

export interface DeliverableRowsProps {
  deliverables: readonly DeliverableValues[];
  /** By path: `deliverables.0.dueOn` is of the first line that is filled. */
  errors: Readonly<Record<string, string>>;
}

interface Row {
  key: number;
  values: DeliverableValues;
}

/** Without a script no line can be added: two stand ready. */
const SPARE = 2;

/** What is owed, a line each. A line without network and type is none. */
export function DeliverableRows({ deliverables, errors }: DeliverableRowsProps) {
  const hasScript = useHasScript();
  const [rows, setRows] = useState<readonly Row[]>(() =>
    deliverables.map((values, key) => ({ key, values })),
  );
  const add = () =>
    setRows([...rows, { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, values: emptyDeliverable }]);
  const spare = Array.from({ length: SPARE }, (_, at) => ({
    key: rows.length + at,
    values: emptyDeliverable,
  }));
  const shown = hasScript ? rows : [...rows, ...spare];
  return (
    <Panel
      title="Deliverables"
      description="What is owed: posts that arrive count for the first that they fit."
    >
      <div className="grid gap-4">
        {shown.length === 0 && <p className="text-muted">Nothing is owed yet.</p>}
        {shown.map((row, at) => (
          <DeliverableRow
            key={row.key}
            row={row}
            number={at + 1}
            errorOf={(name) => errors[`deliverables.${at}.${name}`]}
            onRemove={hasScript ? () => setRows(rows.filter(({ key }) => key !== row.key)) : null}
          />
        ))}
        {errors.deliverables && <p className="text-sm text-danger-ink">{errors.deliverables}</p>}
        {hasScript && (
          <div>
            <Button size="small" onClick={add}>
              <Plus aria-hidden="true" /> Add a deliverable
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

interface DeliverableRowProps {
  row: Row;
  number: number;
  errorOf: (name: keyof DeliverableValues) => string | undefined;
  onRemove: (() => void) | null;
}

function DeliverableRow({ row: { key, values }, number, errorOf, onRemove }: DeliverableRowProps) {
  const field = (name: keyof DeliverableValues, label: string) => ({
    name: `deliverables.${name}`,
    id: `deliverables-${key}-${name}`,
    label,
    error: errorOf(name),
    hidesOptional: true,
  });
  return (
    <fieldset className="grid gap-3 border-t border-line pt-3 first-of-type:border-0 first-of-type:pt-0 sm:grid-cols-4">
      <legend className="sr-only">Deliverable {number}</legend>
      <input type="hidden" name="deliverables.campaignDeliverableId" value={values.campaignDeliverableId} />
      <Field {...field('platform', 'Network')}>
        {(control) => (
          <Select
            {...control}
            emptyLabel="None"
            options={optionsOf(platformLabels)}
            defaultValue={values.platform}
          />
        )}
      </Field>
      <Field {...field('type', 'Type')}>
        {(control) => (
          <Select
            {...control}
            emptyLabel="None"
            options={optionsOf(contentTypeLabels)}
            defaultValue={values.type}
          />
        )}
      </Field>
      <Field {...field('count', 'How many')}>
        {(control) => <Input {...control} numeric autoComplete="off" defaultValue={values.count} />}
      </Field>
      <Field {...field('dueOn', 'Due')}>
        {(control) => <Input {...control} type="date" defaultValue={values.dueOn} />}
      </Field>
      <Field {...field('revisionRounds', 'Rounds of changes')}>
        {(control) => <Input {...control} numeric autoComplete="off" defaultValue={values.revisionRounds} />}
      </Field>
      <Field {...field('note', 'Note')} className="sm:col-span-2">
        {(control) => <Input {...control} autoComplete="off" defaultValue={values.note} />}
      </Field>
      {onRemove && (
        <div className="self-end">
          <Button size="small" variant="quiet" aria-label={`Remove deliverable ${number}`} onClick={onRemove}>
            Remove
          </Button>
        </div>
      )}
    </fieldset>
  );
}
