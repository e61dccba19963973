import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { customFieldDefinitions } from '../custom-fields/queries.ts';
import { wrongValue } from '../custom-fields/rules.ts';
import type { CustomField } from '../custom-fields/schema.ts';
import { isCurrency } from '../records/currencies.ts';
import { filteredTables } from '../records/registry.ts';
import { normalize } from './header.ts';
import type { Plan } from './plan.ts';
import type { Row } from './rows.ts';
import { columnOf } from './validate.ts';
import { type Parsed, parseDay, parseDecimal, parseNumber, quote } from './values.ts';
import { splitList } from './mapping.ts';

type Definition = Pick<CustomField, 'key' | 'kind' | 'options'>;

/** A text that names a member, by id, mail address or name, to the ids that it names. */
type Members = ReadonlyMap<string, readonly string[]>;

/**
 * Makes the values under a defined key what the field's kind holds; a key without a definition is kept as it was read.
 * What does not fit is a reason of its row. A value that fits already stays, so that rows may be decided twice.
 */
export async function fitCustomFields(tx: TenantTx, plan: Plan, rows: readonly Row[]): Promise<void> {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(customOf(row))))];
  if (keys.length === 0) return;
  const found = await customFieldDefinitions(tx, filteredTables[plan.mapping.kind].noun, keys);
  // Reasons come in the order of the file's columns.
  const fields = found.toSorted((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key));
  const members = await membersNamed(tx, fields, rows);
  for (const row of rows) {
    const values = { ...customOf(row) };
    for (const field of fields) {
      const value = values[field.key];
      if (value === undefined || value === null) continue;
      const fitted = fit(plan, field, { value, members });
      if ('value' in fitted) values[field.key] = fitted.value;
      else row.reasons.push(`${columnOf(plan, `custom:${field.key}`)}: ${fitted.problem}.`);
    }
    row.fields.customFields = values;
  }
}

function customOf(row: Row): Readonly<Record<string, unknown>> {
  return (row.fields.customFields as Record<string, unknown> | undefined) ?? {};
}

interface Given {
  value: unknown;
  members: Members;
}

function fit(plan: Plan, field: Definition, { value, members }: Given): Parsed<unknown> {
  if (field.kind === 'TEXT') return { value: typeof value === 'number' ? String(value) : value };
  if (typeof value !== 'string') {
    const wrong = wrongValue(field, value);
    return wrong === null ? { value } : { problem: `${quote(JSON.stringify(value))}: ${wrong}` };
  }
  const { decimal, dateOrder, currency } = plan.mapping;
  switch (field.kind) {
    case 'NUMBER':
      return parseNumber(value, decimal);
    case 'DATE':
      return parseDay(value, dateOrder);
    case 'MONEY':
      return parseMoney(value, decimal, currency);
    case 'USER':
      return memberOf(value, members);
    case 'CHOICE':
      return optionOf(field, value);
    case 'SEVERAL':
      return severalOf(field, splitList(plan.mapping, `custom:${field.key}`, value));
  }
}

/** "1,234.50 AED", "AED 1234.50", or an amount in the mapping's currency. */
function parseMoney(text: string, decimal: '.' | ',', currency: string | undefined): Parsed<unknown> {
  const [, before, amount = '', after] = /^([A-Z]{3})?\s*(.*?)\s*([A-Z]{3})?$/i.exec(text) ?? [];
  const said = (before ?? after ?? currency)?.toUpperCase();
  const parsed = parseDecimal(amount, decimal);
  if ('problem' in parsed) return parsed;
  if (said === undefined || !isCurrency(said)) {
    return { problem: `${quote(text)} needs a currency, as in "1234.50 AED", or a currency of the mapping` };
  }
  const money = { amount: parsed.value, currency: said };
  const wrong = wrongValue({ kind: 'MONEY', options: [] }, money);
  return wrong === null ? { value: money } : { problem: `${quote(text)} is no amount that is kept` };
}

/** Options compare as the words of a mapping do, whatever their case. */
function optionOf({ options }: Definition, text: string): Parsed<string> {
  const option = options.find((known) => normalize(known) === normalize(text));
  if (option !== undefined) return { value: option };
  return { problem: `${quote(text)} is no option. Known: ${options.slice(0, 20).join(', ')}` };
}

function severalOf(field: Definition, texts: readonly string[]): Parsed<string[]> {
  const parsed = texts.map((text) => optionOf(field, text));
  const wrong = parsed.find((item) => 'problem' in item);
  if (wrong) return wrong;
  return { value: [...new Set(parsed.flatMap((item) => ('value' in item ? item.value : [])))] };
}

function memberOf(text: string, members: Members): Parsed<string> {
  const [userId, ...others] = members.get(text) ?? [];
  if (userId === undefined) return { problem: `there is no member of this agency ${quote(text)}` };
  if (others.length === 0) return { value: userId };
  return { problem: `${quote(text)} is the name of several members; write a mail address` };
}

async function membersNamed(
  tx: TenantTx,
  fields: readonly Definition[],
  rows: readonly Row[],
): Promise<Members> {
  const keys = fields.filter(({ kind }) => kind === 'USER').map(({ key }) => key);
  const texts = rows.flatMap((row) => keys.map((key) => customOf(row)[key]));
  const names = [...new Set(texts.filter((text): text is string => typeof text === 'string'))];
  if (names.length === 0) return new Map();
  const { rows: found } = await sql<{ key: string; ids: string[] }>`
    select k.key, array_agg(distinct u.id) as ids
      from unnest(${names}::text[]) as k (key)
      join users u on lower(k.key) in (u.id::text, lower(u.email::text), lower(u.name))
      join memberships m on m.user_id = u.id
     where m.is_active group by k.key`.execute(tx);
  return new Map(found.map(({ key, ids }) => [key, ids]));
}
