import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { fieldId } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';

export interface TextRowsProps {
  name: string;
  /** "Email addresses". */
  label: string;
  /** "email address". */
  one: string;
  values: readonly string[];
  /** By path: `emails.0` is the first row's. */
  errors: Readonly<Record<string, string>> | undefined;
  inputMode?: 'email' | 'tel';
  onChange?: (values: readonly string[]) => void;
}

interface Row {
  key: number;
  value: string;
}

/** Without a script no row can be added: two stand ready. */
const SPARE = 2;

/** A list of short texts, an input each; the first is the one in use. Its form reads them with readRows. */
export function TextRows({ name, label, one, values, errors, inputMode, onChange }: TextRowsProps) {
  const hasScript = useHasScript();
  const [rows, setRows] = useState<readonly Row[]>(() =>
    (values.length === 0 ? [''] : values).map((value, key) => ({ key, value })),
  );
  const change = (next: readonly Row[]) => {
    setRows(next);
    onChange?.(next.map(({ value }) => value));
  };
  const add = () => change([...rows, { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, value: '' }]);
  const shown = hasScript
    ? rows
    : [...rows, ...Array.from({ length: SPARE }, (_, index) => ({ key: rows.length + index, value: '' }))];
  return (
    <fieldset className="min-w-0">
      <legend className="pb-1 font-medium">
        {label}
        <span className="pl-1.5 text-sm font-normal text-subtle">optional</span>
      </legend>
      <ul className="grid gap-1.5">
        {shown.map(({ key, value }, index) => (
          <li key={key}>
            <TextRow
              id={index === 0 ? fieldId(name) : `${fieldId(name)}-${key}`}
              name={name}
              label={index === 0 ? `${label}: primary` : `${label}: ${index + 1}`}
              value={value}
              error={errors?.[`${name}.${index}`]}
              isPrimary={index === 0 && rows.length > 1}
              inputMode={inputMode}
              onChange={(text) =>
                change(rows.map((row) => (row.key === key ? { ...row, value: text } : row)))
              }
              onRemove={
                hasScript && rows.length > 1 ? () => change(rows.filter((row) => row.key !== key)) : null
              }
            />
          </li>
        ))}
      </ul>
      {errors?.[name] && <p className="pt-1 text-sm text-danger-ink">{errors[name]}</p>}
      {hasScript && (
        <Button variant="quiet" size="small" className="mt-1" onClick={add}>
          <Plus aria-hidden="true" /> Add {one}
        </Button>
      )}
    </fieldset>
  );
}

interface TextRowProps {
  id: string;
  name: string;
  label: string;
  value: string;
  error: string | undefined;
  isPrimary: boolean;
  inputMode: 'email' | 'tel' | undefined;
  onChange: (text: string) => void;
  onRemove: (() => void) | null;
}

function TextRow({ id, name, label, value, error, isPrimary, inputMode, onChange, onRemove }: TextRowProps) {
  return (
    <>
      <div className="flex items-center gap-1.5">
        <Input
          id={id}
          name={name}
          aria-label={label}
          defaultValue={value}
          autoComplete="off"
          className="min-w-0 flex-1"
          onChange={(event) => onChange(event.currentTarget.value)}
          {...(inputMode && { inputMode })}
          {...(error && { 'aria-invalid': true as const, 'aria-describedby': `${id}-error` })}
        />
        {isPrimary && <Badge>Primary</Badge>}
        {onRemove && (
          <Button
            variant="quiet"
            size="small"
            iconOnly
            aria-label={`Remove ${value || label}`}
            onClick={onRemove}
          >
            <X aria-hidden="true" />
          </Button>
        )}
      </div>
      {error && (
        <p id={`${id}-error`} className="pt-1 text-sm text-danger-ink">
          {error}
        </p>
      )}
    </>
  );
}
