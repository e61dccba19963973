import { z } from 'zod';
import { createCompanyInput } from '../companies/schema.ts';
import { createContactInput } from '../contacts/schema.ts';
import { createDealInput } from '../deals/schema.ts';
import { currency, decimal } from '../records/schema.ts';
import { readCreatorRow } from './creators/read.ts';
import type { MatchKey, RecordKind } from './fields.ts';
import type { Plan } from './plan.ts';
import type { Row } from './rows.ts';

/** The rules of the nouns' own forms. What an existing record need not name again is optional here. */
const schemas = {
  companies: z.strictObject(createCompanyInput.shape).partial(),
  contacts: z.strictObject(createContactInput.shape).partial(),
  deals: z.strictObject({ ...createDealInput.shape, amount: decimal, currency }).partial(),
} as const satisfies Record<RecordKind, z.ZodType>;

/** Holds a row's fields to the noun's rules and finds its key; adds a reason for each that does not fit. */
export function validateRow(plan: Plan, row: Row): void {
  const { kind } = plan.mapping;
  if (kind === 'creators') readCreatorRow(plan, row);
  else validateRecord(plan, kind, row);
}

function validateRecord(plan: Plan, kind: RecordKind, row: Row): void {
  const { fields, custom, reasons } = row;
  if (reasons.length > 0) {
    row.key = keyOf(plan.matchKey, fields);
    return;
  }
  if (fields.amount !== undefined && fields.currency === undefined) fields.currency = plan.mapping.currency;
  // Where a deal's close goes depends on its stage, which only its record may know.
  const { closeOn, ...input } = fields;
  if (Object.keys(custom).length > 0) input.customFields = custom;
  const parsed = schemas[kind].safeParse(input);
  if (parsed.success) row.fields = closeOn === undefined ? parsed.data : { ...parsed.data, closeOn };
  else
    for (const issue of parsed.error.issues) {
      const [field = '', key] = issue.path.map(String);
      reasons.push(`${columnOf(plan, field === 'customFields' ? `custom:${key}` : field)}: ${issue.message}`);
    }
  row.key = keyOf(plan.matchKey, row.fields);
  if (row.key === null && reasons.length === 0)
    reasons.push(`The row has no ${keyName(plan)} to be matched by.`);
}

function keyOf(matchKey: MatchKey, fields: Record<string, unknown>): string | null {
  switch (matchKey) {
    case 'externalId':
      return asText(fields.externalId);
    case 'email':
      return asText((fields.emails as string[] | undefined)?.[0])?.toLowerCase() ?? null;
    default: {
      const first = asText(fields.firstName);
      const last = asText(fields.lastName);
      const name = first !== null && last !== null ? `${first} ${last}` : asText(fields.name);
      return name?.toLowerCase() ?? null;
    }
  }
}

function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

const keyNames = { externalId: 'external id', email: 'mail address', name: 'name' } as const;

function keyName(plan: Plan): string {
  return keyNames[plan.matchKey];
}

/** The header of the column that fills a field, or the field's own name where a default or a template does. */
export function columnOf(plan: Plan, field: string): string {
  const column = plan.columns.find((candidate) => candidate?.fields.includes(field));
  return column?.header ?? (field.startsWith('custom:') ? field.slice('custom:'.length) : field);
}

/**
 * Refuses each row whose key an earlier line carries. Which of the two is meant is not ours to guess; `seen` holds the
 * first line of every key over the whole file.
 */
export function refuseRepeated(row: Row, seen: Map<string, number>): void {
  if (row.key === null) return;
  const first = seen.get(row.key);
  if (first === undefined) seen.set(row.key, row.line);
  else row.reasons.push(`Line ${first} of this file stands for the same record ("${row.key}").`);
}
