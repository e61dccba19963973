import { useId, useRef } from 'react';
import { useAccount } from '../shell/use-account.ts';
import type { FieldControl } from '../../ui/field.tsx';
import { Checkbox, Input, Select, Textarea } from '../../ui/input.tsx';
import { type FieldSpec, isMoney } from './field-specs.ts';
import { toEditorText } from './inline-values.ts';
import { RecordPicker } from './record-picker.tsx';
import { CategoryInput, TagInput } from './tag-input.tsx';

export interface EditorControlProps {
  spec: FieldSpec;
  value: unknown;
  names: Readonly<Record<string, string>>;
  error: string | undefined;
  /** A choice that needs no more: it is saved at once. */
  onPick: (value: unknown, name?: string) => void;
}

type KindProps = Omit<EditorControlProps, 'error'> & { control: FieldControl & { 'aria-label': string } };

/** The control of one field's kind, under the name `value`. */
export function EditorControl({ error, ...props }: EditorControlProps) {
  const id = useId();
  const control = {
    id,
    name: 'value',
    'aria-label': props.spec.label,
    ...(error && { 'aria-invalid': true as const, 'aria-description': error }),
  };
  return <Kind {...props} control={control} />;
}

function Kind(props: KindProps) {
  const { spec, value, control } = props;
  const text = toEditorText(spec, value);
  switch (spec.kind) {
    case 'choice':
    case 'brand':
      return <Choice {...props} />;
    case 'several':
      return <Several {...props} />;
    case 'member':
    case 'company':
    case 'contact':
    case 'deal':
      return <Picker {...props} noun={spec.kind} />;
    case 'tags':
      return <TagInput control={control} noun={spec.noun} defaultValue={text} />;
    case 'categories':
      return <CategoryInput control={control} defaultValue={text} />;
    case 'money':
      return <Amount {...props} />;
    case 'longText':
    case 'lines':
      return <Textarea {...control} rows={spec.kind === 'lines' ? 3 : 5} defaultValue={text} />;
    default:
      return <Input {...control} {...inputOf(spec)} defaultValue={text} autoComplete="off" />;
  }
}

function inputOf({ kind }: FieldSpec) {
  if (kind === 'date') return { type: 'date' };
  if (kind === 'number' || kind === 'percent') return { numeric: true };
  const modes = { email: 'email', url: 'url', phone: 'tel' } as const;
  return kind in modes ? { inputMode: modes[kind as keyof typeof modes] } : {};
}

/** A press on an option saves it; arrows on the closed list only turn it, until Enter or Tab. */
function Choice({ spec, value, control, onPick }: KindProps) {
  const { brands } = useAccount().current;
  const isTurning = useRef(false);
  const options =
    spec.kind === 'brand'
      ? brands.map(({ id, name }) => ({ value: id, label: name }))
      : Object.entries(spec.options ?? {}).map(([option, label]) => ({ value: option, label }));
  return (
    <Select
      {...control}
      {...(spec.isRequired ? {} : { emptyLabel: spec.kind === 'brand' ? 'No brand' : 'Unknown' })}
      options={options}
      defaultValue={toEditorText(spec, value)}
      onPointerDown={() => {
        isTurning.current = false;
      }}
      onKeyDown={() => {
        isTurning.current = true;
      }}
      onChange={(event) => {
        if (!isTurning.current) onPick(event.currentTarget.value || null);
      }}
    />
  );
}

function Several({ spec, value, control }: KindProps) {
  const chosen = new Set(Array.isArray(value) ? value.map(String) : []);
  return (
    <fieldset className="grid gap-1" aria-label={control['aria-label']}>
      {Object.entries(spec.options ?? {}).map(([option, label]) => (
        <Checkbox
          key={option}
          name="value"
          value={option}
          label={label}
          defaultChecked={chosen.has(option)}
        />
      ))}
    </fieldset>
  );
}

function Picker({
  value,
  names,
  control,
  onPick,
  noun,
}: KindProps & { noun: 'member' | 'company' | 'contact' | 'deal' }) {
  const id = typeof value === 'string' ? value : null;
  return (
    <RecordPicker
      control={control}
      noun={noun}
      picked={id === null ? null : { id, name: names[id] ?? 'Not yours to see' }}
      emptyLabel={noun === 'member' ? 'Nobody' : `No ${noun}`}
      onPick={(choice) => onPick(choice?.id ?? null, choice?.name)}
    />
  );
}

function Amount({ spec, value, control }: KindProps) {
  const { reportingCurrency } = useAccount().current.organization;
  const currency = isMoney(value) ? value.currency : (spec.currency ?? reportingCurrency);
  return (
    <>
      <Input {...control} numeric defaultValue={toEditorText(spec, value)} autoComplete="off" />
      <Input
        name="currency"
        aria-label={`${spec.label}: currency`}
        defaultValue={currency}
        maxLength={3}
        autoComplete="off"
        className="editor-currency"
      />
    </>
  );
}
