import { fixedDay } from './calendar.ts';
import { type Market } from './names.ts';
import { DANA, type Person, RAMI } from './people.ts';

/** Which of the overlapping purchase actions the account's pixel and catalogue make Meta report. */
export type PurchaseStyle = 'omni' | 'purchase' | 'pixel';

/** What an ad account of any platform has in every world; the seed draws the rest. */
export interface Place {
  viewer: Person;
  currency: string;
  timeZone: string;
  geo: string;
  market: Market;
  /** Who holds it: the agency, a part of the agency below it, the client, or the person alone. */
  owner: 'agency' | 'division' | 'client' | 'person';
  purchaseStyle: PurchaseStyle;
  /** Local currency for one US dollar: a scale for plausible amounts, not an exchange rate. */
  perDollar: number;
  disabledDay?: number;
  /** The ad account of Meta whose brand it advertises; left out at Meta itself. */
  brandOf?: number;
  /** Further ad accounts of Meta whose brands share it, told apart by their campaigns' names. */
  sharedWith?: readonly number[];
  /** Whether the person was let into the ad account itself, beside what stands above it. */
  isDirect?: boolean;
  /** How long after a click its conversions still count; left out: as long as the platform's others. */
  conversionWindowDays?: number;
}

const demo = { viewer: DANA, market: 'west', owner: 'client', purchaseStyle: 'omni' } as const;
const rival = { viewer: RAMI, market: 'west', owner: 'client', purchaseStyle: 'omni' } as const;
const disabled = { ...demo, disabledDay: fixedDay('2026-02-15') };
const gulf = { market: 'gulf', owner: 'agency' } as const;

const emirates = { ...demo, ...gulf, currency: 'AED', timeZone: 'Asia/Dubai', perDollar: 3.7 };

/**
 * The hard cases stand in every world: no minor unit where ISO 4217 has none (JPY) and where it has two (HUF), two
 * where ISO has three (KWD), both ends of the time zones, and an account that Meta disabled.
 */
export const META_PLACES: readonly Place[] = [
  { ...emirates, geo: 'AE' },
  { ...emirates, geo: 'GCC', owner: 'client', purchaseStyle: 'purchase' },
  { ...demo, currency: 'USD', timeZone: 'America/New_York', geo: 'US', perDollar: 1 },
  { ...demo, currency: 'EUR', timeZone: 'Europe/Berlin', geo: 'DE', perDollar: 0.9 },
  { ...demo, market: 'japan', currency: 'JPY', timeZone: 'Asia/Tokyo', geo: 'JP', perDollar: 150 },
  {
    ...demo,
    ...gulf,
    currency: 'KWD',
    timeZone: 'Asia/Kuwait',
    geo: 'KW',
    perDollar: 0.31,
    purchaseStyle: 'pixel',
  },
  { ...demo, currency: 'GBP', timeZone: 'Pacific/Kiritimati', geo: 'KI', perDollar: 0.8 },
  { ...demo, currency: 'USD', timeZone: 'Pacific/Pago_Pago', geo: 'AS', perDollar: 1, owner: 'person' },
  { ...disabled, currency: 'EUR', timeZone: 'Europe/Paris', geo: 'FR', perDollar: 0.9 },
  { ...rival, ...gulf, currency: 'SAR', timeZone: 'Asia/Riyadh', geo: 'SA', perDollar: 3.75 },
  { ...rival, currency: 'HUF', timeZone: 'Europe/Budapest', geo: 'HU', perDollar: 360 },
  { ...rival, currency: 'USD', timeZone: 'America/Los_Angeles', geo: 'US-W', perDollar: 1 },
];
