import { useEffect, useState } from 'react';
import { useAccount } from '../shell/use-account.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { type FieldSpec, valueInWords } from './field-specs.ts';
import { type EditorStep, InlineEditor } from './inline-editor.tsx';
import { isSameValue } from './inline-values.ts';
import { useFieldEdit } from './use-field-edit.ts';

export interface EditedCellProps {
  spec: FieldSpec;
  /** The row's value as the list was loaded. */
  value: unknown;
  names: Readonly<Record<string, string>>;
  saveHref: string;
  /** Where the reader goes once the editor closes. */
  onStep: (step: EditorStep) => void;
  /** The cell is a plain one again. */
  onDone: () => void;
}

/** A cell of a list while it is edited, saved, or tells why it was not saved. Only such cells are components. */
export function EditedCell({ spec, value, names, saveHref, onStep, onDone }: EditedCellProps) {
  const edit = useFieldEdit(saveHref);
  const { timeZone } = useAccount().current.organization;
  const [mode, setMode] = useState<'editing' | 'waiting'>('editing');
  const [picked, setPicked] = useState<Record<string, string>>({});
  const { state, draft, refusal } = edit;
  const known = { ...names, ...picked };
  const isOver = mode === 'waiting' && state === 'saved';
  useEffect(() => {
    if (isOver) onDone();
  }, [isOver, onDone]);
  const leave = () => {
    edit.forget();
    onDone();
  };
  if (mode === 'editing') {
    return (
      <InlineEditor
        spec={spec}
        value={refusal && draft ? draft.value : value}
        names={known}
        error={refusal?.message}
        onCommit={(next, { step, name }) => {
          onStep(step);
          if (isSameValue(next, value)) return leave();
          if (typeof next === 'string' && name) setPicked({ [next]: name });
          setMode('waiting');
          edit.save({ field: spec.name, label: spec.label, value: next, base: value });
        }}
        onCancel={() => {
          onStep(null);
          leave();
        }}
      />
    );
  }
  return (
    <>
      <span className={refusal ? 'cell-refused' : 'cell-saving'} title={refusal?.message}>
        {valueInWords(spec, refusal || !draft ? value : draft.value, { names: known, timeZone })}
      </span>
      {refusal && !refusal.conflict && (
        <button type="button" className="cell-refusal" onClick={() => setMode('editing')}>
          Not saved. Edit again
        </button>
      )}
      <ConflictDialog
        spec={spec}
        refusal={refusal}
        names={known}
        onKeepTheirs={leave}
        onUseMine={(current) => draft && edit.save({ ...draft, base: current })}
      />
    </>
  );
}
