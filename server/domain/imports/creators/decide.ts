import { v7 as uuidV7 } from 'uuid';
import { toPercent } from '../../creators/rules.ts';
import { type Changes, changesBetween } from '../../records/rules.ts';
import type { Row } from '../rows.ts';
import { accountKey, type Known, type KnownContact, type KnownCreator } from './known.ts';
import type { CreatorRow, RowAccount } from './read.ts';

type Values = Record<string, unknown> & { id: string };

/** What a chunk's rows come to, a list for each table. */
export interface CreatorDecisions {
  contacts: Values[];
  /** Contacts that were there and become creators. */
  became: KnownContact[];
  creators: { values: Values; name: string }[];
  changes: { before: KnownCreator; values: Record<string, unknown>; changes: Changes }[];
  newAccounts: Values[];
  figures: { id: string; creatorId: string; values: Record<string, unknown> }[];
  /** Whom a row found unknown, changed, or as the file says. */
  created: Row[];
  updated: Row[];
  unchanged: Row[];
}

export interface Circumstances {
  /** The author, owner and brand of what is created. */
  ownership: Record<string, unknown>;
  organizationId: string;
  authorId: string | null;
  now: Date;
}

/** Decides what each row does; one that can do nothing gets a reason. Later rows see what earlier ones made. */
export function decideCreators(
  circumstances: Circumstances,
  rows: readonly Row[],
  known: Known,
): CreatorDecisions {
  const into: CreatorDecisions = {
    contacts: [],
    became: [],
    creators: [],
    changes: [],
    newAccounts: [],
    figures: [],
    created: [],
    updated: [],
    unchanged: [],
  };
  for (const row of rows) decideRow({ circumstances, known, into }, row);
  return into;
}

interface Deciding {
  circumstances: Circumstances;
  known: Known;
  into: CreatorDecisions;
}

function decideRow(deciding: Deciding, row: Row): void {
  const { known, into } = deciding;
  const told = row.fields as unknown as CreatorRow & { customFields?: object };
  const found = findCreator(known, told);
  if ('problem' in found) {
    row.reasons.push(found.problem);
    return;
  }
  const { creator } = found;
  if (!creator) return createPerson(deciding, row, found.contact);
  if (!creator.is_active) {
    row.reasons.push(`The creator ${creator.name} is in the recycle bin; restore them first.`);
    return;
  }
  if (!creator.is_own) {
    row.reasons.push(
      `You see ${creator.name} through a campaign alone; changing them is for their own people.`,
    );
    return;
  }
  const isChanged = changeCreator(deciding, creator, row);
  const hasNews = placeAccounts(deciding, creator.id, told);
  (isChanged || hasNews ? into.updated : into.unchanged).push(row);
}

type Found = { creator: KnownCreator | null; contact: KnownContact | null } | { problem: string };

/** By external id, by the accounts that it names, by mail address: all that find somebody must find the same one. */
function findCreator(known: Known, { creator, accounts, person }: CreatorRow): Found {
  const byId = known.byExternalId.get(creator.externalId as string);
  const holders = accounts.flatMap((account) => known.accounts.get(accountKey(account))?.creator_id ?? []);
  const contacts = [
    ...new Map(
      (person.emails ?? [])
        .flatMap((mail) => known.contacts.get(mail.toLowerCase()) ?? [])
        .map((one) => [one.id, one]),
    ).values(),
  ];
  const byMail = contacts.flatMap(({ id }) => known.byContact.get(id) ?? []);
  const ids = [...new Set([byId, ...holders, ...byMail].filter((id) => id !== undefined))];
  if (ids.length > 1) {
    const names = ids.map((id) => known.creators.get(id)?.name ?? 'another').join(' and ');
    return { problem: `The row’s id, accounts and mail addresses are of different creators: ${names}.` };
  }
  const [id] = ids;
  const found = id === undefined ? null : (known.creators.get(id) ?? null);
  const isByHandleAlone = found !== null && byId === undefined && byMail.length === 0;
  const name = [person.firstName, person.lastName].filter(Boolean).join(' ');
  // A handle changes hands: without an id or a mail address the name has to agree.
  if (isByHandleAlone && name !== '' && name.toLowerCase() !== found.name.toLowerCase())
    return { problem: `The account is ${found.name}’s here already, and the row says ${name}.` };
  if (found) return { creator: found, contact: null };
  if (contacts.length > 1)
    return { problem: `${contacts.length} contacts have the row’s mail address; merge them first.` };
  return { creator: null, contact: contacts[0] ?? null };
}

function createPerson(deciding: Deciding, row: Row, contact: KnownContact | null): void {
  const { circumstances, known, into } = deciding;
  const { ownership } = circumstances;
  const told = row.fields as unknown as CreatorRow;
  const { firstName, lastName, emails = [], phones = [] } = told.person;
  if (!contact && (!firstName || !lastName)) {
    row.reasons.push('A new creator needs a first and a last name.');
    return;
  }
  const given = toColumns(row);
  const brand = given.brand_id ?? contact?.brand_id ?? ownership.brand_id;
  const contactId = contact?.id ?? uuidV7();
  const name = contact?.name ?? `${firstName} ${lastName}`;
  if (contact) into.became.push(contact);
  else {
    into.contacts.push({
      ...ownership,
      brand_id: brand,
      ...(given.owner_id === undefined ? {} : { owner_id: given.owner_id }),
      id: contactId,
      first_name: firstName,
      last_name: lastName,
      emails,
      phones,
      type: 'CREATOR',
      status: 'ACTIVE',
      tags: [],
      custom_fields: {},
    });
  }
  const always = { status: 'PROSPECT', categories: [], tags: [], custom_fields: {} };
  const values = { ...always, ...ownership, ...given, brand_id: brand, id: uuidV7(), contact_id: contactId };
  into.creators.push({ values, name });
  remember(known, { ...values, name, is_active: true, is_own: true } as unknown as KnownCreator, {
    contact: contact ?? { id: contactId, name, type: 'CREATOR', brand_id: null, company_id: null },
    emails,
  });
  placeAccounts(deciding, values.id, told);
  into.created.push(row);
}

