import type { BudgetKind } from '../budgets/schema.ts';
import type { CreatorCost } from '../campaign-creators/queries.ts';
import type { ResultSum } from '../campaign-results/queries.ts';
import { leaf, node } from '../explanations/rules.ts';
import type { Formula } from '../explanations/schema.ts';
import { toFxUses } from '../metrics/conversions.ts';
import { RATIO_DECIMALS } from '../metrics/rules.ts';
import { divide, round } from '../records/decimals.ts';
import { type Money, toMoney } from '../records/money.ts';
import { type AppliedRule, marginsOf } from './apply-margins.ts';
import { leftOutOf, ratesOf } from './rates.ts';
import type { CostCampaignRow, CostRange, OtherCostRow, PlatformCostRow, Rates } from './facts.ts';
import type { CostFigure, CostKind, CostLine, CostStack, MarginRule } from './schema.ts';

export interface FoundCosts {
  campaigns: readonly CostCampaignRow[];
  platform: readonly PlatformCostRow[];
  other: readonly OtherCostRow[];
  creators: readonly CreatorCost[];
  results: readonly ResultSum[];
  margins: readonly MarginRule[];
  rates: Rates;
  currency: string;
  /** The agency's day. */
  today: string;
  range: CostRange;
  /** Where an explanation names its sources; a stack alone has none. */
  places?: SourcePlaces;
}

/** Places in an explanation's sources: of platforms' rows, of who published rates, and of the agency's own record. */
export interface SourcePlaces {
  ofRow: (row: PlatformCostRow) => number[];
  ofRate: (publishers: readonly string[]) => number[];
  own: number[];
}

/** An amount of one campaign and day, in its own currency. */
export interface DatedCost {
  campaignId: string;
  kind: BudgetKind;
  date: string;
  amount: string;
  currency: string;
  label: string;
  /** Of the leaf. */
  sources: number[];
}

/** Decimals of a converted amount in an answer. */
const DECIMALS = 6;

/** The answer, and the tree of each figure. Pure. */
export function assembleStack(found: FoundCosts): {
  answer: CostStack;
  figures: Record<CostFigure, Formula>;
} {
  const costs = costsOf(found);
  const applied = marginsOf(costs, found);
  const figures = figuresOf(costs, { applied, found });
  const { currency } = found;
  const money = (name: CostFigure) => amountOf(figures[name].value, currency);
  const dates = costs.map(({ date }) => date).sort();
  const [first, last] = [found.range.from ?? dates.at(0), found.range.to ?? dates.at(-1)];
  const platforms = [...new Set(found.platform.map(({ platform }) => platform))].sort();
  return {
    figures,
    answer: {
      campaignIds: found.campaigns.map(({ id }) => id),
      range: first !== undefined && last !== undefined ? { from: first, to: last } : null,
      currency,
      lines: linesOf(figures, found),
      margins: applied.map((one) => toApplied(one, currency)),
      claimed: {
        conversions: figures.claimedConversions.value,
        conversionValue: money('claimedValue'),
        roas: figures.claimedRoas.value,
        cpa: figures.claimedCpa.value,
        mediaRoas: figures.mediaRoas.value,
        reason: claimedReason(found),
        platforms,
        overlapNote:
          platforms.length > 1
            ? `${platforms.join(' and ')} each claim conversions for themselves: a sale that both saw is counted by both.`
            : null,
      },
      truth: {
        conversions: figures.trueConversions.value,
        conversionValue: money('trueValue'),
        roas: figures.trueRoas.value,
        cpa: figures.trueCpa.value,
        ...truthOf(found),
      },
      fx: toFxUses(ratesOf(costs, found), currency),
      leftOut: leftOutOf(costs, found),
      notes: notesOf(found),
      isSandbox: found.platform.some(({ is_sandbox: isSandbox }) => isSandbox),
    },
  };
}

