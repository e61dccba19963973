import type { FormFailure } from '../../bridge/forms.server.ts';
import { useAccount } from '../shell/use-account.ts';
import { type FieldSpec, type FieldSpecs, specOf, valueInWords } from './field-specs.ts';

export interface EditBaseProps {
  /** What each field of the form shows when it is opened, under the field's name; several inputs of a name are several. */
  shown: Readonly<Record<string, string | readonly string[]>>;
  failure: FormFailure | undefined;
  specs: FieldSpecs;
}

/**
 * What an edit form was opened with, in hidden fields, and the questions that a conflict asks. With it only what was
 * changed is written, and what somebody else changed meanwhile is asked about. Put it inside the form.
 */
export function EditBase({ shown, failure, specs }: EditBaseProps) {
  const entries = failure?.base ?? entriesOf(shown);
  return (
    <>
      {entries.map(([name, value], index) => (
        <input key={`${name}:${index}`} type="hidden" name={name} value={value} />
      ))}
      {failure?.conflicts && <ConflictQuestions failure={failure} specs={specs} />}
    </>
  );
}

function entriesOf(shown: EditBaseProps['shown']): [string, string][] {
  return Object.entries(shown).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [`base.${name}`, one]),
  );
}

function ConflictQuestions({ failure, specs }: Pick<EditBaseProps, 'specs'> & { failure: FormFailure }) {
  const { timeZone } = useAccount().current.organization;
  const inWords = (spec: FieldSpec, json: string) =>
    valueInWords(spec, JSON.parse(json) as unknown, { names: failure.names ?? {}, timeZone });
  return (
    <div className="grid gap-3 rounded-lg border border-warning-mark/50 bg-warning-soft p-3">
      {failure.conflicts?.map(({ field, base, current, yours }) => {
        const spec = specOf(specs, field);
        return (
          <fieldset key={field} className="min-w-0">
            <legend className="pb-1 font-medium">
              {spec.label} <span className="text-sm font-normal text-muted">was {inWords(spec, base)}</span>
            </legend>
            <input type="hidden" name={`seen.${field}`} value={current} />
            <div className="grid gap-2 sm:grid-cols-2">
              <Choice name={field} choice="theirs" label="Keep theirs" value={inWords(spec, current)} />
              <Choice name={field} choice="mine" label="Use mine" value={inWords(spec, yours)} />
            </div>
          </fieldset>
        );
      })}
    </div>
  );
}

interface ChoiceProps {
  name: string;
  choice: 'theirs' | 'mine';
  label: string;
  value: string;
}

function Choice({ name, choice, label, value }: ChoiceProps) {
  return (
    <label className="conflict-choice">
      <input type="radio" name={`resolution.${name}`} value={choice} required />
      <strong>{label}</strong>
      <span className="min-w-0 break-words whitespace-pre-wrap">{value}</span>
    </label>
  );
}
