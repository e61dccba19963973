import { platformLabels } from '../../../server/domain/creators/fields.ts';
import { countryName } from '../../lib/countries.ts';
import { formatCountCompact } from '../../lib/format.ts';
import { DRAFT, listHref } from '../../lib/list-url.ts';
import { connectionStateLabels, contractStateLabels, creatorStatusLabels } from './labels.ts';
import { toPercentText, toRatio } from './rates.ts';

/** The roster's own filters, as its procedure names them: each stands in the address under this name. */
export const rosterFilters = [
  'status',
  'platform',
  'followersFrom',
  'followersTo',
  'engagementFrom',
  'engagementTo',
  'category',
  'audienceCountry',
  'brandId',
  'contractState',
  'isVerified',
  'connectionState',
  'blockedForBrandId',
  'ownerId',
  'contactId',
  'managerContactId',
  'deleted',
] as const;

/** What the roster's form sends beside the filters' own names; the loader folds it into them. */
export const rosterForm = {
  sent: `${DRAFT}roster`,
  engagementFrom: `${DRAFT}engagement-from`,
  engagementTo: `${DRAFT}engagement-to`,
} as const;

/** The filters of the form, in its order. */
const inForm = [
  'platform',
  'followersFrom',
  'followersTo',
  'category',
  'audienceCountry',
  'brandId',
  'contractState',
  'isVerified',
  'connectionState',
  'blockedForBrandId',
] as const;

/**
 * Where the roster's form leads: the same list under what it asks for, in the procedure's own units. Null where the
 * address carries no form. What is no figure asks for nothing.
 */
export function foldRosterForm(url: URL): string | null {
  const { searchParams } = url;
  if (!searchParams.has(rosterForm.sent)) return null;
  const changes: Record<string, string | null> = {};
  for (const name of inForm) changes[name] = searchParams.get(name)?.trim() || null;
  for (const name of ['followersFrom', 'followersTo'] as const)
    changes[name] = toCount(searchParams.get(name) ?? '');
  for (const name of ['engagementFrom', 'engagementTo'] as const)
    changes[name] = toRatio(searchParams.get(rosterForm[name]) ?? '');
  return listHref(url, changes);
}

/** "10000", "10,000" and "10K" as digits; null where it is no count. */
export function toCount(text: string): string | null {
  const plain = text.trim().replaceAll(/[\s,]/g, '');
  const match = /^(\d{1,12})(?:\.(\d{1,3}))?([km])?$/i.exec(plain);
  if (!match) return null;
  const [, whole = '', fraction = '', suffix] = match;
  if (suffix === undefined) return fraction === '' ? whole : null;
  const zeros = suffix.toLowerCase() === 'k' ? 3 : 6;
  return `${whole}${fraction.padEnd(zeros, '0')}`.replace(/^0+(?=\d)/, '');
}

/** A filter of the address in words; null where its field's own words do, or where it stands with its other bound. */
export function rosterFilterWords(
  name: string,
  value: string,
  names: Readonly<Record<string, string>>,
): string | null {
  const brand = names[value] ?? 'a brand that is not yours to see';
  switch (name) {
    case 'status':
      return `Status is ${wordOf(creatorStatusLabels, value)}`;
    case 'platform':
      return `On ${wordOf(platformLabels, value)}`;
    case 'followersFrom':
      return `At least ${countWords(value)} followers`;
    case 'followersTo':
      return `At most ${countWords(value)} followers`;
    case 'engagementFrom':
      return `Engagement rate at least ${toPercentText(value)}%`;
    case 'engagementTo':
      return `Engagement rate at most ${toPercentText(value)}%`;
    case 'category':
      return `Category is ${value}`;
    case 'audienceCountry':
      return `Audience in ${countryName(value)}`;
    case 'brandId':
      return `Works for ${brand}`;
    case 'contractState':
      return `Contract: ${wordOf(contractStateLabels, value).toLowerCase()}`;
    case 'isVerified':
      return value === 'true' ? 'Verified' : 'Not verified';
    case 'connectionState':
      return `Connection: ${wordOf(connectionStateLabels, value).toLowerCase()}`;
    case 'blockedForBrandId':
      return `Blocked for ${brand}`;
    default:
      return null;
  }
}

function wordOf(labels: Readonly<Record<string, string>>, value: string): string {
  return Object.hasOwn(labels, value) ? (labels[value] ?? value) : value;
}

function countWords(value: string): string {
  return /^\d+$/.test(value) ? formatCountCompact(value) : value;
}
