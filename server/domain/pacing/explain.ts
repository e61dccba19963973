import type { TenantTx } from '../../../db/tenant.ts';
import { leaf, node } from '../explanations/rules.ts';
import type { Explanation, FigureSource, Formula } from '../explanations/schema.ts';
import { RATIO_DECIMALS } from '../metrics/rules.ts';
import { monthEndOf, notesOf, toShape } from './assemble.ts';
import { AMOUNT_DECIMALS, type PlannedPart, weighDays } from './plan.ts';
import type { ToCome } from './project.ts';
import { type Paced, readPacedDays } from './queries.ts';
import { dayWords } from './rules.ts';
import type { ExplainPacingInput, PacingFigure } from './schema.ts';

/** How the spend of some days explains itself: the platforms' figures are another slice's. */
export type ExplainSpend = (days: { from: string; to: string; currency: string }) => Promise<Explanation>;

type Found = Awaited<ReturnType<typeof readPacedDays>> & {
  /** Among the explanation's sources: of all spend of the flight, and of the plan. */
  places: { spend: number[]; plan: number[] };
};

/** The budget, its lines, the flight and its pauses. */
const PLAN_RECORD: FigureSource = {
  ...{ name: 'The agency’s own record of the plan', adAccountId: null, adAccountName: null, timeZone: null },
  ...{ attributionSetting: null, syncRunId: null, fetchedFrom: null, fetchedTo: null, isSandbox: false },
  rows: 1,
};

/** What one figure of a campaign's pacing is made of. Errors: `not_found`. */
export async function explainPacing(
  tx: TenantTx,
  input: ExplainPacingInput,
  { now, explainSpend }: { now: Date; explainSpend: ExplainSpend },
): Promise<Explanation> {
  const found = await readPacedDays(tx, input.campaignId, now);
  const { through } = found.spend;
  const { endsOn } = found.campaign.calendar;
  const first = found.days[0]?.date;
  const last = through !== null && endsOn !== null && endsOn < through ? endsOn : through;
  const spend =
    last !== null && first !== undefined && first <= last
      ? await explainSpend({ from: first, to: last, currency: found.campaign.currency })
      : null;
  const spent =
    spend === null ? leaf(money(found, 'Spent'), found.pace.spent) : { ...spend.formula, label: 'Spent' };
  const { title, words } = figureWords[input.figure];
  const sources = spend?.sources ?? [];
  const places = { spend: sources.map((_, at) => at), plan: [sources.length] };
  return {
    title,
    subtitle: `${found.row.name}${through === null ? '' : `, through ${dayWords(through)}`}, in ${found.campaign.currency}`,
    words,
    formula: treeOf(input.figure, { ...found, places }, spent),
    sources: [...sources, PLAN_RECORD],
    restatements: spend?.restatements ?? [],
    restatementCount: spend?.restatementCount ?? 0,
    notes: [
      ...new Set([found.pace.reason, toShape(found.shape).note, ...notesOf(found), ...(spend?.notes ?? [])]),
    ],
  };
}

function money({ campaign }: Pick<Paced, 'campaign'>, label: string) {
  return { label, unit: 'MONEY' as const, currency: campaign.currency };
}

function treeOf(figure: PacingFigure, found: Found, spent: Formula): Formula {
  const { campaign, pace } = found;
  const budget = leaf(
    { ...money(found, 'Budget for platforms'), note: BUDGET_NOTE },
    campaign.budget,
    found.places.plan,
  );
  const monthEnd = monthEndOf(found);
  switch (figure) {
    case 'budget':
      return budget;
    case 'spent':
      return spent;
    case 'expected':
      return expectedTree(found);
    case 'ratio':
      return node({ label: 'Spent per expected', unit: 'RATIO' }, 'DIVIDE', {
        parts: [spent, expectedTree(found)],
        decimals: RATIO_DECIMALS,
      });
    case 'neededPerDay':
      return neededTree(found, { budget, spent });
    case 'averagePerDay':
      return node(money(found, 'A day'), 'DIVIDE', {
        parts: [
          leaf(money(found, 'Spent on these days'), pace.rate?.spent ?? null, found.places.spend),
          leaf({ label: 'Full days', unit: 'DAYS' }, pace.rate ? String(pace.rate.days) : null),
        ],
        decimals: AMOUNT_DECIMALS,
      });
    case 'monthEnd':
    case 'monthEndLow':
    case 'monthEndHigh': {
      const ofMonth = leaf(
        money(found, 'Spent this month so far'),
        monthEnd?.spent ?? null,
        found.places.spend,
      );
      return projectionTree(figure, found, { spent: ofMonth, toCome: monthEnd?.toCome ?? null });
    }
    default:
      return projectionTree(figure, found, { spent, toCome: pace.toFlightEnd });
  }
}

const BUDGET_NOTE = 'The total less what its lines set aside for creators and other costs.';

