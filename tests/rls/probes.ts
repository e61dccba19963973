import type { Fixture } from './fixture.ts';
import type { Identity, SlotName } from './oracle.ts';
import { adds, sees } from './oracle.ts';
import { insertOf, isRow, keyOf, keyText, type Row } from './rows.ts';
import type { Column, Table } from './tables.ts';

/** One thing that somebody tries on one table. */
export interface Probe {
  verb: string;
  sql: string;
  /** COPY speaks a protocol of its own. */
  copy?: 'to' | 'from';
  /** What a right one comes to: `rows` are the keys to be seen, `some` at least one row changed, `none` nothing. */
  expects: { rows: readonly string[] } | 'some' | 'none';
  /** A row that must not be there afterwards. */
  intruder?: string;
}

/** What a role may do with a table by its grants, as the catalog says. */
export interface Grants {
  select: boolean;
  insert: boolean;
  update: boolean;
  delete: boolean;
}

/** Rows made for one table, which no identity has inserted yet. */
export interface Attempts {
  own: Row;
  sibling: Row;
  foreign: Row;
}

export async function prepareAttempts({ maker, slots }: Fixture, table: Table): Promise<Attempts> {
  return {
    own: await maker.make(table, slots.first),
    sibling: await maker.make(table, slots.second),
    foreign: await maker.make(table, slots.foreign),
  };
}

const SLOTS: readonly SlotName[] = ['first', 'second'];

/** What one table looks like to one identity, and how they would attack it. */
export class View {
  private readonly fixture: Fixture;
  private readonly identity: Identity;
  private readonly table: Table;

  constructor(fixture: Fixture, identity: Identity, table: Table) {
    this.fixture = fixture;
    this.identity = identity;
    this.table = table;
  }

  /** The condition of the rows that are not theirs: every other agency's, and hidden brands'. */
  get hidden(): string {
    const { slots } = this.fixture;
    const hasBrand = this.table.columns.some(({ name }) => name === 'brand_id');
    const hiddenSlots = SLOTS.filter((slot) => !sees(this.identity, this.table.name, slot));
    const parts = hiddenSlots.flatMap((slot) => [
      isRow(this.table, this.rowOf(slot)),
      ...(hasBrand && hiddenSlots.includes(slot) && this.isByBrand
        ? [`brand_id = '${slots[slot].brandId}'`]
        : []),
    ]);
    return [`organization_id is distinct from '${slots.first.organizationId}'`, ...parts].join(' or ');
  }

  /** Where a person's own rows count, a brand's rows are not hidden by their brand. */
  private get isByBrand(): boolean {
    return this.table.name !== 'idempotency_keys';
  }

  probes(attempts: Attempts, grants: Grants): Probe[] {
    const may = (verb: keyof Grants) => grants[verb] && !this.identity.isReadOnly;
    const all = [...this.reads(grants, may('update')), ...this.inserts(attempts, may('insert'))];
    return [...all, ...this.changes(may), ...this.moves(), ...this.wholesale(grants)];
  }

  private reads(grants: Grants, mayLock: boolean): Probe[] {
    const rows = SLOTS.filter((slot) => sees(this.identity, this.table.name, slot)).map((slot) =>
      keyOf(this.table, this.rowOf(slot)),
    );
    const select = `select ${keyText(this.table)} as key from public.${this.table.name}`;
    return [
      { verb: 'SELECT', sql: select, expects: { rows: grants.select ? rows : [] } },
      { verb: 'SELECT FOR UPDATE', sql: `${select} for update`, expects: { rows: mayLock ? rows : [] } },
    ];
  }

  private inserts({ own, sibling, foreign }: Attempts, mayInsert: boolean): Probe[] {
    const { table, identity } = this;
    const insert = (verb: string, row: Row): Probe => ({
      verb,
      sql: insertOf(table, row),
      expects: 'none',
      intruder: isRow(table, row),
    });
    const isHidden = !sees(identity, table.name, 'second');
    const column = this.constant;
    const overwrite = (verb: string, row: Row): Probe => ({
      verb,
      sql: `${insertOf(table, row)} on conflict (${table.primaryKey.join(', ')}) do update set ${column}`,
      expects: 'none',
    });
    const mayAdd = mayInsert && adds(identity, table.name);
    return [
      { verb: 'INSERT one’s own', sql: insertOf(table, own), expects: mayAdd ? 'some' : 'none' },
      insert('INSERT into another agency', foreign),
      ...(isHidden ? [insert('INSERT into another brand', sibling)] : []),
      overwrite('INSERT ON CONFLICT UPDATE of another agency', { ...own, ...this.keyIn('foreign') }),
      ...(isHidden
        ? [overwrite('INSERT ON CONFLICT UPDATE of another brand', { ...own, ...this.keyIn('second') })]
        : []),
    ];
  }

