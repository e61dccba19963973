import { sql } from 'kysely';
import type { TenantTx } from '../../../../db/tenant.ts';
import { isOwnRecord } from '../../records/access.ts';
import type { CreatorRow } from './read.ts';

/** A creator as it stands, by the names of its columns. */
export interface KnownCreator extends Record<string, unknown> {
  id: string;
  contact_id: string;
  name: string;
  is_active: boolean;
  is_own: boolean;
  brand_id: string | null;
}

export interface KnownContact {
  id: string;
  name: string;
  type: string;
  brand_id: string | null;
  company_id: string | null;
}

export interface KnownAccount extends Record<string, unknown> {
  id: string;
  creator_id: string;
  handle: string;
  source: string;
  followers: number | null;
  stated_engagement_rate: string | null;
  figures_at: string | null;
}

/** What the rows of a chunk may stand for. It grows as rows are decided: a later row may name the same person. */
export interface Known {
  creators: Map<string, KnownCreator>;
  byExternalId: Map<string, string>;
  byContact: Map<string, string>;
  /** By platform and handle, see accountKey. */
  accounts: Map<string, KnownAccount>;
  /** By mail address; several where people share one. */
  contacts: Map<string, KnownContact[]>;
}

export function accountKey({ platform, handle }: { platform: string; handle: string }): string {
  return `${platform} ${handle.toLowerCase()}`;
}

/** Reads all of it in a fixed number of statements. `isLocking` holds the creators until the transaction ends. */
export async function findKnown(
  tx: TenantTx,
  rows: readonly CreatorRow[],
  isLocking: boolean,
): Promise<Known> {
  const accounts = await accountsOf(tx, rows);
  const contacts = await contactsOf(tx, rows);
  const externalIds = rows.flatMap(({ creator }) => (creator.externalId as string | undefined) ?? []);
  const { rows: found } = await sql<KnownCreator>`
    select c.*, c.is_own from (select creators.*, ${isOwnRecord('creators')} as is_own from creators) as c
     where c.external_id = any (${externalIds}::text[])
        or c.id = any (${[...accounts.values()].map(({ creator_id }) => creator_id)}::uuid[])
        or c.contact_id = any (${[...contacts.values()].flat().map(({ id }) => id)}::uuid[])
     order by c.id`.execute(tx);
  if (isLocking && found.length > 0)
    await sql`select id from creators where id = any (${found.map(({ id }) => id)}::uuid[]) order by id for update`.execute(
      tx,
    );
  return {
    creators: new Map(found.map((creator) => [creator.id, creator])),
    byExternalId: new Map(
      found.flatMap(({ external_id, id }) => (typeof external_id === 'string' ? [[external_id, id]] : [])),
    ),
    byContact: new Map(found.map(({ contact_id, id }) => [contact_id, id])),
    accounts,
    contacts,
  };
}

async function accountsOf(tx: TenantTx, rows: readonly CreatorRow[]): Promise<Map<string, KnownAccount>> {
  const asked = rows.flatMap(({ accounts }) => accounts);
  const { rows: found } = await sql<KnownAccount & { platform: string }>`
    select p.id, p.creator_id, p.platform::text as platform, p.handle, p.source::text as source, p.followers,
           p.stated_engagement_rate, to_char(p.figures_at at time zone 'UTC', 'YYYY-MM-DD') as figures_at
      from unnest(${asked.map(({ platform }) => platform)}::social_platform[],
                  ${asked.map(({ handle }) => handle.toLowerCase())}::text[]) as k (platform, handle)
      join creator_platforms p on p.platform = k.platform and p.handle_key = k.handle collate "C" and p.is_active`.execute(
    tx,
  );
  return new Map(
    found.map(({ platform, ...account }) => [accountKey({ platform, handle: account.handle }), account]),
  );
}

async function contactsOf(tx: TenantTx, rows: readonly CreatorRow[]): Promise<Map<string, KnownContact[]>> {
  const mails = [
    ...new Set(rows.flatMap(({ person }) => (person.emails ?? []).map((mail) => mail.toLowerCase()))),
  ];
  if (mails.length === 0) return new Map();
  const { rows: found } = await sql<KnownContact & { mail: string }>`
    select distinct lower(e.mail) as mail, c.id, c.name, c.type::text as type, c.brand_id, c.company_id
      from contacts c cross join unnest(c.emails) as e (mail)
     where c.is_active and lower(e.mail) = any (${mails}::text[]) order by c.id`.execute(tx);
  const contacts = new Map<string, KnownContact[]>();
  for (const { mail, ...contact } of found) contacts.set(mail, [...(contacts.get(mail) ?? []), contact]);
  return contacts;
}
