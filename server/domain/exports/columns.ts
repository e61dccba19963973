import { listCustomFields, listCustomFieldUses } from '../custom-fields/queries.ts';
import type { CustomFieldKind } from '../custom-fields/schema.ts';
import { listMembers } from '../members/queries.ts';
import { listBrands } from '../organizations/queries.ts';
import { customFieldName, type FieldDefinition } from '../records/fields.ts';
import { filteredTables } from '../records/registry.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import { accountColumns } from './creator-columns.ts';
import { columnNames } from './rules.ts';
import type { ExportedNoun } from './schema.ts';

/** A record as its list answers it. */
export type ExportedRecord = Readonly<Record<string, unknown>> & {
  customFields: Readonly<Record<string, unknown>>;
};

/** A column of the file: its header and a record's text in it; money is two columns. */
export interface ExportColumn {
  header: string;
  textOf: (record: ExportedRecord) => string;
}

/** Ids to the names that the reader sees. */
interface Names {
  members: ReadonlyMap<string, string>;
  brands: ReadonlyMap<string, string>;
}

/** The columns of a list in the order that was asked for, unknown names left out; all that the noun has unless said. */
export async function exportColumns(
  tx: TenantTx,
  noun: ExportedNoun,
  columns: string | undefined,
): Promise<ExportColumn[]> {
  const [custom, names] = await Promise.all([customColumns(tx, noun), namesOf(tx)]);
  const known = new Map([...ownColumns(noun), ...custom].map((column) => [column.name, column]));
  const asked = columnNames(columns).flatMap((name) => known.get(name) ?? []);
  const chosen = asked.length > 0 ? asked : [...known.values()];
  return chosen.flatMap((column) => column.columnsOf(names));
}

interface NamedColumn {
  name: string;
  columnsOf: (names: Names) => ExportColumn[];
}

/** What stands beside an id in a record: the name of what it leads to. */
const namesBeside: Readonly<Record<string, string>> = {
  companyId: 'companyName',
  contactId: 'contactName',
  parentId: 'parentName',
  managerContactId: 'managerName',
};

function ownColumns(noun: ExportedNoun): NamedColumn[] {
  // An amount brings its currency along.
  const fields = filteredTables[noun].fields.filter(({ name }) => name !== 'currency');
  const platforms = noun === 'creators' ? [{ name: 'platforms', columnsOf: accountColumns }] : [];
  return [
    { name: 'id', columnsOf: () => [{ header: 'Id', textOf: ({ id }) => toText(id) }] },
    ...fields.map((field) => ({
      name: field.name,
      columnsOf: (names: Names) => fieldColumns(field, names),
    })),
    ...platforms,
  ];
}

function fieldColumns({ name, label, type, reference }: FieldDefinition, names: Names): ExportColumn[] {
  const value = (record: ExportedRecord) => record[name];
  if (type === 'money') return moneyColumns(label, value);
  if (type === 'user') return [{ header: label, textOf: (record) => nameIn(names.members, value(record)) }];
  if (reference === 'brand')
    return [{ header: label, textOf: (record) => nameIn(names.brands, value(record)) }];
  const beside = namesBeside[name];
  return [{ header: label, textOf: (record) => toText(beside ? record[beside] : value(record)) }];
}

function moneyColumns(label: string, value: (record: ExportedRecord) => unknown): ExportColumn[] {
  const partOf = (record: ExportedRecord, part: 'amount' | 'currency') => {
    const money = value(record);
    return isMoney(money) ? money[part] : part === 'amount' ? toText(money) : '';
  };
  return [
    { header: label, textOf: (record) => partOf(record, 'amount') },
    { header: `${label} currency`, textOf: (record) => partOf(record, 'currency') },
  ];
}

/** The agency's own fields by their labels, then the keys that records hold without a field. */
async function customColumns(tx: TenantTx, noun: ExportedNoun): Promise<NamedColumn[]> {
  const { noun: record } = filteredTables[noun];
  const [fields, uses] = await Promise.all([listCustomFields(tx, record), listCustomFieldUses(tx, record)]);
  const others = uses.filter(({ isDefined }) => !isDefined);
  return [
    ...fields.map(({ key, label, kind }) => customColumn(key, label, kind)),
    ...others.map(({ key }) => customColumn(key, key, 'TEXT')),
  ];
}

function customColumn(key: string, label: string, kind: CustomFieldKind): NamedColumn {
  const value = ({ customFields }: ExportedRecord) => customFields[key];
  return {
    name: customFieldName(key),
    columnsOf: (names) => {
      if (kind === 'MONEY') return moneyColumns(label, value);
      if (kind !== 'USER') return [{ header: label, textOf: (record) => toText(value(record)) }];
      return [{ header: label, textOf: (record) => nameIn(names.members, value(record)) }];
    },
  };
}

async function namesOf(tx: TenantTx): Promise<Names> {
  const [members, brands] = await Promise.all([listMembers(tx), listBrands(tx)]);
  return {
    members: new Map(members.map(({ id, name }) => [id, name])),
    brands: new Map(brands.map(({ id, name }) => [id, name])),
  };
}

/** Somebody who left has no name here: the id says that there was one. */
function nameIn(names: ReadonlyMap<string, string>, id: unknown): string {
  return typeof id === 'string' ? (names.get(id) ?? id) : '';
}

/** Lists with the separator that imports read; what has parts as JSON. */
function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (isMoney(value)) return `${value.amount} ${value.currency}`;
  if (Array.isArray(value)) return value.map(toText).join('; ');
  return JSON.stringify(value);
}

function isMoney(value: unknown): value is { amount: string; currency: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { amount?: unknown }).amount === 'string' &&
    typeof (value as { currency?: unknown }).currency === 'string'
  );
}
