import type { TenantTx } from '../../../db/tenant.ts';
import type { PlatformRegistry } from '../../integrations/registry.ts';
import type { Restatement } from '../explanations/schema.ts';
import type { FigureFilter } from './dashboard-frame.ts';
import { namesOf } from './explain-assemble.ts';
import type { StoredColumn } from './explain-figures.ts';
import { readRateSources, readSources } from './explain-read.ts';
import { readRestatements } from './explain-restatements.ts';
import { publishedFor, type SourceBook, toSourceBook } from './explain-sources.ts';
import { readAccounts } from './freshness-read.ts';
import type { DayRange } from './range.ts';

/** Stored rows that a figure of another kind is made of: a cost, a return. */
export interface BehindRequest {
  filter: FigureFilter;
  days: DayRange;
  /** The columns that the figure is made of. */
  columns: readonly StoredColumn[];
  currency: string;
  /** The pairs that were converted. */
  rates: readonly { currency: string; published_on: string | null }[];
}

export type Behind = SourceBook & { restatements: Restatement[]; restatementCount: number };

/** Whom stored rows are from and what they said before, as a dashboard's own figures tell it. Four queries. */
export async function readBehind(
  tx: TenantTx,
  platforms: Pick<PlatformRegistry, 'list'>,
  { filter, days, columns, currency, rates }: BehindRequest,
): Promise<Behind> {
  const request = { filter, days, currency, row: null, asOf: null };
  const [rows, accounts, published, restatements] = await Promise.all([
    readSources(tx, request),
    readAccounts(tx, filter),
    readRateSources(tx, publishedFor(rates, currency)),
    readRestatements(tx, request, columns),
  ]);
  const book = toSourceBook({
    ...{ rows, rates: published, reach: null, platformNames: namesOf(platforms) },
    accounts: new Map(accounts.map((account) => [account.id, account])),
  });
  return { ...book, restatements: restatements.items, restatementCount: restatements.count };
}