function costsOf({ platform, other, creators, places }: FoundCosts): DatedCost[] {
  const own = places?.own ?? [];
  return [
    ...platform.map((row): DatedCost => ({
      ...{ campaignId: row.campaign_id, kind: row.is_boost ? 'BOOST' : 'MEDIA', date: row.date },
      ...{ amount: row.spend, currency: row.currency, label: row.account_name },
      sources: places?.ofRow(row) ?? [],
    })),
    ...other.map((row): DatedCost => ({
      ...{ campaignId: row.campaign_id, kind: 'OTHER', date: row.date },
      ...{ amount: row.amount, currency: row.currency, label: row.description, sources: own },
    })),
    ...creators.flatMap((one) =>
      one.currency === null
        ? []
        : one.earnedByDay.map((earned): DatedCost => ({
            ...{ campaignId: one.campaignId, kind: 'CREATOR', date: earned.date, amount: earned.amount },
            ...{ currency: one.currency ?? '', label: one.creatorName ?? 'A creator', sources: own },
          })),
    ),
  ];
}

/** An amount of a day in the answer's currency: itself, or times the day's rate. Null without a rate: a sum leaves it out. */
export function converted(
  cost: Omit<DatedCost, 'campaignId' | 'kind'>,
  { rates, currency, places }: FoundCosts,
): Formula {
  const own = leaf(
    { label: `${cost.date} · ${cost.label}`, unit: 'MONEY', currency: cost.currency },
    cost.amount,
    cost.sources,
  );
  if (cost.currency === currency) return own;
  const found = rates.get(`${cost.date} ${cost.currency}`);
  const note = found
    ? found.publishedOn === null
      ? 'By parity.'
      : `Published on ${found.publishedOn} by ${[...new Set(found.sources)].join(' and ')}.`
    : 'There is no rate: left out.';
  const rate = leaf(
    { label: `1 ${cost.currency} in ${currency}`, unit: 'RATIO', note },
    found?.rate ?? null,
    places?.ofRate(found?.sources ?? []) ?? [],
  );
  return node({ label: own.label, unit: 'MONEY', currency }, 'PRODUCT', { parts: [own, rate] });
}

interface Applied {
  applied: readonly AppliedRule[];
  found: FoundCosts;
}

function figuresOf(costs: readonly DatedCost[], { applied, found }: Applied): Record<CostFigure, Formula> {
  const { currency } = found;
  const total = (label: string, parts: Formula[]) =>
    node({ label, unit: 'MONEY', currency }, 'SUM', { parts, decimals: DECIMALS });
  const ofKind = (label: string, kind: BudgetKind) =>
    orNothing(
      total(
        label,
        costs.filter((one) => one.kind === kind).map((one) => converted(one, found)),
      ),
    );
  const media = ofKind('Media', 'MEDIA');
  const boosts = ofKind('Boosts', 'BOOST');
  const creators = ofKind('Creators’ fees', 'CREATOR');
  const other = ofKind('Other costs', 'OTHER');
  const cost = total('Cost', [media, boosts, creators, other]);
  const margin = orNothing(
    total(
      'Margin',
      applied.map(({ margin: one }) => one),
    ),
  );
  const clientCost = total('What the client pays', [cost, margin]);
  const claimed = claimedOf(found);
  const truth = trueOf(found, claimed);
  const ratio = (label: string, dividend: Formula, divisor: Formula) =>
    node({ label, unit: 'RATIO' }, 'DIVIDE', { parts: [dividend, divisor], decimals: RATIO_DECIMALS });
  const perOne = (label: string, dividend: Formula, divisor: Formula) =>
    node({ label, unit: 'MONEY', currency }, 'DIVIDE', {
      parts: [dividend, divisor],
      decimals: RATIO_DECIMALS,
    });
  return {
    ...{ media, boosts, creators, other, cost, margin, clientCost },
    creatorsCommitted: committedOf(found),
    claimedConversions: claimed.conversions,
    claimedValue: claimed.value,
    mediaRoas: ratio('ROAS of media', claimed.value, claimed.spendOfValue),
    claimedRoas: ratio('ROAS of what the client pays, as platforms claim', claimed.value, clientCost),
    claimedCpa: perOne('Cost per conversion, as platforms claim', clientCost, claimed.conversions),
    trueConversions: truth.conversions,
    trueValue: truth.value,
    trueRoas: ratio('ROAS by the source of truth', truth.value, clientCost),
    trueCpa: perOne('Cost per conversion by the source of truth', clientCost, truth.conversions),
  };
}

