import type { CustomField, CustomFieldOptionUse } from '../../../server/domain/custom-fields/schema.ts';
import { Input, Select } from '../../ui/input.tsx';

export interface OptionRowsProps {
  field: Pick<CustomField, 'id' | 'options'>;
  uses: readonly CustomFieldOptionUse[];
  /** What was typed into a refused form; null shows what is stored. */
  typed: Readonly<Record<string, string>> | null;
  error: string | undefined;
}

/**
 * The options that a field has: written over they are renamed, emptied they are taken away. Where records say one, its row
 * asks what they say then. Read back by readOptions in app/bridge.
 */
export function OptionRows({ field, uses, typed, error }: OptionRowsProps) {
  const counts = new Map(uses.map(({ option, count }) => [option, count]));
  const errorId = `options-error-${field.id}`;
  return (
    <fieldset className="min-w-0" {...(error && { 'aria-describedby': errorId })}>
      <legend className="pb-1 font-medium">Options</legend>
      <p className="pb-1.5 text-sm text-muted">
        A new wording goes to the records that say the old one. Empty a line to take its option away.
      </p>
      <ul className="grid gap-2">
        {field.options.map((option, index) => (
          <li key={option} className="grid items-center gap-x-2 gap-y-1 sm:grid-cols-2">
            <input type="hidden" name={`was.${index}`} value={option} />
            <Input
              name={`option.${index}`}
              aria-label={`Option ${option}`}
              defaultValue={typed ? (typed[`option.${index}`] ?? '') : option}
              autoComplete="off"
            />
            {counts.has(option) && (
              <Select
                name={`becomes.${index}`}
                aria-label={`What the records that say ${option} become, where it is emptied`}
                defaultValue={typed?.[`becomes.${index}`] ?? ''}
                options={[
                  { value: '', label: `${counts.get(option) ?? 0} in use: clear when emptied` },
                  ...field.options
                    .filter((other) => other !== option)
                    .map((other) => ({ value: other, label: `In use: becomes ${other}` })),
                ]}
              />
            )}
          </li>
        ))}
      </ul>
      {error && (
        <p id={errorId} className="pt-1 text-sm text-danger-ink">
          {error}
        </p>
      )}
    </fieldset>
  );
}
