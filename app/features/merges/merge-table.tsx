import { useState } from 'react';
import type { MergeChoice, MergeField, MergePreview } from '../../../server/domain/merges/schema.ts';
import { type FieldSpecs, specOf, valueInWords, type ValueWords } from '../records/field-specs.ts';
import { begun, type SideNames } from './side-names.ts';

export interface MergeTableProps {
  preview: MergePreview;
  specs: FieldSpecs;
  timeZone: string;
  /** How the two are told apart. */
  names: SideNames;
}

/**
 * Both records field by field, with a choice in each that differs, and what the field becomes. What is the same in
 * both, or empty in both, needs no choice and stands folded below.
 */
export function MergeTable({ preview, specs, timeZone, names }: MergeTableProps) {
  const words: ValueWords = { names: preview.names, timeZone };
  const differing = preview.fields.filter(({ differs }) => differs);
  const alike = preview.fields.filter(({ differs, kept }) => !differs && !isEmpty(kept));
  return (
    <>
      {differing.length === 0 ? (
        <p className="p-4 text-muted">Both hold the same in every field.</p>
      ) : (
        <table className="merge-table">
          <caption className="sr-only">Fields that differ, and what each becomes</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">{begun(names.kept)} (stays)</th>
              <th scope="col">{begun(names.merged)} (goes)</th>
              <th scope="col">Becomes</th>
            </tr>
          </thead>
          <tbody>
            {differing.map((field) => (
              <MergeRow key={field.field} field={field} specs={specs} words={words} names={names} />
            ))}
          </tbody>
        </table>
      )}
      {alike.length > 0 && (
        <details className="border-t border-line px-4 py-2.5">
          <summary className="cursor-pointer text-muted">
            {alike.length === 1
              ? '1 field is the same in both'
              : `${alike.length} fields are the same in both`}
          </summary>
          <dl className="grid gap-x-4 gap-y-1.5 pt-2 sm:grid-cols-[12rem_minmax(0,1fr)]">
            {alike.map(({ field, kept }) => (
              <div key={field} className="contents">
                <dt className="text-muted">{specOf(specs, field).label}</dt>
                <dd className="break-words">{valueInWords(specOf(specs, field), kept, words)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

interface MergeRowProps {
  field: MergeField;
  specs: FieldSpecs;
  words: ValueWords;
  names: SideNames;
}

function MergeRow({ field, specs, words, names }: MergeRowProps) {
  const [choice, setChoice] = useState<MergeChoice>(field.choice);
  const spec = specOf(specs, field.field);
  const inWords = (value: unknown) => valueInWords(spec, value, words);
  const option = (value: MergeChoice, of: string, shown: unknown) => (
    <label className="merge-choice">
      <input
        type="radio"
        name={`choice.${field.field}`}
        value={value}
        defaultChecked={field.choice === value}
        onChange={() => setChoice(value)}
        aria-label={`${spec.label}: ${of}, ${inWords(shown)}`}
      />
      <span className="min-w-0 break-words">{value === 'both' ? 'Both' : inWords(shown)}</span>
    </label>
  );
  return (
    <tr>
      <th scope="row">{spec.label}</th>
      <td data-label={`${begun(names.kept)} (stays)`} data-chosen={choice !== 'merge' || undefined}>
        {option('keep', 'of the kept record', field.kept)}
      </td>
      <td data-label={`${begun(names.merged)} (goes)`} data-chosen={choice !== 'keep' || undefined}>
        {option('merge', 'of the merged record', field.merged)}
      </td>
      <td data-label="Becomes">
        <span className="block font-medium break-words" aria-live="polite">
          {inWords(resultOf(field, choice))}
        </span>
        {field.isList && option('both', 'both', field.both)}
      </td>
    </tr>
  );
}

function resultOf({ kept, merged, both }: MergeField, choice: MergeChoice): unknown {
  return choice === 'both' ? both : choice === 'keep' ? kept : merged;
}

const isEmpty = (value: MergeField['kept']) =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);
