import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { type RecordChoice, RecordPicker } from '../records/record-picker.tsx';

export interface ContactRowsProps {
  contacts: readonly RecordChoice[];
  /** What can be chosen before the script arrives. */
  choices: readonly RecordChoice[];
  errors: Readonly<Record<string, string>> | undefined;
}

const NAME = 'contactIds';
/** Without a script no row can be added: two stand ready. */
const SPARE = 2;

/** The client's people of a campaign, a row each. */
export function ContactRows({ contacts, choices, errors }: ContactRowsProps) {
  const hasScript = useHasScript();
  const [rows, setRows] = useState(() =>
    contacts.map((contact, key): { key: number; contact: RecordChoice | null } => ({ key, contact })),
  );
  const next = Math.max(-1, ...rows.map(({ key }) => key)) + 1;
  const spare = Array.from({ length: SPARE }, (_, at) => ({ key: next + at, contact: null }));
  const shown = hasScript ? rows : [...rows, ...spare];
  return (
    <fieldset className="min-w-0 sm:col-span-2">
      <legend className="pb-1 font-medium">
        Contacts <span className="pl-1 text-sm font-normal text-subtle">optional</span>
      </legend>
      {/* Says that the rows were there, though none is left. */}
      <input type="hidden" name={NAME} value="" />
      <ul className="grid gap-1.5">
        {shown.map(({ key, contact }, index) => (
          <li key={key} className="flex items-center gap-1.5">
            <ContactRow
              index={index}
              contact={contact}
              choices={choices}
              // The hidden row before them is left out when it is read: a refusal counts without it.
              error={errors?.[`${NAME}.${index}`]}
              onRemove={hasScript ? () => setRows(rows.filter((row) => row.key !== key)) : null}
            />
          </li>
        ))}
      </ul>
      {errors?.[NAME] && <p className="pt-1 text-sm text-danger-ink">{errors[NAME]}</p>}
      {hasScript && (
        <Button
          variant="quiet"
          size="small"
          className="mt-1"
          onClick={() => setRows([...rows, { key: next, contact: null }])}
        >
          <Plus aria-hidden="true" /> Add a contact
        </Button>
      )}
    </fieldset>
  );
}

interface ContactRowProps {
  index: number;
  contact: RecordChoice | null;
  choices: readonly RecordChoice[];
  error: string | undefined;
  onRemove: (() => void) | null;
}

function ContactRow({ index, contact, choices, error, onRemove }: ContactRowProps) {
  const id = `contact-${index}`;
  return (
    <>
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="sr-only">
          Contact {index + 1}
        </label>
        <RecordPicker
          control={{
            id,
            name: NAME,
            ...(error && { 'aria-invalid': true as const, 'aria-describedby': `${id}-error` }),
          }}
          noun="contact"
          picked={contact}
          choices={choices}
          emptyLabel="No contact"
        />
        {error && (
          <p id={`${id}-error`} className="pt-1 text-sm text-danger-ink">
            {error}
          </p>
        )}
      </div>
      {onRemove && (
        <Button
          variant="quiet"
          size="small"
          iconOnly
          aria-label={`Remove ${contact?.name ?? `contact ${index + 1}`}`}
          onClick={onRemove}
        >
          <X aria-hidden="true" />
        </Button>
      )}
    </>
  );
}
