import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { narrowest, toWidth, widest, widthStep } from './column-widths.ts';

export interface ColumnSizerProps {
  columnId: string;
  header: string;
  /** The width that was asked for, in pixels. */
  width: number;
  onResize: (widths: Readonly<Record<string, number>>) => void;
}

const keySteps: Readonly<Record<string, number>> = { ArrowLeft: -16, ArrowRight: 16 };

/** The edge of a header that is dragged, or moved with the arrow keys. The table shows each step; letting go keeps it. */
export function ColumnSizer({ columnId, header, width, onResize }: ColumnSizerProps) {
  const drag = useRef<{ from: number; widths: Record<string, number> } | null>(null);

  const show = (element: HTMLElement, widths: Readonly<Record<string, number>>) => {
    for (const { columnId: id, col } of columnsOf(element)) {
      const px = widths[id];
      if (col && px !== undefined) col.dataset.w = String(widthStep(px));
    }
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: event.clientX, widths: measured(event.currentTarget) };
  };
  const widthsAt = (clientX: number) => {
    const { from, widths } = drag.current ?? { from: clientX, widths: {} };
    return { ...widths, [columnId]: toWidth((widths[columnId] ?? width) + clientX - from) };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (drag.current) show(event.currentTarget, widthsAt(event.clientX));
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    if (!drag.current) return;
    const widths = widthsAt(event.clientX);
    drag.current = null;
    onResize(widths);
  };
  const onPointerCancel = (event: PointerEvent<HTMLElement>) => {
    if (drag.current) show(event.currentTarget, drag.current.widths);
    drag.current = null;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = keySteps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const widths = measured(event.currentTarget);
    const next = { ...widths, [columnId]: toWidth((widths[columnId] ?? width) + step) };
    show(event.currentTarget, next);
    onResize(next);
  };

  return (
    <span
      role="slider"
      aria-orientation="horizontal"
      aria-label={`Width of ${header}`}
      aria-valuenow={toWidth(width)}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      tabIndex={0}
      className="column-sizer"
      {...{ onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onKeyDown }}
    />
  );
}

/** The columns as they are drawn: a table wider than the sum of its columns stretches them. */
function measured(element: HTMLElement): Record<string, number> {
  return Object.fromEntries(
    columnsOf(element).map(({ columnId, header }) => [
      columnId,
      toWidth(header.getBoundingClientRect().width),
    ]),
  );
}

function columnsOf(element: HTMLElement) {
  const table = element.closest('table');
  const cols = table?.querySelectorAll('col') ?? [];
  return [...(table?.tHead?.rows[0]?.cells ?? [])].flatMap((header, index) => {
    const columnId = header.dataset.column;
    return columnId === undefined ? [] : [{ columnId, header, col: cols[index] }];
  });
}
