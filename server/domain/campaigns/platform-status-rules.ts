import type { CampaignStatus } from '../../../db/types.ts';
import { compareDecimals, sum } from '../records/decimals.ts';
import { amountWords } from '../records/money.ts';
import { daysFrom, statusWords } from './rules.ts';
import type { PlatformStatus } from './schema.ts';

/**
 * Whether a platform's own word says that a campaign is switched on and may deliver; null where the word says neither.
 * Meta's effective_status ACTIVE, Google's ENABLED, TikTok's CAMPAIGN_STATUS_ENABLE:
 * developers.facebook.com/docs/marketing-api/reference/ad-campaign-group,
 * developers.google.com/google-ads/api/reference/rpc/latest/CampaignStatusEnum.CampaignStatus,
 * business-api.tiktok.com/portal/docs?id=1740029169927169 (Enumeration: campaign status).
 */
export function isRunning(nativeStatus: string | null): boolean | null {
  if (nativeStatus === null) return null;
  if (running.test(nativeStatus)) return true;
  return stopped.test(nativeStatus) ? false : null;
}

const running = /^(ACTIVE|ENABLED)$|(^|_)ENABLE$/;
const stopped =
  /PAUSED|ARCHIVED|DELETED?$|REMOVED|ENDED|COMPLETED|CLOSED|DISABLED?$|NOT_START|BUDGET_EXCEED|AUDIT|CONTRACT_PENDING/;

/** What a platform campaign says and spent, as far as disagreements ask. */
export interface Delivery {
  platformCampaignId: string;
  name: string;
  isRunning: boolean | null;
  isGone: boolean;
  startsOn: string | null;
  endsOn: string | null;
  currency: string;
  /** The spend of whole days after the day on which our status changed; null where there is no such day yet. */
  spentSince: string | null;
  /** The spend of the two newest whole days, both after that day; null while there are not two, or they are old. */
  spentLately: string | null;
}

export interface OurSide {
  status: CampaignStatus;
  startsOn: string | null;
  endsOn: string | null;
  /** The day of the last move, in words' form. */
  movedOn: string;
  /** Whether creators work on it: it may well have no platform campaign. */
  hasCreators: boolean;
}

type Disagreement = PlatformStatus['disagreements'][number];

/** Where the platforms say otherwise than the agency, in sentences. */
export function disagreementsOf(ours: OurSide, theirs: readonly Delivery[]): Disagreement[] {
  return [
    nothingAttached(ours, theirs),
    spendsThough(ours, theirs) ?? runsThough(ours, theirs),
    stoppedThough(ours, theirs),
    endsEarlier(ours, theirs),
    startsLater(ours, theirs),
  ].filter((found) => found !== null);
}

function nothingAttached(ours: OurSide, theirs: readonly Delivery[]): Disagreement | null {
  if (theirs.length > 0 || ours.hasCreators || !['APPROVED', 'ACTIVE', 'PAUSED'].includes(ours.status))
    return null;
  return {
    kind: 'NOTHING_ATTACHED',
    text: `The campaign is ${statusWords[ours.status]} here and no platform campaign is attached to it, so that no spend is counted.`,
    platformCampaignIds: [],
  };
}

function spendsThough(ours: OurSide, theirs: readonly Delivery[]): Disagreement | null {
  if (ours.status === 'ACTIVE') return null;
  const spending = theirs.filter(({ spentSince }) => isMore(spentSince));
  if (spending.length === 0) return null;
  const since =
    ours.status === 'DRAFT' || ours.status === 'PENDING_APPROVAL' || ours.status === 'APPROVED'
      ? `is ${statusWords[ours.status]} here since ${ours.movedOn}`
      : `was ${statusWords[ours.status]} here on ${ours.movedOn}`;
  return {
    kind: 'PAUSED_BUT_SPENDING',
    text: `The campaign ${since}, and ${namesOf(spending)} spent ${amountsOf(spending, 'spentSince')} on the days after. Nothing is written to a platform: stop it there.`,
    platformCampaignIds: idsOf(spending),
  };
}

