import type { Note } from '../schema.ts';
import { type Folded, fromUnits, toUnits } from './fold.ts';
import type { Money } from './money.ts';
import { lacksCampaign, parseRow, type ReportRow } from './parse.ts';
import { type Parts, sumOf } from './parts.ts';

interface Found {
  folded: Folded;
  money: Money;
}

/** What a person should know before the figures come in: what was left out, summed, assumed. */
export function notesOf(parts: Parts, { folded, money }: Found): Note[] {
  const { table, sorted, own } = parts;
  const note = (text: string, count: number | null = null): Note => ({ kind: 'ad-figures', text, count });
  const { columns, header } = table;
  const notes = [note(`Read as a report of ${table.preset.name}.`)];
  if (money.note) notes.push(note(money.note));
  if (lacksCampaign(table)) {
    const name = header[columns.get('levelName') ?? -1] ?? '';
    notes.push(
      note(
        `The file names no campaigns: each "${name}" comes in as a campaign of its own. Add the campaign's name to the export to have them together.`,
      ),
    );
  }
  if (sorted.totals.length > 0) notes.push(note('Rows that sum others are left out.', sorted.totals.length));
  if (folded.summed > 0)
    notes.push(note('Rows of one campaign and day are summed; their reach is not.', folded.summed));
  if (folded.idle > 0)
    notes.push(note("Campaigns' days without any delivery are left out, as the platforms do.", folded.idle));
  if (!columns.has('clicks')) notes.push(note('The file says nothing of clicks: they count as 0.'));
  return [...notes, ...unknownNotes(folded), ...totalNotes(parts, own)];
}

/** What stays unknown: of the whole file, or of the campaigns' days whose cells are empty. */
function unknownNotes({ rows }: Folded): Note[] {
  return (['conversions', 'conversionValue'] as const).flatMap((field): Note[] => {
    const silent = rows.filter((row) => row[field] === null).length;
    if (silent === 0) return [];
    const name = field === 'conversions' ? 'conversions' : 'the value of conversions';
    const text =
      silent === rows.length
        ? `The file says nothing of ${name}: unknown, and not 0.`
        : `Campaigns' days of which the file says nothing of ${name}: unknown there, and not 0.`;
    return [{ kind: 'ad-figures', text, count: silent === rows.length ? null : silent }];
  });
}

/** A report's own sums are held against its rows: of a day where the sum has one, else of all. */
function totalNotes({ table, sorted, reading }: Parts, own: readonly ReportRow[]): Note[] {
  const spendOfRows = (rows: readonly ReportRow[]) => sumOf(rows).amounts.spend ?? 0n;
  const checked = sorted.totals
    .map((line) => parseRow(table, line, reading))
    .filter(({ figures }) => figures.spend !== null);
  if (checked.length === 0) return [];
  const agrees = checked.some(({ day, figures }) => {
    const rows = day === null ? own : own.filter((row) => row.day === day);
    return toUnits(figures.spend ?? '0') === spendOfRows(rows);
  });
  if (agrees) return [];
  const [shown] = checked;
  const text = `The file's own total of the spend (${shown?.figures.spend ?? ''}) is not the sum of its rows (${fromUnits(spendOfRows(own))}): the export may not hold all of them.`;
  return [{ kind: 'ad-figures', text, count: null }];
}
