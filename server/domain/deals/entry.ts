import type { Selectable } from 'kysely';
import type { Deals, Json } from '../../../db/types.ts';
import { AppError } from '../../kernel/errors.ts';
import { missingFields, type Requirable, wordsFor } from '../deal-stages/rules.ts';
import type { DealStageSettings } from '../deal-stages/schema.ts';
import { type Changes, fieldName } from '../records/rules.ts';
import { stageName } from './rules.ts';

type DealRow = Pick<
  Selectable<Deals>,
  'amount' | 'company_id' | 'contact_id' | 'expected_close_on' | 'owner_id' | 'close_reason'
> & { custom_fields: Json };

/** What a stage may ask for, of a deal as the database has it. */
export function toRequirable(row: DealRow): Requirable {
  return {
    amount: row.amount,
    companyId: row.company_id,
    contactId: row.contact_id,
    expectedCloseOn: row.expected_close_on,
    ownerId: row.owner_id,
    closeReason: row.close_reason,
    customFields: row.custom_fields as Record<string, unknown>,
  };
}

/**
 * What the deal's stage asks for stays: a change may not empty it. What was missing before may stay so.
 * Errors: `invalid` naming the fields.
 */
export function requireNothingEmptied(settings: DealStageSettings, before: DealRow, changes: Changes): void {
  const was = toRequirable(before);
  const missing = missingFields(settings.requiredFields, changed(was, changes));
  const emptied = missing.filter((field) => !missingFields(settings.requiredFields, was).includes(field));
  if (emptied.length === 0) return;
  const issues = emptied.map((path) => ({
    path,
    message: `${wordsFor(path)}: stage ${stageName(settings.stage)} asks for it.`,
  }));
  throw new AppError('invalid', issues.map(({ message }) => message).join(' '), { issues });
}

function changed(deal: Requirable, changes: Changes): Requirable {
  const after: Record<string, unknown> = { ...deal };
  const customFields = { ...deal.customFields };
  for (const [column, { to }] of Object.entries(changes)) {
    const field = fieldName(column);
    if (field.startsWith('customFields.')) customFields[field.slice('customFields.'.length)] = to;
    else after[field] = to;
  }
  return { ...after, customFields };
}