  private changes(may: (verb: keyof Grants) => boolean): Probe[] {
    const { table } = this;
    const seesAny = SLOTS.some((slot) => sees(this.identity, table.name, slot));
    const name = `public.${table.name}`;
    const own = (verb: keyof Grants) => (may(verb) && seesAny ? 'some' : 'none');
    return [
      {
        verb: 'UPDATE WHERE',
        sql: `update ${name} set ${this.constant} where ${this.hidden}`,
        expects: 'none',
      },
      { verb: 'UPDATE of all', sql: `update ${name} set ${this.constant}`, expects: own('update') },
      { verb: 'DELETE WHERE', sql: `delete from ${name} where ${this.hidden}`, expects: 'none' },
      { verb: 'DELETE of all', sql: `delete from ${name}`, expects: own('delete') },
    ];
  }

  private moves(): Probe[] {
    const { slots } = this.fixture;
    const name = `public.${this.table.name}`;
    const hasBrand = this.table.columns.some((column) => column.name === 'brand_id');
    const isHidden = !sees(this.identity, this.table.name, 'second');
    return [
      {
        verb: 'UPDATE that moves rows to another agency',
        sql: `update ${name} set organization_id = '${slots.foreign.organizationId}'`,
        expects: 'none',
      },
      ...(hasBrand && isHidden && this.isByBrand
        ? [
            {
              verb: 'UPDATE that moves rows to another brand',
              sql: `update ${name} set brand_id = '${slots.second.brandId}' where ${isRow(this.table, this.rowOf('first'))}`,
              expects: 'none' as const,
            },
          ]
        : []),
    ];
  }

  private wholesale(grants: Grants): Probe[] {
    const { table } = this;
    const columns = table.primaryKey.map((column) => `"${column}"`).join(', ');
    const rows = SLOTS.filter((slot) => sees(this.identity, table.name, slot)).map((slot) =>
      keyOf(table, this.rowOf(slot)),
    );
    return [
      { verb: 'TRUNCATE', sql: `truncate public.${table.name} cascade`, expects: 'none' },
      {
        verb: 'COPY TO',
        sql: `copy public.${table.name} (${columns}) to stdout with (delimiter '/')`,
        copy: 'to',
        expects: { rows: grants.select ? rows : [] },
      },
      {
        verb: 'COPY FROM',
        sql: `copy public.${table.name} (${columns}) from stdin with (delimiter '/')`,
        copy: 'from',
        expects: 'none',
      },
    ];
  }

  /** A column and a constant that fits every row: nothing in the statement reads, so no SELECT policy helps. */
  private get constant(): string {
    const keys = new Set([
      ...this.table.uniqueKeys.flat(),
      ...this.table.foreignKeys.flatMap(({ columns }) => columns),
    ]);
    const free = this.table.columns.filter((column) => !column.isGenerated && !keys.has(column.name));
    for (const [fits, value] of CONSTANTS) {
      const column = free.find(fits);
      if (column) return `"${column.name}" = ${value}`;
    }
    throw new Error(`${this.table.name} has no column that a constant fits; teach CONSTANTS one.`);
  }

  private keyIn(slot: 'second' | 'foreign'): Row {
    const row = this.rowOf(slot);
    return Object.fromEntries(this.table.primaryKey.map((name) => [name, row[name]]));
  }

  private rowOf(slot: SlotName | 'foreign'): Row {
    const row = this.fixture.slots[slot].rows.get(this.table.name);
    if (!row) throw new Error(`VACUOUS: ${this.table.name} has no row at the ${slot} brand.`);
    return row;
  }
}

const CONSTANTS: readonly (readonly [fits: (column: Column) => boolean, value: string])[] = [
  [({ type }) => type.startsWith('timestamp'), `'2001-02-03T04:05:06Z'`],
  [({ type, labels }) => type === 'text' && labels === null, `'taken over'`],
  [({ type }) => type === 'text[]', `'{taken,over}'`],
  [({ type }) => type === 'bytea', `'\\x00'`],
  [({ type }) => type === 'jsonb', `'{"taken": "over"}'`],
  [({ type }) => type === 'boolean', `true`],
];