/** A kind of cost that nobody has is an exact 0: nothing of it is known because nothing of it is there. */
function orNothing(formula: Formula): Formula {
  return formula.parts.length > 0 ? formula : leaf({ ...formula, note: 'There is none.' }, '0');
}

function claimedOf(found: FoundCosts): { conversions: Formula; value: Formula; spendOfValue: Formula } {
  const { platform, currency, places } = found;
  const sourcesOf = (row: PlatformCostRow) => places?.ofRow(row) ?? [];
  const amounts = (pick: (row: PlatformCostRow) => string | null) =>
    platform.flatMap((row) => {
      const amount = pick(row);
      const dated = {
        ...{ date: row.date, currency: row.currency, label: row.account_name },
        sources: sourcesOf(row),
      };
      return amount === null ? [] : [converted({ ...dated, amount }, found)];
    });
  return {
    conversions: node({ label: 'Conversions, as platforms claim', unit: 'COUNT' }, 'SUM', {
      parts: platform.map((row) =>
        leaf({ label: `${row.date} · ${row.account_name}`, unit: 'COUNT' }, row.conversions, sourcesOf(row)),
      ),
    }),
    value: node({ label: 'Value, as platforms claim', unit: 'MONEY', currency }, 'SUM', {
      parts: amounts((row) => row.conversion_value),
      decimals: DECIMALS,
    }),
    spendOfValue: node({ label: 'Spend of the rows that tell their value', unit: 'MONEY', currency }, 'SUM', {
      parts: amounts((row) => row.spend_of_value),
      decimals: DECIMALS,
    }),
  };
}

function trueOf(
  found: FoundCosts,
  claimed: { conversions: Formula; value: Formula },
): { conversions: Formula; value: Formula } {
  const { source } = truthOf(found);
  if (source === 'PLATFORMS') return claimed;
  const { results, currency } = found;
  const own = found.places?.own ?? [];
  const isKnown = source === 'RESULTS';
  return {
    conversions: node({ label: 'Conversions by the agency’s own count', unit: 'COUNT' }, 'SUM', {
      parts: isKnown
        ? results.map((row) =>
            leaf({ label: `${row.date} · ${row.origins.join(', ')}`, unit: 'COUNT' }, row.conversions, own),
          )
        : [],
    }),
    value: node({ label: 'Value by the agency’s own count', unit: 'MONEY', currency }, 'SUM', {
      parts: isKnown
        ? results.flatMap((row) =>
            row.value === null || row.currency === null
              ? []
              : [
                  converted(
                    {
                      date: row.date,
                      currency: row.currency,
                      amount: row.value,
                      label: row.origins.join(', '),
                      sources: own,
                    },
                    found,
                  ),
                ],
          )
        : [],
      decimals: DECIMALS,
    }),
  };
}

/** What is agreed and stands to be paid, at today's rate: it has no day of its own. */
function committedOf(found: FoundCosts): Formula {
  const parts = found.creators.flatMap((one) => {
    const amount = one.figures.committed.value;
    if (amount === null || one.currency === null) return [];
    const label = one.creatorName ?? 'A creator';
    const sources = found.places?.own ?? [];
    return [converted({ date: found.today, currency: one.currency, amount, label, sources }, found)];
  });
  const { currency } = found;
  return node({ label: 'Fees committed', unit: 'MONEY', currency }, 'SUM', { parts, decimals: DECIMALS });
}

