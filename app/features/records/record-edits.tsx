import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { type CustomFieldWords, customSpecs, type FieldSpecs } from './field-specs.ts';

/** What the fields of one record's page or panel share. */
export interface RecordEditing {
  specs: FieldSpecs;
  /** Where one field is saved: see app/bridge/field-edit.server.ts. */
  saveHref: string;
  /** The form that holds every field, for who has no script. */
  editHref: string;
  canEdit: boolean;
  /** What the ids of the record's fields are called. */
  names: Readonly<Record<string, string>>;
}

const Context = createContext<RecordEditing | null>(null);

export interface RecordEditsProps extends RecordEditing {
  customFields: readonly CustomFieldWords[];
  children: ReactNode;
}

/** Put it around a summary: the EditableFields below it then know their record. */
export function RecordEdits({ customFields, children, ...editing }: RecordEditsProps) {
  const { specs, saveHref, editHref, canEdit, names } = editing;
  const value = useMemo(
    () => ({ specs: { ...specs, ...customSpecs(customFields) }, saveHref, editHref, canEdit, names }),
    [specs, customFields, saveHref, editHref, canEdit, names],
  );
  useFirstField();
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** F2 with nothing in focus begins at the record's first field; a field and a row in focus hear it themselves. */
function useFirstField(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'F2' || event.defaultPrevented || event.target !== document.body) return;
      if (document.querySelector('dialog[open]')) return;
      const first = document.querySelector<HTMLElement>('main [data-editable] [data-edit-field]');
      if (!first) return;
      event.preventDefault();
      first.click();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

export function useRecordEditing(): RecordEditing {
  const editing = useContext(Context);
  if (!editing) throw new Error('This field stands outside RecordEdits.');
  return editing;
}
