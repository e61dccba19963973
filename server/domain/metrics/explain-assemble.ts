import type { PlatformRegistry } from '../../integrations/registry.ts';
import type { Explanation, Restatement } from '../explanations/schema.ts';
import type { FigureName } from './dashboard-schema.ts';
import { figureSpecs, type ReachBasis } from './explain-figures.ts';
import { toNotes } from './explain-notes.ts';
import type { ReachBehind } from './explain-reach.ts';
import type { ExplainRequest, FoundRow, RateSourceRow, SourceRow } from './explain-read.ts';
import { type SourceBook, toSourceBook } from './explain-sources.ts';
import type { TreeBasis } from './explain-tree.ts';
import type { AccountRow, ReadAccount } from './freshness-read.ts';

/** What the queries found. */
export interface AssemblyFound {
  rows: FoundRow[];
  sourceRows: SourceRow[];
  restatements: { items: Restatement[]; count: number };
  reach: ReachBehind;
  subtitle: string;
  rates: RateSourceRow[];
  reads: ReadAccount[];
  accounts: readonly AccountRow[];
  request: ExplainRequest;
  figure: FigureName;
  platformNames: ReadonlyMap<string, string>;
}

/** The answer from what the queries found. Pure. */
export function assembleExplanation(found: AssemblyFound): Explanation {
  const { figure, request, subtitle, restatements } = found;
  const { title, words, tree } = figureSpecs[figure];
  const book = toSourceBook({
    ...{ rows: found.sourceRows, rates: found.rates, reach: found.reach.found },
    accounts: new Map(found.accounts.map((account) => [account.id, account])),
    platformNames: found.platformNames,
  });
  const basis = toBasis(found, book);
  const notes = toNotes({
    ...{ figure, rows: basis.rows, currency: request.currency, days: request.days, asOf: request.asOf },
    ...{ accounts: found.reads, platformNames: found.platformNames },
  });
  return {
    ...{ title, subtitle, words, notes },
    formula: tree(basis, toReachBasis(found.reach, book)),
    sources: book.sources,
    restatements: restatements.items,
    restatementCount: restatements.count,
  };
}

function toBasis({ rows, accounts, reads, request }: AssemblyFound, book: SourceBook): TreeBasis {
  const nameOf = new Map(accounts.map(({ id, name }) => [id, name]));
  const todayOf = new Map(reads.map(({ account, reads: { today } }) => [account.id, today]));
  return {
    rows: rows.map((row) => ({ ...row, account_name: nameOf.get(row.ad_account_id) ?? 'An ad account' })),
    currency: request.currency,
    sourcesOf: (row) => book.ofRow(row),
    rateSourcesOf: (row) => book.ofRate(row.sources ?? []),
    isPartial: (row) => todayOf.get(row.ad_account_id) === row.date,
  };
}

function toReachBasis({ found, note }: ReachBehind, { ofReach }: SourceBook): ReachBasis {
  const value = found?.reach ?? null;
  return { value: value === null ? null : String(value), note, sources: ofReach };
}

/** What people call the platforms. */
export function namesOf(platforms: Pick<PlatformRegistry, 'list'>): ReadonlyMap<string, string> {
  return new Map(platforms.list().map(({ id, name }) => [id, name]));
}