function truthOf({
  campaigns,
  results,
}: FoundCosts): Pick<CostStack['truth'], 'source' | 'chosenBy' | 'origins' | 'reason'> {
  const sources = new Set(
    campaigns.map(({ brand_source: brand, agency_source: agency }) => brand ?? agency ?? 'PLATFORMS'),
  );
  const [source = 'PLATFORMS'] = sources;
  if (sources.size > 1) {
    const reason = 'The campaigns’ brands chose different sources of truth: no one number is true of all.';
    return { source: null, chosenBy: 'SEVERAL', origins: [], reason };
  }
  const chosenBy = campaigns.every(({ brand_source: brand }) => brand !== null)
    ? 'BRAND'
    : campaigns.some(({ agency_source: agency }) => agency !== null)
      ? 'AGENCY'
      : 'DEFAULT';
  if (source === 'PLATFORMS') return { source, chosenBy, origins: [], reason: null };
  const origins = [...new Set(results.flatMap((row) => row.origins))].sort();
  const reason = results.length === 0 ? 'The agency has entered no results for these days.' : null;
  return { source, chosenBy, origins, reason };
}

function claimedReason({ platform }: FoundCosts): string | null {
  if (platform.length === 0) return 'No platform has figures of these days.';
  const untold = platform.filter(({ untold_value: count }) => count > 0);
  if (untold.length === 0) return null;
  const names = [...new Set(untold.map(({ account_name: name }) => name))].join(', ');
  return `${names} ${untold.length === 1 ? 'does' : 'do'} not tell the value of all conversions; the sums are without it.`;
}

const FIGURE_OF: Record<CostKind, CostFigure> = {
  MEDIA: 'media',
  BOOST: 'boosts',
  CREATOR: 'creators',
  OTHER: 'other',
  COST: 'cost',
  MARGIN: 'margin',
  CLIENT_COST: 'clientCost',
};

function linesOf(figures: Record<CostFigure, Formula>, found: FoundCosts): CostLine[] {
  const whole = figures.clientCost.value;
  return (Object.keys(FIGURE_OF) as CostKind[]).map((kind) => {
    const { value } = figures[FIGURE_OF[kind]];
    return {
      kind,
      amount: amountOf(value, found.currency),
      committed: kind === 'CREATOR' ? amountOf(figures.creatorsCommitted.value, found.currency) : null,
      share: divide(value, whole, RATIO_DECIMALS),
      note: kind === 'CREATOR' ? unknownFees(found) : kind === 'MARGIN' ? noMargin(found) : null,
    };
  });
}

function unknownFees({ creators }: FoundCosts): string | null {
  const unknown = creators.filter(({ earned }) => earned.value === null);
  if (unknown.length === 0) return null;
  return `What ${unknown.map(({ creatorName }) => creatorName ?? 'a creator').join(', ')} earned is not known and is in no sum.`;
}

function noMargin({ margins }: FoundCosts): string | null {
  return margins.length === 0 ? 'No margin rule is set.' : null;
}

function toApplied({ rule, base, margin }: AppliedRule, currency: string): CostStack['margins'][number] {
  return {
    marginRuleId: rule.id,
    scope: rule.scope,
    kind: rule.kind,
    percent: rule.percent,
    monthly: rule.amount,
    base: base === null ? null : amountOf(base.value, currency),
    margin: amountOf(margin.value ?? '0', currency) ?? { amount: '0', currency },
  };
}

function notesOf({ platform, today }: FoundCosts): string[] {
  const isRunning = platform.some(({ date }) => date >= today);
  return isRunning ? ['Today still runs and is among these days.'] : [];
}

function amountOf(value: string | null, currency: string): Money | null {
  return toMoney(value === null ? null : round(value, DECIMALS), currency);
}