/** Right after our move, when no whole day has shown what is spent on. */
function runsThough(ours: OurSide, theirs: readonly Delivery[]): Disagreement | null {
  if (!['PAUSED', 'COMPLETED', 'CANCELLED'].includes(ours.status)) return null;
  const running = theirs.filter((one) => one.isRunning === true && !one.isGone);
  if (running.length === 0) return null;
  return {
    kind: 'PAUSED_BUT_RUNNING',
    text: `The campaign is ${statusWords[ours.status]} here, and ${namesOf(running)} ${running.length === 1 ? 'is' : 'are'} still switched on there. Nothing is written to a platform: switch ${running.length === 1 ? 'it' : 'them'} off there.`,
    platformCampaignIds: idsOf(running),
  };
}

function stoppedThough(ours: OurSide, theirs: readonly Delivery[]): Disagreement | null {
  if (ours.status !== 'ACTIVE' || theirs.length === 0) return null;
  if (theirs.every((one) => one.isGone || one.isRunning === false))
    return {
      kind: 'ACTIVE_BUT_STOPPED',
      text: `The campaign is active here, and ${theirs.length === 1 ? `${namesOf(theirs)} is` : `all ${String(theirs.length)} of its platform campaigns are`} stopped on the platform.`,
      platformCampaignIds: idsOf(theirs),
    };
  const isSilent = theirs.every(
    ({ spentLately }) => spentLately !== null && compareDecimals(spentLately, '0') === 0,
  );
  if (!isSilent) return null;
  return {
    kind: 'ACTIVE_BUT_STOPPED',
    text: `The campaign is active here, and ${theirs.length === 1 ? namesOf(theirs) : 'its platform campaigns'} spent nothing on the two newest whole days.`,
    platformCampaignIds: idsOf(theirs),
  };
}

/** Only where all of them are over before: campaigns that follow one another end one by one. */
function endsEarlier(ours: OurSide, theirs: readonly Delivery[]): Disagreement | null {
  const { endsOn } = ours;
  const last = inOrder(theirs.map((one) => one.endsOn))?.at(-1);
  if (endsOn === null || !isPlanned(ours) || last === undefined || last >= endsOn) return null;
  return {
    kind: 'ENDS_EARLIER',
    text: `The campaign ends on ${endsOn}, and on the platform the last of it ends on ${last}, ${dayWords(daysFrom(last, endsOn))} earlier.`,
    platformCampaignIds: idsOf(theirs.filter((one) => one.endsOn === last)),
  };
}

function startsLater(ours: OurSide, theirs: readonly Delivery[]): Disagreement | null {
  const { startsOn } = ours;
  const first = inOrder(theirs.map((one) => one.startsOn))?.at(0);
  if (startsOn === null || !isPlanned(ours) || first === undefined || first <= startsOn) return null;
  return {
    kind: 'STARTS_LATER',
    text: `The campaign starts on ${startsOn}, and on the platform the first of it starts on ${first}, ${dayWords(daysFrom(startsOn, first))} later.`,
    platformCampaignIds: idsOf(theirs.filter((one) => one.startsOn === first)),
  };
}

/** Its days matter while it is to run. */
function isPlanned({ status }: OurSide): boolean {
  return status === 'APPROVED' || status === 'ACTIVE' || status === 'PAUSED';
}

/** The days from the first to the last; null where one is not known. */
function inOrder(days: readonly (string | null)[]): string[] | null {
  const known = days.filter((day) => day !== null);
  return known.length < days.length ? null : known.sort();
}

function isMore(amount: string | null): boolean {
  return amount !== null && compareDecimals(amount, '0') > 0;
}

function idsOf(some: readonly Delivery[]): string[] {
  return some.map(({ platformCampaignId }) => platformCampaignId);
}

function namesOf(some: readonly Delivery[]): string {
  const [first] = some;
  return some.length === 1 && first ? `“${first.name}”` : `${String(some.length)} platform campaigns`;
}

/** Amounts of different currencies stand beside each other. */
function amountsOf(some: readonly Delivery[], column: 'spentSince'): string {
  const currencies = [...new Set(some.map(({ currency }) => currency))].sort();
  const amounts = currencies.map((currency) => {
    const total = sum(some.filter((one) => one.currency === currency).map((one) => one[column])) ?? '0';
    return amountWords(total, currency);
  });
  return amounts.length < 2
    ? amounts.join('')
    : `${amounts.slice(0, -1).join(', ')} and ${amounts.at(-1) ?? ''}`;
}

function dayWords(count: number): string {
  return count === 1 ? 'a day' : `${String(count)} days`;
}