function remember(
  known: Known,
  creator: KnownCreator,
  { contact, emails }: { contact: KnownContact; emails: readonly string[] },
): void {
  known.creators.set(creator.id, creator);
  known.byContact.set(contact.id, creator.id);
  if (typeof creator.external_id === 'string') known.byExternalId.set(creator.external_id, creator.id);
  for (const mail of emails) known.contacts.set(mail.toLowerCase(), [contact]);
}

/** Also of somebody whom an earlier row of these made: then what it makes is changed. */
function changeCreator({ into }: Deciding, before: KnownCreator, row: Row): boolean {
  const values = mergeWith(before, toColumns(row));
  const changes = changesBetween(before, values);
  if (Object.keys(changes).length === 0) return false;
  const made = into.creators.find((creation) => creation.values.id === before.id);
  const pending = into.changes.find((change) => change.before.id === before.id);
  if (made) Object.assign(made.values, values);
  else if (pending) {
    Object.assign(pending.values, values);
    for (const [column, { from, to }] of Object.entries(changes))
      pending.changes[column] = { from: pending.changes[column]?.from ?? from, to };
  } else into.changes.push({ before: { ...before }, values, changes });
  Object.assign(before, values);
  return true;
}

/** True where an account is new or its figures changed. */
function placeAccounts(deciding: Deciding, creatorId: string, told: CreatorRow): boolean {
  return told.accounts.map((account) => placeAccount(deciding, { creatorId, account, told })).some(Boolean);
}

interface Placed {
  creatorId: string;
  account: RowAccount;
  told: CreatorRow;
}

function placeAccount(
  { circumstances, known, into }: Deciding,
  { creatorId, account, told }: Placed,
): boolean {
  const key = accountKey(account);
  const before = known.accounts.get(key);
  const hasFigures = account.followers !== null || account.engagementRate !== null;
  const figuresAt = told.figuresOn ?? circumstances.now.toISOString();
  const figures = {
    ...(account.followers === null ? {} : { followers: account.followers }),
    ...(account.engagementRate === null
      ? {}
      : { stated_engagement_rate: account.engagementRate, stated_engagement_basis: 'UNSTATED' }),
  };
  if (!before) {
    const id = uuidV7();
    into.newAccounts.push({
      id,
      organization_id: circumstances.organizationId,
      creator_id: creatorId,
      platform: account.platform,
      handle: account.handle,
      profile_url: account.profileUrl,
      source: 'FILE',
      created_by_id: circumstances.authorId,
      followers: null,
      stated_engagement_rate: null,
      stated_engagement_basis: null,
      ...figures,
      figures_at: hasFigures ? figuresAt : null,
    });
    known.accounts.set(key, {
      id,
      creator_id: creatorId,
      handle: account.handle,
      source: 'FILE',
      followers: account.followers,
      stated_engagement_rate: account.engagementRate,
      figures_at: hasFigures ? figuresAt.slice(0, 10) : null,
    });
    return true;
  }
  if (!hasFigures || !isNews(before, told.figuresOn)) return false;
  const changes = changesBetween(
    {
      ...before,
      stated_engagement_rate: before.stated_engagement_rate && Number(before.stated_engagement_rate),
    },
    {
      ...figures,
      ...(account.engagementRate === null ? {} : { stated_engagement_rate: Number(account.engagementRate) }),
    },
  );
  delete changes.stated_engagement_basis;
  if (Object.keys(changes).length === 0 && told.figuresOn === null) return false;
  if (Object.keys(changes).length === 0 && told.figuresOn === before.figures_at) return false;
  into.figures.push({
    id: before.id,
    creatorId,
    values: { ...figures, source: 'FILE', figures_at: figuresAt },
  });
  Object.assign(before, figures, { source: 'FILE', figures_at: figuresAt.slice(0, 10) });
  return true;
}

/** A file without a day may be of any day: it says nothing against what the network itself told. */
function isNews(before: { source: string; figures_at: string | null }, figuresOn: string | null): boolean {
  if (before.figures_at === null) return true;
  return figuresOn === null
    ? before.source !== 'PHYLLO'
    : figuresOn >= before.figures_at && !(before.source === 'PHYLLO' && figuresOn === before.figures_at);
}

/** An import adds to lists and custom fields; it removes nothing from them. */
function mergeWith(before: KnownCreator, given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([column, value]) => {
      const held = before[column];
      if (Array.isArray(value) && Array.isArray(held))
        return [column, [...new Set([...(held as string[]), ...(value as string[])])]];
      if (column === 'custom_fields') return [column, { ...(held as object), ...(value as object) }];
      return [column, value];
    }),
  );
}

function toColumns(row: Row): Record<string, unknown> {
  const { creator, customFields, brandId, ownerId } = row.fields as unknown as CreatorRow & {
    customFields?: object;
    brandId?: string;
    ownerId?: string;
  };
  const commission = creator.commissionPercent as string | undefined;
  const columns = {
    external_id: creator.externalId,
    tags: creator.tags,
    status: creator.status,
    categories: creator.categories,
    primary_platform: creator.primaryPlatform,
    commission_percent: commission === undefined ? undefined : toPercent(commission),
    estimated_reach: creator.estimatedReach,
    custom_fields: customFields,
    brand_id: brandId,
    owner_id: ownerId,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}
