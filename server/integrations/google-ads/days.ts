import type { Access, AccountRef, DayRange } from '../ad-platform.ts';
import { contractError, PlatformError } from '../errors.ts';
import { countDays, cutDays } from '../spans.ts';
import type { GoogleAds } from './ads.ts';
import { hasLostPlace } from './errors.ts';

const MOST_RESTARTS = 3;

/** Whose rows are read, and how. */
export interface Source {
  google: GoogleAds;
  access: Access;
  account: AccountRef;
}

export interface DayRow<T> {
  date: string;
  /** What tells the row from the others of its day. */
  key: string;
  /** null: nothing happened, which is no row. */
  item: T | null;
}

export interface DayQuery<T> {
  resource: 'campaign' | 'customer';
  fields: readonly string[];
  rowOf: (value: unknown) => DayRow<T>;
}

/**
 * Rows by date, handed on page by page, so that a page alone is held. Google forgets the place in a list after a while:
 * the list is then asked for anew from the day that was reached, without what was handed on already. Where it cannot
 * answer in time, what is left of the days is cut in two.
 */
export async function* readDays<T>(source: Source, range: DayRange, query: DayQuery<T>): AsyncGenerator<T[]> {
  const progress = new Progress();
  const spans = [range];
  for (let restarts = 0, span = spans.shift(); span; span = spans.shift()) {
    try {
      progress.begin();
      for await (const values of source.google.search(source.access, question(source, span, query))) {
        const rows = values.map(query.rowOf).filter((row) => progress.isNew(row));
        const items = rows.flatMap(({ item }) => (item === null ? [] : [item]));
        if (items.length > 0) yield items;
      }
    } catch (error) {
      const rest = { from: progress.date > span.from ? progress.date : span.from, to: span.to };
      if (hasLostPlace(error)) {
        restarts += 1;
        if (restarts > MOST_RESTARTS) throw lostTooOften(error);
        spans.unshift(rest);
      } else if (error instanceof PlatformError && error.isTooMuch && rest.from < rest.to) {
        spans.unshift(...cutDays(rest, Math.ceil(countDays(rest) / 2)));
      } else throw error;
    }
  }
}

function question({ account }: Source, { from, to }: DayRange, { resource, fields }: DayQuery<unknown>) {
  const where = `segments.date BETWEEN '${from}' AND '${to}'`;
  return {
    customerId: account.nativeId,
    loginId: account.loginNativeId,
    query: `SELECT ${fields.join(', ')} FROM ${resource} WHERE ${where} ORDER BY segments.date`,
  };
}

/** How far the days have been read. Of what was handed on, only the last day must be remembered. */
class Progress {
  date = '';
  private handed = new Set<string>();
  /** Of the same day, by the passes before this one. */
  private handedBefore = new Set<string>();

  begin(): void {
    this.handedBefore = new Set(this.handed);
  }

  isNew({ date, key }: DayRow<unknown>): boolean {
    if (date < this.date) throw contractError('Google Ads', 'segments.date', `${date} after ${this.date}`);
    if (date > this.date) {
      this.date = date;
      this.handed = new Set();
      this.handedBefore = new Set();
    }
    if (this.handedBefore.delete(key)) return false;
    if (this.handed.has(key)) throw contractError('Google Ads', 'results', `${key} twice on ${date}`);
    this.handed.add(key);
    return true;
  }
}

function lostTooOften(cause: unknown): PlatformError {
  return new PlatformError({
    kind: 'retry',
    code: 'lost_place',
    message: 'Google Ads lost the place in its own list several times. We try again by ourselves.',
    cause,
  });
}
