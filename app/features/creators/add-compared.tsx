import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { type RecordChoice, RecordPicker } from '../records/record-picker.tsx';

export interface AddComparedProps {
  creatorIds: readonly string[];
  /** The first by name, for a list before the script arrives. */
  choices: readonly RecordChoice[];
}

/** Puts one more beside those that stand there. */
export function AddCompared({ creatorIds, choices }: AddComparedProps) {
  return (
    <form method="get" action={paths.compareCreators('')} className="add-compared">
      <input type="hidden" name="ids" value={creatorIds.join(',')} />
      <Field
        // After one was added the picker begins anew.
        key={creatorIds.join()}
        name="add"
        label={creatorIds.length === 0 ? 'Creator' : 'Add a creator'}
        hidesOptional
        className="min-w-0 flex-1"
      >
        {(control) => (
          <RecordPicker
            control={control}
            noun="creator"
            picked={null}
            choices={choices.filter(({ id }) => !creatorIds.includes(id))}
            emptyLabel="Choose a creator"
          />
        )}
      </Field>
      <Button type="submit">Add</Button>
    </form>
  );
}
