import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import { type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CampaignCreators } from '../../../db/types.ts';
import { listWorkResults, type WorkResult } from '../campaign-results/queries.ts';
import type { FigureSource } from '../explanations/schema.ts';
import { plain } from '../records/decimals.ts';
import type { WorkDone } from './fee-basis.ts';
import type { FeeTerms } from './fees.ts';
import type { VariableFeeType } from './fields.ts';
import type { WorkProgress } from './progress.ts';
import { deliverableWords } from './rules.ts';

/** Work whose fee is computed. */
export type PaidWork = Pick<
  Selectable<CampaignCreators>,
  | 'id'
  | 'status'
  | 'completed_at'
  | 'fee_type'
  | 'fee_amount'
  | 'fee_currency'
  | 'fee_percent'
  | 'variable_fee_type'
  | 'variable_fee_amount'
  | 'fee_cap'
>;

/** All that a fee is computed from, and where each of it comes from. */
export interface FeeInputs {
  terms: FeeTerms;
  done: WorkDone;
  /** In the order of TERMS, POSTS, RESULTS and RATES of fee-basis.ts. */
  sources: FigureSource[];
}

/** What fees are computed from, by the id of the work. */
export async function loadFeeInputs(
  tx: TenantTx,
  work: readonly PaidWork[],
  progress: ReadonlyMap<string, WorkProgress>,
): Promise<Map<string, FeeInputs>> {
  if (work.length === 0) return new Map();
  const [results, zone] = await Promise.all([resultsOf(tx, work), agencyZone(tx)]);
  return new Map(
    work.map((row) => {
      const made = progress.get(row.id);
      const mine = results.filter(({ campaignCreatorId }) => campaignCreatorId === row.id);
      const done: WorkDone = {
        status: row.status,
        completedOn: row.completed_at && dayIn(row.completed_at, zone),
        deliverables: (made?.deliverables ?? []).map((one) => ({
          id: one.id,
          label: deliverableWords(one),
          count: one.count,
        })),
        posts: made?.posts ?? [],
        results: mine,
      };
      return [row.id, { terms: termsOf(row), done, sources: sourcesOf(made, mine, zone) }];
    }),
  );
}

/** The terms as they stand in a row. */
export function termsOf(row: PaidWork): FeeTerms {
  const exact = (amount: string | null) => (amount === null ? null : plain(amount));
  return {
    feeType: row.fee_type,
    amount: exact(row.fee_amount),
    currency: row.fee_currency,
    percent: exact(row.fee_percent),
    variableType: row.variable_fee_type as VariableFeeType | null,
    variableAmount: exact(row.variable_fee_amount),
    cap: exact(row.fee_cap),
  };
}

/** One question for each currency that fees are in; a fee without one is none yet. */
async function resultsOf(tx: TenantTx, work: readonly PaidWork[]): Promise<WorkResult[]> {
  const currencies = [...new Set(work.flatMap((row) => row.fee_currency ?? []))];
  const lists = await Promise.all(
    currencies.map((currency) => {
      const campaignCreatorIds = work.flatMap(({ id, fee_currency }) =>
        fee_currency === currency ? id : [],
      );
      return listWorkResults(tx, { campaignCreatorIds, currency });
    }),
  );
  return lists.flat();
}

async function agencyZone(tx: TenantTx): Promise<string> {
  const { rows } = await sql<{ zone: string }>`
    select o.time_zone as zone from organizations o where o.type <> 'BRAND'`.execute(tx);
  return rows[0]?.zone ?? 'UTC';
}

function dayIn(moment: Date, zone: string): string {
  return format(new TZDate(moment, zone), 'yyyy-MM-dd');
}

const NOWHERE = {
  adAccountId: null,
  adAccountName: null,
  attributionSetting: null,
  syncRunId: null,
  isSandbox: false,
} as const;

function sourcesOf(
  made: WorkProgress | undefined,
  results: readonly WorkResult[],
  timeZone: string,
): FigureSource[] {
  const origins = [...new Set(results.flatMap((one) => one.origins))].sort();
  const rates = results.filter(({ rate, publishedOn }) => rate !== null && publishedOn !== null);
  const rateSources = [...new Set(rates.flatMap((one) => one.rateSources))].sort();
  const source = (name: string, rows: number): FigureSource => ({
    ...NOWHERE,
    ...{ name, rows, timeZone, fetchedFrom: null, fetchedTo: null },
  });
  const read = made?.postsReadAt;
  return [
    source('The terms agreed for this work', 1),
    {
      ...source('Confirmed posts of this work', made?.posts.length ?? 0),
      fetchedFrom: read?.from ?? null,
      fetchedTo: read?.to ?? null,
    },
    source(
      `The agency’s own results${origins.length === 0 ? '' : `: ${origins.join(', ')}`}`,
      results.reduce((total, { rows }) => total + rows, 0),
    ),
    source(rateSources.length === 0 ? 'Exchange rates' : rateSources.join(', '), rates.length),
  ];
}