/** Each part of the plan by what its days until then weigh of all its days. */
function expectedTree(found: Found): Formula {
  const { pace, shape, spend } = found;
  const { flight } = pace;
  const { through } = spend;
  if (!flight || through === null) return leaf(money(found, 'Expected'), null);
  const partOf = (part: PlannedPart) => {
    const name = part.month ?? 'the flight';
    const to = through < part.to ? through : part.to;
    const until =
      through < part.from ? '0' : weighDays(flight, shape.weights, { from: part.from, to }).weight;
    const times = node(money(found, 'Plan × weight so far'), 'PRODUCT', {
      parts: [
        leaf(money(found, `Plan for ${name}`), part.amount, found.places.plan),
        leaf({ label: `Weight of its days through ${through}`, unit: 'RATIO' }, until),
      ],
    });
    return node(money(found, `Expected of ${name}`), 'DIVIDE', {
      parts: [times, leaf({ label: 'Weight of all its days', unit: 'RATIO' }, part.weight)],
      decimals: AMOUNT_DECIMALS,
    });
  };
  return node(money(found, 'Expected'), 'SUM', { parts: pace.parts.map(partOf) });
}

function neededTree(found: Found, { budget, spent }: { budget: Formula; spent: Formula }): Formula {
  const { pace, spend, shape } = found;
  const days =
    pace.flight && spend.through !== null
      ? weighDays({ ...pace.flight, startsOn: dayAfter(spend.through) }, shape.weights, {
          from: dayAfter(spend.through),
          to: pace.flight.endsOn,
        }).days
      : 0;
  const left = node(money(found, 'Left'), 'MAX', {
    parts: [
      node(money(found, 'Budget less spent'), 'SUBTRACT', { parts: [budget, spent] }),
      leaf(money(found, 'Nothing less than'), '0'),
    ],
  });
  return node(money(found, 'Needed a day'), 'DIVIDE', {
    parts: [left, leaf({ label: 'Days left on which it spends', unit: 'DAYS' }, String(days))],
    decimals: AMOUNT_DECIMALS,
  });
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

type End = PacingFigure & `${'month' | 'flight'}${string}`;

/** Spent, and the run rate times the weight of the days to come; never below what is spent already. */
function projectionTree(
  figure: End,
  found: Found,
  { spent, toCome }: { spent: Formula; toCome: ToCome | null },
): Formula {
  const { rate } = found.pace;
  if (rate === null || toCome === null) return leaf(money(found, 'Projection'), null);
  const coming = node(money(found, `To come by ${toCome.date}`), 'DIVIDE', {
    parts: [
      node(money(found, 'Spend × weight to come'), 'PRODUCT', {
        parts: [
          leaf(money(found, `Spent from ${rate.from} to ${rate.to}`), rate.spent, found.places.spend),
          leaf({ label: 'Weight of the days to come', unit: 'RATIO' }, toCome.weight),
        ],
      }),
      leaf({ label: 'Weight of those days', unit: 'RATIO' }, rate.weight),
    ],
    decimals: AMOUNT_DECIMALS,
  });
  const amount = node(money(found, 'Projection'), 'SUM', { parts: [spent, coming] });
  const margin = leaf({ ...money(found, 'Half of the interval'), note: INTERVAL_NOTE }, toCome.margin);
  const end = figure.endsWith('Low')
    ? node(money(found, 'Low'), 'SUBTRACT', { parts: [amount, margin] })
    : figure.endsWith('High')
      ? toCome.margin === null
        ? leaf(money(found, 'High'), null)
        : node(money(found, 'High'), 'SUM', { parts: [amount, margin] })
      : amount;
  const after = leaf(
    {
      ...money(found, 'Spent after these days'),
      note: 'Days that still run, or that some accounts do not cover.',
    },
    found.spend.spentAfter ?? '0',
    found.places.spend,
  );
  const known = node(money(found, 'Spent already'), 'SUM', { parts: [spent, after] });
  return node(money(found, end.label), 'MAX', { parts: [end, known] });
}

const INTERVAL_NOTE =
  'Student’s t for 80 % × the standard deviation of those days around their weekdays’ shape × √(days to come + what the rate itself may be off).';

const figureWords: Readonly<Record<PacingFigure, { title: string; words: string }>> = {
  budget: { title: 'Budget for platforms', words: 'Total − lines for creators and other costs' },
  spent: {
    title: 'Spent',
    words: 'Spend of full days of the flight that all accounts cover, each by its rate',
  },
  expected: {
    title: 'Expected by now',
    words: 'Each part of the plan × the weight of its days so far ÷ of all its days',
  },
  ratio: { title: 'Pace', words: 'Spent ÷ expected by now' },
  monthEnd: {
    title: 'By the end of the month',
    words: 'Spent this month + run rate × weight of the days to come',
  },
  monthEndLow: { title: 'By the end of the month, low', words: 'Projection − half of the interval' },
  monthEndHigh: { title: 'By the end of the month, high', words: 'Projection + half of the interval' },
  flightEnd: { title: 'By the end of the flight', words: 'Spent + run rate × weight of the days to come' },
  flightEndLow: { title: 'By the end of the flight, low', words: 'Projection − half of the interval' },
  flightEndHigh: { title: 'By the end of the flight, high', words: 'Projection + half of the interval' },
  neededPerDay: { title: 'Needed a day', words: '(Budget − spent) ÷ days left' },
  averagePerDay: { title: 'Average a day', words: 'Spend of the last full days ÷ their number' },
};
