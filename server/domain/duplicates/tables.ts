import { type RawBuilder, sql } from 'kysely';
import type { DuplicateNoun } from './schema.ts';

/** Where a noun's records stand, and how the tables beside them refer to one. */
export interface NounTables {
  table: RawBuilder<unknown>;
  id: RawBuilder<string>;
  otherId: RawBuilder<string>;
  noun: DuplicateNoun;
  /** The glance of a record named r, as JSON. */
  glance: RawBuilder<unknown>;
}

const shared = sql`'id', r.id, 'name', r.name, 'createdAt', to_jsonb(r.created_at),
  'ownerName', (select u.name from users u where u.id = r.owner_id)`;

export const tablesOf: Readonly<Record<DuplicateNoun, NounTables>> = {
  CONTACT: {
    table: sql`contacts`,
    id: sql`contact_id`,
    otherId: sql`other_contact_id`,
    noun: 'CONTACT',
    glance: sql`jsonb_build_object(${shared}, 'emails', r.emails, 'phones', array_remove(r.phones || r.mobile, null),
      'about', nullif(concat_ws(' · ', r.title, (select c.name from companies c
        where c.organization_id = r.organization_id and c.id = r.company_id)), ''))`,
  },
  COMPANY: {
    table: sql`companies`,
    id: sql`company_id`,
    otherId: sql`other_company_id`,
    noun: 'COMPANY',
    glance: sql`jsonb_build_object(${shared}, 'emails', array_remove(array[r.email], null), 'phones', array_remove(array[r.phone], null),
      'about', nullif(concat_ws(' · ', coalesce(r.domains[1], r.website), r.city, r.country), ''))`,
  },
};
