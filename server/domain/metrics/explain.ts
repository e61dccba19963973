import type { TenantTx } from '../../../db/tenant.ts';
import { invalidField } from '../../kernel/errors.ts';
import type { Explanation } from '../explanations/schema.ts';
import { getOrganization } from '../organizations/queries.ts';
import { readFetchSettings } from '../platform-settings/queries.ts';
import { day } from '../records/schema.ts';
import { type DashboardContext, filterOf, toRequest } from './dashboard.ts';
import type { FactsRequest } from './dashboard-facts.ts';
import { alignedDay } from './dashboard-range.ts';
import type { ExplainInput } from './dashboard-schema.ts';
import { type AssemblyFound, assembleExplanation, namesOf } from './explain-assemble.ts';
import { figureSpecs } from './explain-figures.ts';
import { readReachBehind } from './explain-reach.ts';
import { type ExplainRequest, readExplainedRows, readRateSources, readSources } from './explain-read.ts';
import { readRestatements } from './explain-restatements.ts';
import { publishedFor } from './explain-sources.ts';
import { readSubtitle } from './explain-words.ts';
import { readAccounts, readFreshness } from './freshness-read.ts';
import type { DayRange } from './range.ts';

/**
 * What one figure of a dashboard is made of: the tree that comes to it to the last digit, whom its leaves are from, what
 * they said before, and what is to be known beside. Its platform campaigns are those of the dashboard of the same input,
 * by the same query, so that nothing is seen here that is not seen there.
 * Errors: `invalid` on `from`, `to`, `compareFrom`, `key` and `isCompared`.
 */
export async function explainFigure(
  tx: TenantTx,
  context: DashboardContext,
  input: ExplainInput,
): Promise<Explanation> {
  const [organization, settings, accounts] = await Promise.all([
    getOrganization(tx),
    readFetchSettings(tx),
    readAccounts(tx, filterOf(input)),
  ]);
  const asked = toRequest(
    { ...input, by: input.by ?? 'DAY' },
    { ...organization, accounts, now: context.now },
  );
  const request = toExplainRequest(input, asked);
  const found = await readFound(tx, request, { input, context });
  const [rates, reads] = await Promise.all([
    readRateSources(tx, publishedFor(found.rows, request.currency)),
    readFreshness(tx, {
      ...{ settings, platforms: context.platforms.list(), now: context.now, days: request.days },
      accounts: accounts.filter(({ id }) => found.rows.some((row) => row.ad_account_id === id)),
      asOf: request.asOf === null ? null : new Date(request.asOf),
    }),
  ]);
  return assembleExplanation({
    ...{ ...found, rates, reads, accounts, request },
    figure: input.figure,
    platformNames: namesOf(context.platforms),
  });
}

/** The row of a breakdown as the rows that it is made of: a day is its range, others narrow the platform campaigns. */
function toExplainRequest(input: ExplainInput, asked: FactsRequest): ExplainRequest {
  const { filter, currency, asOf } = asked;
  const base = { filter, currency, asOf };
  const days = input.isCompared ? asked.compared : asked.range;
  if (days === null) throw invalidField('isCompared', 'Say which range to compare with.');
  if (input.by === undefined) return { ...base, days, row: null };
  const key = input.key ?? null;
  if (input.by !== 'DAY') return { ...base, days, row: { by: input.by, key } };
  return { ...base, days: dayOf(key, input, asked), row: null };
}

/** A day of the breakdown by day has the name of the range's day, also where the figure is the compared one. */
function dayOf(
  key: string | null,
  { isCompared }: ExplainInput,
  { range, compared }: FactsRequest,
): DayRange {
  if (key === null || !isDay(key) || key < range.from || key > range.to)
    throw invalidField('key', 'Name a day of the range, as YYYY-MM-DD.');
  const date = isCompared && compared ? alignedDay(key, range, compared) : key;
  return { from: date, to: date };
}

type Found = Pick<AssemblyFound, 'rows' | 'sourceRows' | 'restatements' | 'reach' | 'subtitle'>;

async function readFound(
  tx: TenantTx,
  request: ExplainRequest,
  { input, context }: { input: ExplainInput; context: DashboardContext },
): Promise<Found> {
  const platformNames = namesOf(context.platforms);
  const [rows, sourceRows, restatements, reach, subtitle] = await Promise.all([
    readExplainedRows(tx, request),
    readSources(tx, request),
    readRestatements(tx, request, figureSpecs[input.figure].columns),
    readReachBehind(tx, request, input),
    readSubtitle(tx, request, { input, platformNames }),
  ]);
  return { rows, sourceRows, restatements, reach, subtitle };
}

function isDay(text: string): boolean {
  return day.safeParse(text).success;
}
