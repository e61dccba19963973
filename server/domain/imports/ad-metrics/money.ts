import type { Parts } from './parts.ts';
import { headerCurrency, type Preamble } from './preamble.ts';

export interface Money {
  currency: string | null;
  note: string | null;
  problem: string | null;
}

/** The file's own word counts first: its column, the head of its spend, a line above; then what a person said. */
export function currencyOf({ table, own, settings, account }: Parts, preamble: Preamble): Money {
  const inRows = [...new Set(own.flatMap(({ currency }) => currency ?? []))].sort();
  if (inRows.length > 1)
    return {
      currency: null,
      note: null,
      problem: `The rows are in ${inRows.join(' and ')}. An ad account has one currency: export each by itself.`,
    };
  const inFile = inRows[0] ?? headerCurrency(table) ?? preamble.currency;
  const said = account?.currency ?? settings.currency ?? null;
  if (inFile && said && inFile !== said)
    return {
      currency: inFile,
      note: null,
      problem: `The file is in ${inFile} and ${account?.currency ? `the ad account ${account.name}` : 'the currency that was said'} in ${said}. Nothing is converted: pick the account in ${inFile}.`,
    };
  if (inFile) return { currency: inFile, note: null, problem: null };
  if (said)
    return {
      currency: said,
      note: `The file names no currency: its amounts are taken as ${said}.`,
      problem: null,
    };
  return {
    currency: null,
    note: null,
    problem: 'The file names no currency. Say which one its amounts are in.',
  };
}
