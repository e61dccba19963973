import { z } from 'zod';
import { type SocialPlatform, socialPlatforms } from '../../../integrations/creator-network.ts';
import { createContactInput } from '../../contacts/schema.ts';
import { handleProblem, parseHandle, parseProfileUrl } from '../../creator-platforms/rules.ts';
import { platformLabels } from '../../creators/fields.ts';
import { createCreatorInput } from '../../creators/schema.ts';
import { isField } from '../mapping.ts';
import type { Plan } from '../plan.ts';
import type { Row } from '../rows.ts';
import { columnOf } from '../validate.ts';
import { accountField, type AccountPart } from './fields.ts';

/** An account as a row tells it; null figures are unknown, undefined ones not told. */
export interface RowAccount {
  platform: SocialPlatform;
  handle: string;
  profileUrl: string;
  followers: number | null;
  engagementRate: string | null;
}

/** What a sound row of creators says. */
export interface CreatorRow {
  person: { firstName?: string; lastName?: string; emails?: string[]; phones?: string[] };
  /** By the names of createCreatorInput. */
  creator: Record<string, unknown>;
  accounts: RowAccount[];
  /** The day of the figures, where the file says one. */
  figuresOn: string | null;
}

const { firstName, lastName, emails, phones } = createContactInput.shape;
const personSchema = z.strictObject({ firstName, lastName, emails, phones }).partial();
const creatorSchema = z.strictObject(createCreatorInput.shape).omit({ contactId: true });

/**
 * Holds a row to the rules of contacts and creators and finds the accounts that it names; adds a reason for each that
 * does not fit. What the row says is in `row.fields` then, as a CreatorRow.
 */
export function readCreatorRow(plan: Plan, row: Row): void {
  if (row.reasons.length > 0) return;
  const told = row.fields;
  const accounts = accountsOf(plan, row);
  const person = nameOf(told, accounts);
  const creator = pick(told, ['externalId', 'tags', 'status', 'categories', 'primaryPlatform']);
  if (typeof told.commissionPercent === 'string')
    creator.commissionPercent = told.commissionPercent.replace(/ ?%$/, '');
  if (told.estimatedReach !== undefined && told.estimatedReach !== null)
    creator.estimatedReach = told.estimatedReach;
  if (Object.keys(row.custom).length > 0) creator.customFields = row.custom;
  const people = personSchema.safeParse({ ...person, ...pick(told, ['emails', 'phones']) });
  const creators = creatorSchema.safeParse(creator);
  for (const parsed of [people, creators])
    for (const issue of parsed.error?.issues ?? [])
      row.reasons.push(`${whereIs(plan, issue.path)}: ${issue.message}`);
  const isKnown =
    accounts.length > 0 || (person.emails ?? told.emails) !== undefined || told.externalId !== undefined;
  if (!isKnown && row.reasons.length === 0)
    row.reasons.push('The row has no account, mail address or external id to be matched by.');
  row.key = keyOf(told, accounts);
  if (!people.success || !creators.success) return;
  const { customFields, ...plain } = creators.data;
  row.fields = {
    person: people.data,
    creator: plain,
    accounts,
    figuresOn: told.figuresOn ?? null,
    ...(customFields ? { customFields } : {}),
  };
}

/** The row's own account and those in the networks' columns. */
function accountsOf(plan: Plan, row: Row): RowAccount[] {
  const own = ownAccount(plan, row);
  const others = socialPlatforms.flatMap((platform) => {
    const valueOf = (part: AccountPart) => row.fields[accountField(platform, part)];
    return toAccount(plan, row, { platform, valueOf, fieldOf: (part) => accountField(platform, part) }) ?? [];
  });
  return own ? [own, ...others] : others;
}

function ownAccount(plan: Plan, row: Row): RowAccount | null {
  const { platform, handle, profileUrl } = row.fields as Partial<Record<string, string>>;
  const named = (platform as SocialPlatform | undefined) ?? platformOf(profileUrl ?? handle);
  if (!named) {
    if (handle ?? profileUrl)
      row.reasons.push(`${columnOf(plan, 'handle')}: say the platform, or write the profile’s link.`);
    return null;
  }
  return toAccount(plan, row, {
    platform: named,
    valueOf: (part) => row.fields[part],
    fieldOf: (part) => part,
  });
}

function platformOf(link: string | undefined): SocialPlatform | null {
  return link === undefined ? null : (parseProfileUrl(link)?.platform ?? null);
}

interface Told {
  platform: SocialPlatform;
  valueOf: (part: AccountPart) => unknown;
  fieldOf: (part: AccountPart) => string;
}

function toAccount(plan: Plan, row: Row, { platform, valueOf, fieldOf }: Told): RowAccount | null {
  const [handle, profileUrl] = [valueOf('handle'), valueOf('profileUrl')] as (string | undefined)[];
  const followers = (valueOf('followers') ?? null) as number | null;
  const engagementRate = (valueOf('engagementRate') ?? null) as string | null;
  const written = handle ?? profileUrl;
  if (written === undefined) {
    if (followers !== null || engagementRate !== null)
      row.reasons.push(
        `${columnOf(plan, fieldOf('followers'))}: these figures need the ${platformLabels[platform]} handle.`,
      );
    return null;
  }
  const parsed = parseHandle(platform, written);
  const linked = profileUrl === undefined ? parsed : parseHandle(platform, profileUrl);
  if (!parsed || !linked) {
    const part = parsed ? 'profileUrl' : handle === undefined ? 'profileUrl' : 'handle';
    row.reasons.push(`${columnOf(plan, fieldOf(part))}: ${handleProblem(platform)}`);
    return null;
  }
  return { platform, handle: parsed.handle, profileUrl: linked.profileUrl, followers, engagementRate };
}

/** Somebody with one name alone is told from others by their handle. */
function nameOf(told: Record<string, unknown>, accounts: readonly RowAccount[]): CreatorRow['person'] {
  const { firstName: first, lastName: last, name } = told as Partial<Record<string, string>>;
  if (first !== undefined && last !== undefined) return { firstName: first, lastName: last };
  const words = (name ?? first ?? last ?? '').split(/\s+/).filter(Boolean);
  const [handle] = accounts;
  if (words.length === 0) return {};
  if (words.length === 1)
    return { firstName: words[0] ?? '', ...(handle ? { lastName: `@${handle.handle}` } : {}) };
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? '' };
}

/** A file may name one person in several rows, an account each: what is repeated is a row of the same accounts. */
function keyOf(told: Record<string, unknown>, accounts: readonly RowAccount[]): string | null {
  const [mail] = (told.emails as string[] | undefined) ?? [];
  const who = (told.externalId as string | undefined) ?? mail?.toLowerCase();
  const named = accounts.map(({ platform, handle }) => `${platform.toLowerCase()} @${handle.toLowerCase()}`);
  const key = named.length > 0 ? named.join(', ') : who;
  return key ?? null;
}

function pick(told: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (told[name] === undefined ? [] : [[name, told[name]]])));
}

function whereIs(plan: Plan, path: readonly PropertyKey[]): string {
  const [field = '', key] = path.map(String);
  const isCustom = field === 'customFields';
  return columnOf(plan, isCustom ? `custom:${key}` : isField(plan.mapping.kind, field) ? field : 'name');
}
