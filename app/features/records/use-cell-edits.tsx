import { type ReactNode, type RefObject, useCallback, useEffect, useState } from 'react';
import type { FieldSpecs } from './field-specs.ts';
import { EditedCell } from './inline-edit-cell.tsx';
import type { EditorStep } from './inline-editor.tsx';

/** A cell that can be edited has this class, on its column: see canEditCell. */
export const EDITABLE = 'editable-cell';

type Row = Readonly<Record<string, unknown>> & { id: string };

export type EditCell<R extends Row> = (row: R, columnId: string) => ReactNode | null;

export interface CellEditsInput {
  specs: FieldSpecs;
  names: Readonly<Record<string, string>>;
  /** Where one field of a record is saved; null where nothing of the list can be edited. */
  fieldHrefOf: ((recordId: string) => string) | null;
}

const keyOf = (rowId: string, columnId: string) => `${rowId} ${columnId}`;

/**
 * Edits cells of a list in place: a press on a cell, or F2 on a row, opens its editor; Tab goes on to the next cell. The
 * table draws plain cells, and components for those alone that are being edited or saved.
 */
export function useCellEdits<R extends Row>(
  table: RefObject<HTMLDivElement>,
  { specs, names, fieldHrefOf }: CellEditsInput,
): EditCell<R> {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const start = useCallback((cell: Element) => {
    const key = keyOfCell(cell);
    if (key) setOpen((known) => new Set(known).add(key));
  }, []);
  useStarting(table, fieldHrefOf === null ? null : start);
  return (row, columnId) => {
    const key = keyOf(row.id, columnId);
    const spec = specs[columnId];
    if (!open.has(key) || !spec || !fieldHrefOf) return null;
    return (
      <EditedCell
        key={key}
        spec={spec}
        value={row[columnId]}
        names={names}
        saveHref={fieldHrefOf(row.id)}
        onStep={(step) => moveOn(key, step, start)}
        onDone={() => setOpen((known) => new Set([...known].filter((other) => other !== key)))}
      />
    );
  };
}

function keyOfCell(cell: Element): string | null {
  const row = cell.closest('tr');
  const index = row ? [...row.children].indexOf(cell) : -1;
  const header = cell.closest('table')?.querySelector('thead tr')?.children[index];
  const columnId = header?.getAttribute('data-column');
  const rowId = row?.dataset.recordId;
  return columnId && rowId ? keyOf(rowId, columnId) : null;
}

/** In the capture phase: a press on such a cell is not a press on its row. */
function useStarting(table: RefObject<HTMLDivElement>, start: ((cell: Element) => void) | null) {
  useEffect(() => {
    const element = table.current;
    if (!element || !start) return;
    const onClick = (event: MouseEvent) => {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
      const target = event.target instanceof Element ? event.target : null;
      const cell = target?.closest(`td.${EDITABLE}`);
      if (!cell) return;
      // What is pressed inside an open editor is the editor's own, and no press on the row.
      if (cell.querySelector('.editor, .cell-refusal') === null) start(cell);
      else if (target?.closest('.editor')) return;
      if (target?.closest('a, button') === null) event.stopPropagation();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'F2' || !(event.target instanceof Element)) return;
      const cell = event.target.closest('tr')?.querySelector(`td.${EDITABLE}`);
      if (!cell) return;
      event.preventDefault();
      start(cell);
    };
    element.addEventListener('click', onClick, true);
    element.addEventListener('keydown', onKeyDown);
    return () => {
      element.removeEventListener('click', onClick, true);
      element.removeEventListener('keydown', onKeyDown);
    };
  }, [table, start]);
}

/** The next cell of the row or the rows after it; without a step back to the row's link. */
function moveOn(key: string, step: EditorStep, start: (cell: Element) => void): void {
  const cells = [...document.querySelectorAll(`td.${EDITABLE}`)];
  const here = cells.findIndex((cell) => keyOfCell(cell) === key);
  const other = step === null ? undefined : cells[here + (step === 'next' ? 1 : -1)];
  if (other) return start(other);
  const link = cells[here]?.closest('tr')?.querySelector<HTMLElement>('a[data-row-link]');
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) link?.focus();
  });
}
