import { useState } from 'react';
import {
  countedPeriods,
  type FieldDefinition,
  type FilterOperator,
  type Period,
  periods,
  type ValueShape,
  valueShape,
} from '../../../server/domain/records/fields.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Checkbox, Input, Select } from '../../ui/input.tsx';
import { draftNames, type FilterDraft } from './filter-draft.ts';
import {
  type FilterWords,
  offeredOperators,
  operatorWords,
  periodWords,
  valueWords,
} from './filter-words.ts';
import { RecordPicker } from './record-picker.tsx';

/** What a condition's values are chosen from. */
export interface ValueChoices {
  members: readonly { id: string; name: string }[];
  brands: readonly { id: string; name: string }[];
}

export interface FilterValueFieldsProps {
  field: FieldDefinition;
  words: FilterWords;
  choices: ValueChoices;
  draft: FilterDraft & { error?: string | null };
}

/** The operator and what it compares with. Without a script every input that the field may need stands there. */
export function FilterValueFields({ field, words, choices, draft }: FilterValueFieldsProps) {
  const offered = offeredOperators(field);
  const first = draft.op || offered[0] || 'is';
  const [op, setOp] = useState<FilterOperator>(first);
  const hasScript = useHasScript();
  const shapes = new Set(hasScript ? [valueShape(op)] : offered.map(valueShape));
  const isText = hasScript ? writesText(field, op) : offered.some((one) => writesText(field, one));
  const errorId = draft.error ? 'filter-error' : undefined;
  const described = errorId ? { 'aria-describedby': errorId, 'aria-invalid': true as const } : {};
  return (
    <div className="grid gap-2">
      <Select
        name={draftNames.op}
        aria-label="Condition"
        options={offered.map((one) => ({ value: one, label: operatorWords(one) }))}
        defaultValue={first}
        onChange={(event) => setOp(event.currentTarget.value as FilterOperator)}
      />
      {(isText || shapes.has('pair')) && (
        <TextValues field={field} shapes={shapes} draft={draft} described={described} />
      )}
      {shapes.has('period') && <PeriodValues draft={draft} described={described} />}
      {shapes.has('list') && <ListValues {...{ field, words, choices, draft, described }} />}
      {draft.error && (
        <p id={errorId} className="text-sm text-danger-ink" role="alert">
          {draft.error}
        </p>
      )}
    </div>
  );
}

interface ValuesProps {
  draft: FilterDraft;
  described: { 'aria-describedby'?: string; 'aria-invalid'?: true };
}

function writesText(field: FieldDefinition, op: FilterOperator): boolean {
  return valueShape(op) === 'one' && field.type !== 'choice' && field.type !== 'user';
}

function TextValues(props: ValuesProps & { field: FieldDefinition; shapes: ReadonlySet<ValueShape> }) {
  const { field, shapes, draft, described } = props;
  const isDay = field.type === 'date' || field.type === 'instant';
  const isFigure = field.type === 'number' || field.type === 'money';
  const kind = isDay ? { type: 'date' } : { numeric: isFigure, autoComplete: 'off', maxLength: 400 };
  return (
    <div className="flex items-center gap-2">
      <Input
        name={draftNames.text}
        aria-label={shapes.has('pair') ? 'From' : 'Value'}
        defaultValue={draft.text}
        {...kind}
        {...described}
      />
      {shapes.has('pair') && (
        <>
          <span className="text-muted">and</span>
          <Input name={draftNames.to} aria-label="To" defaultValue={draft.to} {...kind} {...described} />
        </>
      )}
    </div>
  );
}

function PeriodValues({ draft, described }: ValuesProps) {
  const [period, setPeriod] = useState(draft.period as Period);
  const hasScript = useHasScript();
  const isCounted = !hasScript || countedPeriods.includes(period);
  return (
    <div className="flex items-center gap-2">
      <Select
        name={draftNames.period}
        aria-label="Period"
        className="flex-1"
        options={periods.map((one) => ({ value: one, label: periodLabels[one] }))}
        defaultValue={draft.period}
        onChange={(event) => setPeriod(event.currentTarget.value as Period)}
        {...described}
      />
      {isCounted && (
        <Input
          type="number"
          min={1}
          max={3650}
          name={draftNames.days}
          aria-label="Days"
          defaultValue={draft.days}
          className="w-20"
          {...described}
        />
      )}
    </div>
  );
}

const periodLabels = {
  ...periodWords,
  lastDays: 'the last … days',
  nextDays: 'the next … days',
  olderThanDays: 'more than … days ago',
};

function ListValues({ field, words, choices, draft, described }: ValuesProps & FilterValueFieldsProps) {
  const options = optionsOf(field, words, choices);
  if (options === 'records') {
    const [picked] = draft.values;
    return (
      <RecordPicker
        control={{ id: 'filter-record', name: draftNames.value, ...described }}
        noun={field.reference === 'contact' ? 'contact' : 'company'}
        picked={picked ? { id: picked, name: words.names[picked] ?? picked } : null}
        emptyLabel={`Choose a ${field.reference ?? 'company'}`}
      />
    );
  }
  if (options === null) {
    return (
      <Input
        name={draftNames.values}
        aria-label="Values, between commas"
        placeholder="One, another"
        defaultValue={draft.values.join(', ')}
        autoComplete="off"
        {...described}
      />
    );
  }
  return (
    <fieldset className="filter-choices" {...described}>
      <legend className="sr-only">{field.label}</legend>
      {options.map(({ value, label }) => (
        <Checkbox
          key={value}
          name={draftNames.value}
          value={value}
          label={label}
          defaultChecked={draft.values.includes(value)}
        />
      ))}
    </fieldset>
  );
}

/** What can be ticked; `records` are searched for, and null is written. */
function optionsOf(
  field: FieldDefinition,
  words: FilterWords,
  { members, brands }: ValueChoices,
): readonly { value: string; label: string }[] | 'records' | null {
  const named = (list: ValueChoices['members']) => list.map(({ id, name }) => ({ value: id, label: name }));
  if (field.type === 'user') return named(members);
  if (field.reference === 'brand') return named(brands);
  if (field.type === 'reference') return 'records';
  return field.choices?.map((value) => ({ value, label: valueWords(value, field, words) })) ?? null;
}
