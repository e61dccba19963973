import type { Activity } from '../../../server/domain/activities/schema.ts';
import { formatDate, formatMoney, type Money } from '../../lib/format.ts';

export interface ChangeWords {
  field: string;
  from: string;
  to: string;
}

/** Columns that say nothing to people. */
const inner: ReadonlySet<string> = new Set([
  'rank',
  'name_key',
  'stage_changed_at',
  'is_active',
  'next_task_id',
]);
const LONGEST = 80;

/** A change's fields with what they said before and after, in words: ids by their names, money with its currency. */
export function changeWords({ metadata, names }: Pick<Activity, 'metadata' | 'names'>): ChangeWords[] {
  const { changes } = metadata;
  if (typeof changes !== 'object' || changes === null) return [];
  return Object.entries(changes as Record<string, { from: unknown; to: unknown } | null>).flatMap(
    ([column, change]) => {
      if (change === null || inner.has(column)) return [];
      const shown = (value: unknown) => valueWords(value, names);
      return [{ field: fieldWords(column), from: shown(change.from), to: shown(change.to) }];
    },
  );
}

/** "custom_fields.tier" and "customFields.tier" are "Tier", "owner_id" is "Owner". */
export function fieldWords(column: string): string {
  const words = column
    .replace(/^custom_?fields\./i, '')
    .replace(/_ids?$/, '')
    .replaceAll('_', ' ')
    .replaceAll(
      /([a-z])([A-Z])/g,
      (_match, before: string, after: string) => `${before} ${after.toLowerCase()}`,
    );
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** As Node writes a moment into JSON. */
const MOMENT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}/;
const DECIMAL = /^-?\d+\.\d+$/;
const LABEL = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

function valueWords(value: unknown, names: Activity['names']): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) {
    return value.length === 0 ? '—' : value.map((one) => valueWords(one, names)).join(', ');
  }
  if (isMoney(value)) return formatMoney(value, 'code');
  if (typeof value !== 'string') return cut(JSON.stringify(value));
  if (UUID.test(value)) return names[value] ?? 'not yours to see';
  if (DAY.test(value)) return formatDate(value);
  const moment = MOMENT.exec(value)?.[1];
  if (moment) return formatDate(moment);
  if (DECIMAL.test(value)) return value.replace(/0+$/, '').replace(/\.$/, '');
  if (LABEL.test(value) && value.length > 3) return sentence(value);
  return cut(value);
}

function isMoney(value: unknown): value is Money {
  return (
    typeof value === 'object' &&
    value !== null &&
    'amount' in value &&
    'currency' in value &&
    typeof value.amount === 'string' &&
    typeof value.currency === 'string'
  );
}

function sentence(label: string): string {
  const words = label.replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
