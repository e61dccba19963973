import { parseDecimal, quote } from '../values.ts';
import { type Cell, isNothing } from './sheet.ts';

export type DecimalMark = '.' | ',';

/** What a column's texts say of its decimal sign. */
export interface Evidence {
  /** How many of its cells can only be read with this sign. */
  '.': number;
  ',': number;
  /** Cells such as 1,234 that are one number or another; the first of them. */
  ambiguous: string | null;
}

export type Figure = { value: string | null } | { problem: string };

/** Digits and signs alone: "AED 1,234.50", "$1,234.50", "1.234,50 €" and "(3.20)" as accountants write a minus. */
export function bare(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replaceAll('\u066b', '.')
    .replaceAll('\u066c', "'")
    .replaceAll('\u2212', '-')
    .trim();
  const inner = /^\((.+)\)$/.exec(plain)?.[1];
  const sign = inner === undefined ? '' : '-';
  const stripped = (inner ?? plain)
    .replace(/^([+-]?)\s*(?:[A-Z]{1,3}|\p{Sc}|[A-Z]{1,3}\p{Sc})\s*(?=[+-]?[\d.,])/u, '$1')
    .replace(/(?<=\d)\s*(?:[A-Z]{3}|\p{Sc})$/u, '');
  return sign + stripped.trim();
}

/** What the cells of one column say of its decimal sign. A whole number's only sign stands between its thousands. */
export function evidenceOf(cells: Iterable<Cell>, isWhole: boolean): Evidence {
  const evidence: Evidence = { '.': 0, ',': 0, ambiguous: null };
  for (const cell of cells) {
    if (typeof cell === 'number' || isNothing(cell)) continue;
    const mark = markOf(bare(cell), isWhole);
    if (mark === 'either') evidence.ambiguous ??= cell;
    else if (mark !== null) evidence[mark] += 1;
  }
  return evidence;
}

function markOf(text: string, isWhole: boolean): DecimalMark | 'either' | null {
  const [points, commas] = [text.split('.').length - 1, text.split(',').length - 1];
  if (points + commas === 0) return null;
  if (points > 0 && commas > 0) return text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ',';
  const sign: DecimalMark = points > 0 ? '.' : ',';
  const other: DecimalMark = points > 0 ? ',' : '.';
  if (points + commas > 1) return other;
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split(sign);
  const couldBeThousands = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
  if (!couldBeThousands) return sign;
  return isWhole ? other : 'either';
}

export type Decided = { mark: DecimalMark } | { problem: string };

/**
 * The decimal sign of one column: as its own cells say, else as the rest of the file says, else a point, since without
 * a sign both read the same. Problem: cells that contradict each other, or that could be either.
 */
export function decideMark(own: Evidence, rest: Evidence): Decided {
  if (own['.'] > 0 && own[','] > 0)
    return { problem: 'has numbers with a decimal point and others with a decimal comma' };
  if (own['.'] > 0) return { mark: '.' };
  if (own[','] > 0) return { mark: ',' };
  if (own.ambiguous === null) return { mark: '.' };
  if (rest['.'] > 0 && rest[','] === 0) return { mark: '.' };
  if (rest[','] > 0 && rest['.'] === 0) return { mark: ',' };
  return { problem: `holds ${quote(own.ambiguous)}, which may be thousands or a fraction` };
}

/** A decimal as digits with a point, or null where there is no figure. */
export function parseFigure(cell: Cell | undefined, mark: DecimalMark): Figure {
  if (isNothing(cell)) return { value: null };
  if (typeof cell === 'number') return fromDouble(cell);
  const text = bare(cell ?? '');
  const parsed = parseDecimal(text, mark);
  if ('problem' in parsed)
    return { problem: `${quote(cell ?? '')} is no number with the decimal sign "${mark}"` };
  return withinBounds(parsed.value, cell ?? '');
}

/** A workbook keeps doubles: their shortest text is what was typed. Beyond twelve places is the double's own noise. */
function fromDouble(value: number): Figure {
  const text = String(value);
  return withinBounds(/e/.test(text) ? value.toFixed(12) : text, text);
}

function withinBounds(decimal: string, shown: string): Figure {
  const [whole = '', fraction = ''] = decimal.replace(/^-/, '').split('.');
  if (whole.length > 12) return { problem: `${quote(shown)} is too large` };
  if (fraction.length > 30) return { problem: `${quote(shown)} has too many digits` };
  return { value: decimal };
}
