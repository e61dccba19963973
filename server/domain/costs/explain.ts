import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Explanation, FigureSource } from '../explanations/schema.ts';
import { assembleStack, type FoundCosts } from './assemble.ts';
import type { CostFigure, ExplainCostInput } from './schema.ts';
import { readStack } from './stack.ts';

/** What one figure of a cost stack is made of. Errors: as getCostStack. */
export async function explainCost(
  tx: TenantTx,
  principal: Principal,
  { input, now }: { input: ExplainCostInput; now: Date },
): Promise<Explanation> {
  const found = await readStack(tx, principal, { input, now });
  const { answer, figures } = assembleStack(found);
  const { title, words } = figureWords[input.figure];
  const days = answer.range === null ? 'no days yet' : `${answer.range.from} to ${answer.range.to}`;
  const count = found.campaigns.length;
  const reasons = [answer.claimed.reason, answer.claimed.overlapNote, answer.truth.reason];
  return {
    title,
    subtitle: `${count === 1 ? 'One campaign' : `${count} campaigns`}, ${days}, in ${answer.currency}`,
    words,
    formula: figures[input.figure],
    sources: sourcesOf(found),
    restatements: [],
    restatementCount: 0,
    notes: [
      ...answer.notes,
      ...answer.leftOut.map(({ note }) => note),
      ...answer.lines.flatMap(({ note }) => (note === null ? [] : [note])),
      ...(isOfValue(input.figure) ? reasons.filter((reason) => reason !== null) : []),
    ],
  };
}

function isOfValue(figure: CostFigure): boolean {
  return /claimed|true|Roas/.test(figure);
}

const figureWords: Readonly<Record<CostFigure, { title: string; words: string }>> = {
  media: { title: 'Media', words: 'Spend of what is attached and is no boost, each day by its rate' },
  boosts: {
    title: 'Boosts',
    words: 'Spend of what is attached and boosts a creator’s posts, each day by its rate',
  },
  creators: { title: 'Creators’ fees', words: 'What creators earned on these days, each day by its rate' },
  creatorsCommitted: {
    title: 'Fees committed',
    words: 'What is agreed and stands to be paid, by today’s rate',
  },
  other: { title: 'Other costs', words: 'The costs that the agency entered, each by the rate of its day' },
  cost: { title: 'Cost', words: 'Media + boosts + creators + other costs' },
  margin: { title: 'Margin', words: 'What the narrowest rule of each day asks on each kind of cost' },
  clientCost: { title: 'What the client pays', words: 'Cost + margin' },
  claimedConversions: {
    title: 'Conversions, as platforms claim',
    words: 'The sum of what each platform claims',
  },
  claimedValue: {
    title: 'Value, as platforms claim',
    words: 'The sum of what each platform claims, by each day’s rate',
  },
  mediaRoas: { title: 'ROAS of media', words: 'Claimed value ÷ the spend of the rows that tell their value' },
  claimedRoas: { title: 'ROAS, as platforms claim', words: 'Claimed value ÷ what the client pays' },
  claimedCpa: {
    title: 'Cost per conversion, as platforms claim',
    words: 'What the client pays ÷ claimed conversions',
  },
  trueConversions: { title: 'Conversions', words: 'By the source of truth that the agency chose' },
  trueValue: { title: 'Value', words: 'By the source of truth that the agency chose, by each day’s rate' },
  trueRoas: { title: 'ROAS', words: 'Value by the source of truth ÷ what the client pays' },
  trueCpa: {
    title: 'Cost per conversion',
    words: 'What the client pays ÷ conversions by the source of truth',
  },
};

/** Each account that figures come from, and the agency's own record. */
function sourcesOf({ platform, other, creators, results, margins }: FoundCosts): FigureSource[] {
  const accounts = new Map<string, FigureSource>();
  for (const row of platform) {
    const known = accounts.get(row.ad_account_id);
    const [from, to] = [row.fetched_from.toISOString(), row.fetched_to.toISOString()];
    accounts.set(row.ad_account_id, {
      ...{ name: row.platform, adAccountId: row.ad_account_id, adAccountName: row.account_name },
      ...{ timeZone: row.time_zone, attributionSetting: null, syncRunId: null },
      fetchedFrom: known?.fetchedFrom && known.fetchedFrom < from ? known.fetchedFrom : from,
      fetchedTo: known?.fetchedTo && known.fetchedTo > to ? known.fetchedTo : to,
      rows: (known?.rows ?? 0) + row.rows,
      isSandbox: (known?.isSandbox ?? false) || row.is_sandbox,
    });
  }
  const own: FigureSource = {
    ...{ name: 'The agency’s own record', adAccountId: null, adAccountName: null, timeZone: null },
    ...{ attributionSetting: null, syncRunId: null, fetchedFrom: null, fetchedTo: null, isSandbox: false },
    rows: other.length + creators.length + results.length + margins.length,
  };
  return [...accounts.values(), own];
}
