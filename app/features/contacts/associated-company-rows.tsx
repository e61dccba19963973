import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { Input } from '../../ui/input.tsx';
import { type RecordChoice, RecordPicker } from '../records/record-picker.tsx';

export interface Tie {
  company: RecordChoice | null;
  title: string;
}

export interface AssociatedCompanyRowsProps {
  ties: readonly Tie[];
  /** What can be chosen before the script arrives. */
  choices: readonly RecordChoice[];
  errors: Readonly<Record<string, string>> | undefined;
}

const NAME = 'associatedCompanies';

/** Where else a person works: a company and the title there, a row each. Read back by readAssociatedCompanies. */
export function AssociatedCompanyRows({ ties, choices, errors }: AssociatedCompanyRowsProps) {
  const hasScript = useHasScript();
  const [rows, setRows] = useState(() => ties.map((tie, key) => ({ key, tie })));
  const add = () =>
    setRows([
      ...rows,
      { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, tie: { company: null, title: '' } },
    ]);
  // Without a script no row can be added: one stands ready.
  const shown = hasScript ? rows : [...rows, { key: rows.length, tie: { company: null, title: '' } }];
  return (
    <fieldset className="min-w-0 sm:col-span-2">
      <legend className="pb-1 font-medium">
        Other companies <span className="pl-1 text-sm font-normal text-subtle">optional</span>
      </legend>
      {/* Says that the rows were there, though none is left. */}
      <input type="hidden" name={`${NAME}.companyId`} value="" />
      <input type="hidden" name={`${NAME}.title`} value="" />
      <ul className="grid gap-1.5">
        {shown.map(({ key, tie }, index) => (
          <li key={key}>
            <TieRow
              index={index}
              tie={tie}
              choices={choices}
              // The hidden row before them is left out when it is read: a refusal counts without it.
              error={errors?.[`${NAME}.${index}.companyId`] ?? errors?.[`${NAME}.${index}.title`]}
              onRemove={hasScript ? () => setRows(rows.filter((row) => row.key !== key)) : null}
            />
          </li>
        ))}
      </ul>
      {errors?.[NAME] && <p className="pt-1 text-sm text-danger-ink">{errors[NAME]}</p>}
      {hasScript && (
        <Button variant="quiet" size="small" className="mt-1" onClick={add}>
          <Plus aria-hidden="true" /> Add a company
        </Button>
      )}
    </fieldset>
  );
}

interface TieRowProps {
  index: number;
  tie: Tie;
  choices: readonly RecordChoice[];
  error: string | undefined;
  onRemove: (() => void) | null;
}

function TieRow({ index, tie, choices, error, onRemove }: TieRowProps) {
  const id = `other-company-${index}`;
  return (
    <>
      <div className="flex items-center gap-1.5">
        <div className="min-w-0 flex-1">
          <label htmlFor={id} className="sr-only">
            Other company {index + 1}
          </label>
          <RecordPicker
            control={{
              id,
              name: `${NAME}.companyId`,
              ...(error && { 'aria-invalid': true as const, 'aria-describedby': `${id}-error` }),
            }}
            noun="company"
            picked={tie.company}
            choices={choices}
            emptyLabel="No company"
          />
        </div>
        <Input
          name={`${NAME}.title`}
          aria-label={`Title at other company ${index + 1}`}
          placeholder="Title there"
          defaultValue={tie.title}
          autoComplete="off"
          className="min-w-0 flex-1"
        />
        {onRemove && (
          <Button
            variant="quiet"
            size="small"
            iconOnly
            aria-label={`Remove ${tie.company?.name ?? `other company ${index + 1}`}`}
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
