import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Explanation, FigureSource, Formula } from '../explanations/schema.ts';
import type { Behind, BehindRequest } from '../metrics/explain-behind.ts';
import type { StoredColumn } from '../metrics/explain-figures.ts';
import { assembleStack, type FoundCosts } from './assemble.ts';
import type { CostFigure, CostStack, ExplainCostInput } from './schema.ts';
import { readStack } from './stack.ts';

/** Whom the platforms' rows are from: another slice's. */
export type ReadBehind = (request: BehindRequest) => Promise<Behind>;

/** What one figure of a cost stack is made of. Errors: as getCostStack. */
export async function explainCost(
  tx: TenantTx,
  principal: Principal,
  { input, now, readBehind }: { input: ExplainCostInput; now: Date; readBehind: ReadBehind },
): Promise<Explanation> {
  const stack = await readStack(tx, principal, { input, now });
  const asked = toBehindRequest(input.figure, stack, assembleStack(stack).answer);
  const behind = asked && (await readBehind(asked));
  const book = behind?.sources ?? [];
  const found: FoundCosts = {
    ...stack,
    places: {
      ofRow: (row) => behind?.ofRow(row) ?? [],
      ofRate: (publishers) => behind?.ofRate(publishers) ?? [],
      own: [book.length],
    },
  };
  const { answer, figures } = assembleStack(found);
  const told = withNamedSources(figures[input.figure], [...book, ownRecord(found)]);
  const { title, words } = figureWords[input.figure];
  const days = answer.range === null ? 'no days yet' : `${answer.range.from} to ${answer.range.to}`;
  const count = found.campaigns.length;
  const reasons = [answer.claimed.reason, answer.claimed.overlapNote, answer.truth.reason];
  return {
    title,
    subtitle: `${count === 1 ? 'One campaign' : `${count} campaigns`}, ${days}, in ${answer.currency}`,
    words,
    ...told,
    restatements: behind?.restatements ?? [],
    restatementCount: behind?.restatementCount ?? 0,
    notes: [
      ...answer.fx.map(({ base, quote, note }) => `${base} to ${quote}: ${note}`),
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

/** The stored columns of platforms that a figure is made of. */
function columnsOf(figure: CostFigure, answer: CostStack): StoredColumn[] {
  const isClaimed = answer.truth.source === 'PLATFORMS';
  switch (figure) {
    case 'creators':
    case 'creatorsCommitted':
    case 'other':
      return [];
    case 'claimedConversions':
      return ['conversions'];
    case 'claimedValue':
      return ['conversion_value'];
    case 'mediaRoas':
    case 'claimedRoas':
      return ['conversion_value', 'spend'];
    case 'claimedCpa':
      return ['conversions', 'spend'];
    case 'trueConversions':
      return isClaimed ? ['conversions'] : [];
    case 'trueValue':
      return isClaimed ? ['conversion_value'] : [];
    case 'trueRoas':
      return isClaimed ? ['conversion_value', 'spend'] : ['spend'];
    case 'trueCpa':
      return isClaimed ? ['conversions', 'spend'] : ['spend'];
    default:
      return ['spend'];
  }
}

/** Whom the platforms' rows of a figure are from and what they said before. */
function toBehindRequest(figure: CostFigure, found: FoundCosts, answer: CostStack): BehindRequest | null {
  const isBoost = figure === 'boosts' ? true : figure === 'media' ? false : undefined;
  const dates = found.platform.map(({ date }) => date);
  const [first, last] = [dates.at(0), dates.at(-1)];
  const from = found.range.from ?? first;
  const to = found.range.to ?? last;
  if (from === undefined || to === undefined) return null;
  const campaignIds = found.campaigns.map(({ id }) => id);
  return {
    filter: { campaignIds, ...(isBoost === undefined ? {} : { isBoost }) },
    days: { from, to },
    columns: columnsOf(figure, answer),
    currency: found.currency,
    rates: [...found.rates].map(([key, rate]) => ({
      ...{ currency: key.slice(-3), published_on: rate.publishedOn },
    })),
  };
}

/** What the agency wrote down itself: costs, terms and work of creators, results, margin rules. */
function ownRecord({ other, creators, results, margins }: FoundCosts): FigureSource {
  return {
    ...{ name: 'The agency’s own record', adAccountId: null, adAccountName: null, timeZone: null },
    ...{ attributionSetting: null, syncRunId: null, fetchedFrom: null, fetchedTo: null, isSandbox: false },
    rows: other.length + creators.length + results.length + margins.length,
  };
}

/** The sources that some leaf names, and the leaves with their places among these. */
function withNamedSources(formula: Formula, sources: readonly FigureSource[]) {
  const named = new Set<number>();
  const note = (one: Formula): void => {
    for (const at of one.sources) named.add(at);
    one.parts.forEach(note);
  };
  note(formula);
  const kept = [...named].sort((a, b) => a - b);
  const place = new Map(kept.map((at, index) => [at, index]));
  const moved = (one: Formula): Formula => ({
    ...one,
    sources: one.sources.flatMap((at) => place.get(at) ?? []),
    parts: one.parts.map(moved),
  });
  return { formula: moved(formula), sources: kept.flatMap((at) => sources[at] ?? []) };
}
