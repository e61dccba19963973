import type { TenantTx } from '../../../db/tenant.ts';
import type { ActivityType } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { matchingCompanies, requireCompany } from '../companies/queries.ts';
import { listCompaniesInput } from '../companies/schema.ts';
import { matchingContacts, requireContact } from '../contacts/queries.ts';
import { listContactsInput } from '../contacts/schema.ts';
import { requireCustomFields } from '../custom-fields/queries.ts';
import { matchingDeals } from '../deals/queries.ts';
import { listDealsInput } from '../deals/schema.ts';
import { resolveFilter } from '../records/filter-queries.ts';
import { sentOnly } from '../records/rules.ts';
import { requireOwnership } from '../records/store.ts';
import { matchingTasks } from '../tasks/queries.ts';
import { listTasksInput } from '../tasks/schema.ts';
import type { BulkNoun, SetFields } from './schema.ts';
import type { Values } from './rules.ts';

export type BulkTable = 'companies' | 'contacts' | 'deals' | 'tasks';

interface Noun {
  table: BulkTable;
  /** As a sentence begins with it. */
  title: string;
  activity: Record<'changed' | 'deleted' | 'restored', ActivityType>;
}

const activitiesOf = <P extends 'COMPANY' | 'CONTACT' | 'DEAL' | 'TASK'>(prefix: P) => ({
  changed: `${prefix}_UPDATED` as const,
  deleted: `${prefix}_DELETED` as const,
  restored: `${prefix}_RESTORED` as const,
});

export const nouns = {
  COMPANY: { table: 'companies', title: 'Company', activity: activitiesOf('COMPANY') },
  CONTACT: { table: 'contacts', title: 'Contact', activity: activitiesOf('CONTACT') },
  DEAL: { table: 'deals', title: 'Deal', activity: activitiesOf('DEAL') },
  TASK: { table: 'tasks', title: 'Task', activity: activitiesOf('TASK') },
} as const satisfies Record<BulkNoun, Noun>;

type AnyFields = Partial<SetFields['COMPANY'] & SetFields['CONTACT'] & SetFields['DEAL'] & SetFields['TASK']>;

/** The columns of the fields that were sent. A deal's stage, status and reason are not here: its rule decides on them. */
export function toColumns(noun: BulkNoun, set: SetFields[BulkNoun]): Values {
  const input = set as Omit<AnyFields, 'type' | 'status'> & { type?: string; status?: string };
  return sentOnly({
    status: noun === 'CONTACT' ? input.status : undefined,
    brand_id: input.brandId,
    owner_id: input.ownerId,
    custom_fields: input.customFields,
    company_id: input.companyId,
    contact_id: input.contactId,
    assignee_id: input.assigneeId,
    type: input.type,
    size: input.size,
    industry: input.industry,
    city: input.city,
    state: input.state,
    country: input.country,
    title: input.title,
    department: input.department,
    source: input.source,
    probability: input.probability,
    recurring_type: input.recurringType,
    expected_close_on: input.expectedCloseOn,
    priority: input.priority,
    due_on: input.dueOn,
  });
}

interface References {
  brandId?: string | null | undefined;
  ownerId?: string | null | undefined;
  companyId?: string | null | undefined;
  contactId?: string | null | undefined;
  customFields?: Readonly<Record<string, unknown>> | undefined;
}

/** Judges once what all records would get. Errors: `invalid`, each issue at `change.set.<field>`. */
export async function requireReferences(tx: TenantTx, noun: BulkNoun, set: References): Promise<void> {
  await Promise.all([
    requireOwnership(tx, set),
    set.companyId ? requireCompany(tx, set.companyId) : undefined,
    set.contactId ? requireContact(tx, set.contactId) : undefined,
    noun === 'TASK' ? undefined : requireCustomFields(tx, noun, set.customFields),
  ]);
}

interface Asked {
  list: unknown;
  principal: Principal;
  now: Date;
  most: number;
}

/** The records that a list matches, at most `most`. Errors: `invalid` on the filter. */
export async function findMatchingIds(tx: TenantTx, noun: BulkNoun, asked: Asked): Promise<string[]> {
  const rows = await matchingRows(tx, noun, asked);
  return rows.map(({ id }) => id);
}

async function matchingRows(
  tx: TenantTx,
  noun: BulkNoun,
  { list, principal, now, most }: Asked,
): Promise<{ id: string }[]> {
  switch (noun) {
    case 'COMPANY': {
      const filters = await resolveFilter(tx, 'companies', listCompaniesInput.parse(list));
      return matchingCompanies(tx, filters).clearSelect().select('companies.id').limit(most).execute();
    }
    case 'CONTACT': {
      const filters = await resolveFilter(tx, 'contacts', listContactsInput.parse(list));
      return matchingContacts(tx, filters).select('contacts.id').limit(most).execute();
    }
    case 'DEAL': {
      const filters = await resolveFilter(tx, 'deals', listDealsInput.parse(list));
      return matchingDeals(tx, filters).select('deals.id').limit(most).execute();
    }
    case 'TASK': {
      const asker = { userId: principal.userId, now };
      const query = matchingTasks(tx, asker, listTasksInput.parse(list));
      return query.select('tasks.id').limit(most).execute();
    }
  }
}
