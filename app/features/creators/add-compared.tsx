import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
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
      <div className="min-w-0 flex-1">
        <label htmlFor="add-compared" className="sr-only">
          Creator to add
        </label>
        <RecordPicker
          // After one was added the picker begins anew.
          key={creatorIds.join()}
          control={{ id: 'add-compared', name: 'add' }}
          noun="creator"
          picked={null}
          choices={choices.filter(({ id }) => !creatorIds.includes(id))}
          emptyLabel="Add a creator"
        />
      </div>
      <Button type="submit">Add</Button>
    </form>
  );
}
