import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { emptyRight, type UsageRightValues } from './contract-form-values.ts';
import { adPermissionLabels, channelLabels, optionsOf } from './labels.ts';

export interface UsageRightRowsProps {
  rights: readonly UsageRightValues[];
  /** By path: `usageRights.0.endsOn` is of the first line that has a channel. */
  errors: Readonly<Record<string, string>>;
}

interface Row {
  key: number;
  right: UsageRightValues;
}

/** Without a script no line can be added: two stand ready. */
const SPARE = 2;

/** Where the brand may use the content, a line each. A line without a channel is none. */
export function UsageRightRows({ rights, errors }: UsageRightRowsProps) {
  const hasScript = useHasScript();
  const [rows, setRows] = useState<readonly Row[]>(() => rights.map((right, key) => ({ key, right })));
  const add = () =>
    setRows([...rows, { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, right: emptyRight }]);
  const spare = Array.from({ length: SPARE }, (_, at) => ({ key: rows.length + at, right: emptyRight }));
  const shown = hasScript ? rows : [...rows, ...spare];
  const places = placesOf(shown);
  return (
    <div className="grid gap-4">
      {shown.length === 0 && <p className="text-muted">No usage rights: the content stays the creator’s.</p>}
      {shown.map((row, at) => (
        <RightRow
          key={row.key}
          row={row}
          number={at + 1}
          errorOf={(name) => errors[`usageRights.${places[at] ?? -1}.${name}`]}
          onRemove={hasScript ? () => setRows(rows.filter(({ key }) => key !== row.key)) : null}
        />
      ))}
      {errors.usageRights && <p className="text-sm text-danger-ink">{errors.usageRights}</p>}
      {hasScript && (
        <div>
          <Button size="small" onClick={add}>
            <Plus aria-hidden="true" /> Add a usage right
          </Button>
        </div>
      )}
    </div>
  );
}

/** Lines without a channel are not sent, so that an error's number counts the others alone. */
function placesOf(rows: readonly Row[]): (number | null)[] {
  let sent = 0;
  return rows.map(({ right }) => (right.channel === '' ? null : sent++));
}

interface RightRowProps {
  row: Row;
  number: number;
  errorOf: (name: keyof UsageRightValues) => string | undefined;
  onRemove: (() => void) | null;
}

function RightRow({ row: { key, right }, number, errorOf, onRemove }: RightRowProps) {
  const field = (name: keyof UsageRightValues, label: string) => ({
    name: `rights.${name}`,
    id: `rights-${key}-${name}`,
    label,
    error: errorOf(name),
    hidesOptional: true,
  });
  return (
    <fieldset className="grid gap-3 border-t border-line pt-3 sm:grid-cols-3">
      <legend className="sr-only">Usage right {number}</legend>
      <Field {...field('channel', 'Channel')}>
        {(control) => (
          <Select
            {...control}
            emptyLabel="No right"
            options={optionsOf(channelLabels)}
            defaultValue={right.channel}
          />
        )}
      </Field>
      <Field {...field('adPermission', 'Permission, of paid social')}>
        {(control) => (
          <Select
            {...control}
            emptyLabel="None named"
            options={optionsOf(adPermissionLabels)}
            defaultValue={right.adPermission}
          />
        )}
      </Field>
      <Field {...field('territories', 'Countries')}>
        {(control) => (
          <Input {...control} placeholder="Everywhere" autoComplete="off" defaultValue={right.territories} />
        )}
      </Field>
      <Field {...field('startsOn', 'From')}>
        {(control) => <Input {...control} type="date" defaultValue={right.startsOn} />}
      </Field>
      <Field {...field('endsOn', 'Until')}>
        {(control) => <Input {...control} type="date" defaultValue={right.endsOn} />}
      </Field>
      <Field {...field('note', 'Note')}>
        {(control) => <Input {...control} autoComplete="off" defaultValue={right.note} />}
      </Field>
      {onRemove && (
        <div>
          <Button size="small" variant="quiet" onClick={onRemove}>
            Remove usage right {number}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
