import { Check, Pencil } from 'lucide-react';
import { type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { fieldId } from '../../ui/field.tsx';
import { useAccount } from '../shell/use-account.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { type FieldSpec, specOf, valueInWords } from './field-specs.ts';
import { type EditorStep, InlineEditor } from './inline-editor.tsx';
import { isSameValue } from './inline-values.ts';
import { useRecordEditing } from './record-edits.tsx';
import { type FieldEdit, useFieldEdit } from './use-field-edit.ts';

export interface EditableFieldProps {
  /** As the inputs name it. */
  name: string;
  value: unknown;
  /** How the value is shown. */
  children?: ReactNode;
}

/** A field of a record that is written where it stands. Who may not write it, and what moves elsewhere, reads it. */
export function EditableField({ name, value, children }: EditableFieldProps) {
  const { specs, canEdit, names } = useRecordEditing();
  const { timeZone } = useAccount().current.organization;
  const spec = specOf(specs, name);
  const shown = children ?? valueInWords(spec, value, { names, timeZone });
  if (!canEdit || spec.isFixed) return <>{shown}</>;
  return <Editable spec={spec} value={value} shown={shown} />;
}

interface EditableProps {
  spec: FieldSpec;
  value: unknown;
  shown: ReactNode;
}

function Editable({ spec, value, shown }: EditableProps) {
  const { saveHref, names } = useRecordEditing();
  const edit = useFieldEdit(saveHref);
  const box = useRef<HTMLDivElement>(null);
  const [isEditing, setIsEditing] = useState(false);
  const [picked, setPicked] = useState<Record<string, string>>({});
  const known = { ...names, ...picked };
  const { draft, refusal } = edit;
  const onOpen = useCallback(() => setIsEditing(true), []);
  const onCommit = (next: unknown, how: { step: EditorStep; name?: string | undefined }) => {
    setIsEditing(false);
    if (typeof next === 'string' && how.name) setPicked({ [next]: how.name });
    if (isSameValue(next, value)) edit.forget();
    else edit.save({ field: spec.name, label: spec.label, value: next, base: value });
    moveOn(box.current, how.step);
  };
  const onCancel = () => {
    setIsEditing(false);
    edit.forget();
    focusOpener(box.current);
  };
  const error = refusal && !refusal.conflict ? refusal.message : undefined;
  return (
    <div ref={box} data-editable="">
      {isEditing ? (
        <InlineEditor
          spec={spec}
          value={refusal && draft ? draft.value : value}
          names={known}
          error={error}
          onCommit={onCommit}
          onCancel={onCancel}
        />
      ) : (
        <Value spec={spec} edit={edit} names={known} shown={shown} onOpen={onOpen} />
      )}
      {error && (
        <p role="alert" className="pt-0.5 text-sm text-danger-ink">
          {error}
        </p>
      )}
      <ConflictDialog
        spec={spec}
        refusal={refusal}
        names={known}
        onKeepTheirs={edit.forget}
        onUseMine={(current) => draft && edit.save({ ...draft, base: current })}
      />
    </div>
  );
}

interface ValueProps {
  spec: FieldSpec;
  edit: FieldEdit;
  names: Readonly<Record<string, string>>;
  shown: ReactNode;
  onOpen: () => void;
}

/** The value, or while it is being saved what it is to be. The pencil is a link to the form until the script takes it. */
function Value({ spec, edit, names, shown, onOpen }: ValueProps) {
  const { editHref } = useRecordEditing();
  const { timeZone } = useAccount().current.organization;
  const { state, draft } = edit;
  const line = useRef<HTMLDivElement>(null);
  useOpening(line, onOpen);
  return (
    <div ref={line} className="editable" data-state={state}>
      <div className="editable-value">
        {state === 'saving' && draft ? valueInWords(spec, draft.value, { names, timeZone }) : shown}
      </div>
      <span role="status" className="editable-state">
        {state === 'saved' && <Check aria-label={`${spec.label} saved`} />}
      </span>
      <a
        href={`${editHref}#${fieldId(spec.name)}`}
        className="editable-open"
        data-edit-field=""
        aria-label={`Edit ${spec.label.toLowerCase()}`}
        onKeyDown={(event) => {
          if (event.key === 'F2') onOpen();
        }}
      >
        <Pencil aria-hidden="true" />
      </a>
    </div>
  );
}

/** The whole line takes the click that its pencil, which keyboards reach, takes. */
function useOpening(line: RefObject<HTMLDivElement>, onOpen: () => void) {
  useEffect(() => {
    const element = line.current;
    const open = (event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.defaultPrevented) return;
      // A link in the value leads where it leads, and a text can be selected.
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (link && !link.hasAttribute('data-edit-field')) return;
      if (!link && getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      onOpen();
    };
    element?.addEventListener('click', open);
    // From here on the pencil is more than a link.
    element?.setAttribute('data-ready', '');
    return () => element?.removeEventListener('click', open);
  }, [line, onOpen]);
}

/** Opens the editor of the field before or after this one, as Tab asks for. */
function moveOn(box: HTMLElement | null, step: EditorStep): void {
  if (step === null) return focusOpener(box);
  const all = [...document.querySelectorAll<HTMLElement>('[data-editable]')];
  const here = box ? all.indexOf(box) : -1;
  const other = here === -1 ? undefined : all[here + (step === 'next' ? 1 : -1)];
  if (other) other.querySelector<HTMLElement>('[data-edit-field]')?.click();
  else focusOpener(box);
}

/** The reader's place after an editor closes, once the value stands there again. */
function focusOpener(box: HTMLElement | null): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body)
      box?.querySelector<HTMLElement>('[data-edit-field]')?.focus();
  });
}
