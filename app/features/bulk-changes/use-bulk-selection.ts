import { useEffect, useMemo, useRef, useState } from 'react';
import type { Selection } from '../../table/selection-cells.tsx';

export interface BulkPick {
  selection: Selection;
  /** How many are selected; all that match where the whole list is. */
  count: number;
  selectedIds: readonly string[];
  /** Whether every record that matches is selected, those of other pages too. */
  isAll: boolean;
  /** Whether the rows of this page are selected and more match. */
  canTakeAll: boolean;
  takeAll: () => void;
  clear: () => void;
  /** Leaves these selected: those that a change refused. */
  keep: (recordIds: readonly string[]) => void;
}

/**
 * The rows that a person chose on this page of a list: one by one, from one to another with Shift, the page, or all
 * that match. Another page or another filter begins anew.
 */
export function useBulkPick(rowIds: readonly string[], total: number, formId: string): BulkPick {
  const [selectedIds, setSelectedIds] = useState<ReadonlySet<string>>(new Set());
  const [isAll, setIsAll] = useState(false);
  const last = useRef<string | null>(null);
  const isShifted = useShiftedClicks();
  const page = rowIds.join(' ');
  const seen = useRef(page);
  useEffect(() => {
    if (seen.current === page) return;
    seen.current = page;
    setIsAll(false);
    setSelectedIds((now) => new Set([...now].filter((id) => page.includes(id))));
  }, [page]);

  const shown = isAll ? new Set(rowIds) : selectedIds;
  const choose = (next: ReadonlySet<string>) => {
    setIsAll(false);
    setSelectedIds(next);
  };
  const onToggle = (id: string) => {
    choose(toggled(shown, id, isShifted.current ? rangeOf(rowIds, last.current, id) : [id]));
    last.current = id;
  };
  const isWhole = rowIds.length > 0 && rowIds.every((id) => shown.has(id));
  const onToggleAll = () => choose(new Set(isWhole ? [] : rowIds));
  const ids = useMemo(() => [...selectedIds], [selectedIds]);
  return {
    selection: { selectedIds: shown, onToggle, onToggleAll, formId },
    count: isAll ? total : selectedIds.size,
    selectedIds: ids,
    isAll,
    canTakeAll: !isAll && isWhole && total > rowIds.length,
    takeAll: () => setIsAll(true),
    clear: () => choose(new Set()),
    keep: (recordIds) => choose(new Set(recordIds.filter((id) => rowIds.includes(id)))),
  };
}

/** All of a range become what the clicked row becomes. */
function toggled(selectedIds: ReadonlySet<string>, id: string, range: readonly string[]) {
  const next = new Set(selectedIds);
  const isChosen = !selectedIds.has(id);
  for (const one of range) {
    if (isChosen) next.add(one);
    else next.delete(one);
  }
  return next;
}

function rangeOf(rowIds: readonly string[], from: string | null, to: string): readonly string[] {
  const [start, end] = [rowIds.indexOf(from ?? to), rowIds.indexOf(to)];
  if (start < 0 || end < 0) return [to];
  return rowIds.slice(Math.min(start, end), Math.max(start, end) + 1);
}

/** Whether Shift was held at the last click: a checkbox's change does not say. */
function useShiftedClicks() {
  const isShifted = useRef(false);
  useEffect(() => {
    const note = (event: MouseEvent) => {
      isShifted.current = event.shiftKey;
    };
    document.addEventListener('click', note, true);
    return () => document.removeEventListener('click', note, true);
  }, []);
  return isShifted;
}
