import { type AdAccount } from './accounts.ts';
import { type Campaign } from './campaigns.ts';
import { type DayFigures } from './figures.ts';
import { peopleReached } from './reach.ts';
import { type Delivery } from './world.ts';

/** The sums of some delivery, of which there is at least one day. Its reach is no sum: see reachOf. */
export function sumOf(group: readonly Delivery[]): DayFigures {
  const [first, ...rest] = group;
  if (!first) throw new Error('a row without delivery');
  const totals = { ...first.figures };
  for (const { figures } of rest) {
    for (const name of Object.keys(totals) as (keyof DayFigures)[]) totals[name] += figures[name];
  }
  return totals;
}

/** People met over a span: days overlap within a campaign, and campaigns overlap within an account. */
export function reachOf(group: readonly Delivery[], account: AdAccount, campaign: Campaign | null): number {
  if (campaign)
    return peopleReached(
      group.map(({ figures }) => figures.reach),
      campaign.audience,
    );
  const daily = new Map<Campaign, number[]>();
  for (const delivery of group) {
    const known = daily.get(delivery.campaign);
    if (known) known.push(delivery.figures.reach);
    else daily.set(delivery.campaign, [delivery.figures.reach]);
  }
  const perCampaign = [...daily].map(([part, groups]) => peopleReached(groups, part.audience));
  return peopleReached(perCampaign, account.audience);
}
