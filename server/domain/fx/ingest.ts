import { sql } from 'kysely';
import type { Database } from '../../../db/client.ts';
import { withSystem } from '../../../db/tenant.ts';
import { contractError } from '../../integrations/errors.ts';

/** One published reference rate: one euro in `quote`. */
export interface PublishedRate {
  date: string;
  base: 'EUR';
  quote: string;
  /** A decimal string, as published. */
  rate: string;
  /** Who published it: ECB, or the sender's own name. */
  source: string;
}

const ECB_NAME = 'European Central Bank';

/**
 * Reads the ECB's eurofxref file (daily, 90 days or the whole history; one Cube a day inside of one Cube).
 * Source: www.ecb.europa.eu, euro foreign exchange reference rates, the XML's own form.
 * Errors: a contract error where it is no such file, or breaks off.
 */
export function parseRatesFile(xml: string): PublishedRate[] {
  const sender = /<gesmes:Sender>\s*<gesmes:name>([^<]+)<\/gesmes:name>/.exec(xml)?.[1]?.trim();
  if (sender === undefined || !/<\/gesmes:Envelope>\s*$/.test(xml))
    throw contractError('The exchange rates file', 'Envelope', 'is not whole');
  const source = sender === ECB_NAME ? 'ECB' : sender;
  const rates = [...xml.matchAll(/<Cube\s+time=["'](\d{4}-\d{2}-\d{2})["']\s*>(.*?)<\/Cube>/gs)].flatMap(
    ([, date = '', day = '']) =>
      ratesOfDay(day).map((rate) => ({ date, base: 'EUR' as const, source, ...rate })),
  );
  if (rates.length === 0) throw contractError('The exchange rates file', 'Cube', 'holds no rates');
  return rates;
}

function ratesOfDay(day: string): { quote: string; rate: string }[] {
  return [...day.matchAll(/<Cube\s+([^>]*?)\/?>/g)].map(([, attributes = '']) => {
    const quote = /currency=["']([A-Z]{3})["']/.exec(attributes)?.[1];
    const rate = /rate=["'](\d{1,9}(?:\.\d{1,10})?)["']/.exec(attributes)?.[1];
    if (quote === undefined || rate === undefined || Number(rate) === 0)
      throw contractError('The exchange rates file', 'Cube', `${attributes} is no rate`);
    return { quote, rate };
  });
}

/** Stores what is new; a published rate is never rewritten. Answers how many were new. */
export async function recordRates(db: Database, rates: readonly PublishedRate[]): Promise<number> {
  const { rows } = await withSystem(db, (tx) =>
    sql<{ added: number }>`select app.record_rates(${JSON.stringify(rates)}::jsonb) as added`.execute(tx),
  );
  return rows[0]?.added ?? 0;
}

/** The day of the newest stored rate, or null. */
export async function newestRateDate(db: Database): Promise<string | null> {
  const { rows } = await withSystem(db, (tx) =>
    sql<{ date: string | null }>`select app.newest_rate_date() as date`.execute(tx),
  );
  return rows[0]?.date ?? null;
}
