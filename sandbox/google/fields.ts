import { type JsonObject } from '../meta/json.ts';
import { queryError } from './failures.ts';
import { BUDGET_FIELDS, CAMPAIGN_FIELDS } from './fields-campaigns.ts';
import { CLIENT_FIELDS, CUSTOMER_FIELDS } from './fields-customers.ts';
import { LABEL_FIELDS } from './fields-labels.ts';
import { METRIC_FIELDS, SEGMENT_FIELDS } from './fields-figures.ts';
import { type Field, type Row, type Value } from './row.ts';

const TABLES: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  customer: CUSTOMER_FIELDS,
  customer_client: CLIENT_FIELDS,
  campaign: CAMPAIGN_FIELDS,
  campaign_budget: BUDGET_FIELDS,
  label: LABEL_FIELDS,
  metrics: METRIC_FIELDS,
  segments: SEGMENT_FIELDS,
};

export interface NamedField extends Field {
  /** As the query names it: `campaign_budget.amount_micros`. */
  path: string;
  table: string;
  name: string;
}

/** The resources that may stand behind FROM, each with those whose fields it brings along. */
export const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  customer: ['customer'],
  customer_client: ['customer_client', 'customer'],
  campaign: ['campaign', 'campaign_budget', 'customer'],
  label: ['label', 'customer'],
};

/** Errors: UNRECOGNIZED_FIELD, for those that later versions dropped (video_views, campaign.start_date) too. */
export function fieldOf(path: string): NamedField {
  const [table = '', name = '', ...rest] = path.split('.');
  const fields = Object.hasOwn(TABLES, table) ? TABLES[table] : undefined;
  const field = fields && Object.hasOwn(fields, name) && rest.length === 0 ? fields[name] : undefined;
  if (field) return { ...field, path, table, name };
  throw queryError('UNRECOGNIZED_FIELD', `Unrecognized field in the query: '${path}'.`, path);
}

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, sign: string) => sign.toUpperCase());

export function maskOf(fields: readonly NamedField[]): string {
  return fields.map(({ table, name }) => `${camel(table)}.${camel(name)}`).join(',');
}

const isZero = (kind: Field['kind'], value: Value): boolean =>
  kind === 'int64' ? value === '0' : value === 0 || value === false || value === '';

/** One row, nested by resource. The name of what a resource's fields are of comes with them, asked for or not. */
export function writeRow(row: Row, fields: readonly NamedField[], from: string): JsonObject {
  const written: Record<string, JsonObject> = {};
  const named = new Set([from, ...fields.map(({ table }) => table)]);
  for (const table of named) {
    const name = TABLES[table]?.['resource_name']?.read(row);
    if (name !== undefined) written[camel(table)] = { resourceName: name };
  }
  for (const { table, name, kind, read } of fields) {
    const value = read(row);
    if (value === undefined || (row.omitsZeros && isZero(kind, value))) continue;
    const place = (written[camel(table)] ??= {});
    place[camel(name)] = value;
  }
  return written;
}
