import { fixedDay } from './calendar.ts';
import { DANA, RAMI } from './people.ts';
import { type Place } from './places.ts';

const west: Pick<Place, 'market' | 'owner' | 'purchaseStyle'> = {
  market: 'west',
  owner: 'agency',
  purchaseStyle: 'omni',
};
const demo = { ...west, viewer: DANA };
const rival = { ...west, viewer: RAMI };
const gulf = { market: 'gulf' } as const;
const dubai = {
  ...demo,
  ...gulf,
  currency: 'AED',
  timeZone: 'Asia/Dubai',
  geo: 'AE',
  perDollar: 3.7,
};
const japan = { market: 'japan' } as const;
const tokyo = { ...demo, ...japan, currency: 'JPY', timeZone: 'Asia/Tokyo', geo: 'JP', perDollar: 150 };
const kuwait = { ...demo, ...gulf, currency: 'KWD', timeZone: 'Asia/Kuwait', geo: 'KW', perDollar: 0.31 };
const kiritimati = { ...demo, timeZone: 'Pacific/Kiritimati', geo: 'KI' };
const pagoPago = { ...demo, currency: 'USD', timeZone: 'Pacific/Pago_Pago', geo: 'AS', perDollar: 1 };
const newYork = { ...demo, currency: 'USD', timeZone: 'America/New_York', geo: 'US', perDollar: 1 };
const riyadh = {
  ...{ ...rival, ...gulf, currency: 'SAR', timeZone: 'Asia/Riyadh', geo: 'SA', perDollar: 3.75 },
  brandOf: 9,
};
const losAngeles = { ...rival, currency: 'USD', timeZone: 'America/Los_Angeles', geo: 'US-W', perDollar: 1 };

/**
 * Below the agency's manager account and a nested one, below a client's own, with no manager, and reachable both ways;
 * one that several brands share, one that was cancelled, and one whose conversions count for 90 days.
 */
export const GOOGLE_PLACES: readonly Place[] = [
  { ...dubai, brandOf: 0 },
  { ...tokyo, owner: 'division', brandOf: 4 },
  { ...kuwait, brandOf: 5 },
  { ...kiritimati, currency: 'AUD', perDollar: 1.5, owner: 'division', brandOf: 6 },
  { ...pagoPago, owner: 'person', isDirect: true, brandOf: 7 },
  { ...newYork, isDirect: true, conversionWindowDays: 90, brandOf: 2 },
  { ...dubai, geo: 'GCC', brandOf: 0, sharedWith: [1, 5] },
  {
    ...demo,
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    geo: 'DE',
    perDollar: 0.9,
    owner: 'client',
    brandOf: 3,
  },
  {
    ...{ ...demo, currency: 'EUR', timeZone: 'Europe/Paris', geo: 'FR', perDollar: 0.9, brandOf: 8 },
    disabledDay: fixedDay('2026-03-10'),
  },
  riyadh,
  { ...losAngeles, owner: 'person', isDirect: true, brandOf: 11 },
];

/** In business centres and outside of them, one shared, one stopped, and one whose zone is an offset with its sign turned. */
export const TIKTOK_PLACES: readonly Place[] = [
  { ...dubai, timeZone: 'Etc/GMT-4', brandOf: 0, sharedWith: [1] },
  { ...tokyo, brandOf: 4 },
  { ...kuwait, brandOf: 5 },
  { ...kiritimati, currency: 'NZD', perDollar: 1.7, brandOf: 6 },
  { ...pagoPago, owner: 'person', brandOf: 7 },
  { ...newYork, owner: 'client', brandOf: 2 },
  { ...demo, currency: 'EUR', timeZone: 'Europe/Berlin', geo: 'DE', perDollar: 0.9, brandOf: 3 },
  {
    ...{ ...demo, currency: 'EUR', timeZone: 'Europe/Paris', geo: 'FR', perDollar: 0.9, brandOf: 8 },
    disabledDay: fixedDay('2026-04-20'),
  },
  riyadh,
  { ...losAngeles, owner: 'person', brandOf: 11 },
];
