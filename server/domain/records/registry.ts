import type { RecordNoun } from '../../../db/types.ts';
import { campaignFields } from '../campaigns/fields.ts';
import { companyFields } from '../companies/fields.ts';
import { contactFields } from '../contacts/fields.ts';
import { creatorFields } from '../creators/fields.ts';
import { dealFields } from '../deals/fields.ts';
import type { FieldDefinition } from './fields.ts';

/** The tables whose lists take a filter. */
export type FilteredTable = 'companies' | 'contacts' | 'deals' | 'campaigns' | 'creators';

interface Filtered {
  noun: Exclude<RecordNoun, 'TASK'>;
  fields: readonly FieldDefinition[];
}

export const filteredTables: Readonly<Record<FilteredTable, Filtered>> = {
  companies: { noun: 'COMPANY', fields: companyFields },
  contacts: { noun: 'CONTACT', fields: contactFields },
  deals: { noun: 'DEAL', fields: dealFields },
  campaigns: { noun: 'CAMPAIGN', fields: campaignFields },
  creators: { noun: 'CREATOR', fields: creatorFields },
};
