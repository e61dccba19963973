import { plusDays } from '../../kernel/time-zones.ts';
import type { BudgetLineInput } from '../../domain/budgets/schema.ts';
import type { Actor } from './context.ts';
import { idOf } from './people.ts';

/** What a campaign may spend on what, what it costs beside media, and what the client's shop counted. */
export interface DemoPlan {
  campaign: string;
  /** Percent of the budget for media on each platform. */
  media: Readonly<Partial<Record<'META' | 'GOOGLE' | 'TIKTOK', number>>>;
  creatorPercent: number;
  otherPercent: number;
  costs?: readonly { description: string; amount: string; currency: string; inDays: number }[];
  shop?: { origin: string; orders: number; basket: string; currency: string };
}

export interface DemoMargin {
  /** The slug of a brand; without one the whole agency. */
  brand?: string;
  kind: 'MARKUP' | 'SHARE';
  percent: string;
}

export interface Plans {
  campaigns: readonly DemoPlan[];
  margins: readonly DemoMargin[];
  /** Brands whose shop's count is what the agency goes by. */
  shopCounted: readonly string[];
}

interface Place {
  brandIds: ReadonlyMap<string, string>;
  campaignIds: ReadonlyMap<string, string>;
  today: string;
}

/** The days that the shop's count covers. */
const SHOP_DAYS = 42;
const YEAR = 365;

/** Plans the money of the campaigns, as the agency's owner does. */
export async function makePlans(actor: Actor, plans: Plans, at: Place): Promise<void> {
  const { api } = actor;
  for (const { brand, kind, percent } of plans.margins)
    await api.margins.create({
      ...(brand ? { brandId: idOf(at.brandIds, brand) } : {}),
      kind,
      percent,
      validFrom: plusDays(at.today, -YEAR),
    });
  for (const slug of plans.shopCounted)
    await api.costs.updateSettings({ brandId: idOf(at.brandIds, slug), valueSource: 'RESULTS' });
  for (const plan of plans.campaigns) await makePlan(api, plan, at);
}

async function makePlan(api: Actor['api'], plan: DemoPlan, at: Place): Promise<void> {
  const campaignId = idOf(at.campaignIds, plan.campaign);
  const { budget } = await api.campaigns.byId({ campaignId });
  if (!budget) throw new Error(`${plan.campaign} has no budget to plan.`);
  const draft = await api.budgets.draft({ campaignId });
  const budgetVersionId = draft.id;
  if (budgetVersionId === null) throw new Error(`${plan.campaign} has no version to plan in.`);
  await api.budgets.update({
    budgetVersionId,
    note: 'Split by platform, with a share for creators.',
    lines: linesOf(plan, budget.amount),
  });
  await api.budgets.submit({ budgetVersionId });
  await api.budgets.approve({ budgetVersionId });
  for (const { description, amount, currency, inDays } of plan.costs ?? [])
    await api.costs.create({ campaignId, description, amount, currency, date: plusDays(at.today, inDays) });
  if (plan.shop) {
    const { origin, currency } = plan.shop;
    await api.campaignResults.paste({ campaignId, origin, currency, lines: ordersOf(plan.shop, at.today) });
  }
}

function linesOf({ media, creatorPercent, otherPercent }: DemoPlan, total: string): BudgetLineInput[] {
  const share = (percent: number) => ((Number(total) * percent) / 100).toFixed(2);
  return [
    ...(Object.entries(media) as ['META' | 'GOOGLE' | 'TIKTOK', number][]).map(
      ([platform, percent]): BudgetLineInput => ({ kind: 'MEDIA', platform, amount: share(percent) }),
    ),
    { kind: 'CREATOR', amount: share(creatorPercent) },
    { kind: 'OTHER', amount: share(otherPercent) },
  ];
}

/** A shop's orders a day, more of them on weekends, as lines of a spreadsheet. */
function ordersOf({ orders, basket }: NonNullable<DemoPlan['shop']>, today: string): string {
  const days = Array.from({ length: SHOP_DAYS }, (_, at) => plusDays(today, at - SHOP_DAYS));
  const lines = days.map((day, at) => {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    const count = orders + ((at * 7) % 11) + (weekday === 0 || weekday === 6 ? 9 : 0);
    return [day, count, (count * Number(basket)).toFixed(2)].join('\t');
  });
  return ['date\tconversions\tvalue', ...lines].join('\n');
}
