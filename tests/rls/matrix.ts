import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { sqlState } from '../../server/api/errors.ts';
import type { Fixture } from './fixture.ts';
import type { Identity } from './oracle.ts';
import { type Attempts, type Grants, prepareAttempts, type Probe, View } from './probes.ts';
import { keyText } from './rows.ts';
import { isTenantTable, type Table } from './tables.ts';

/** LEAK: more happened than may. BLOCKED: less than must. UNRELIABLE: it failed for a reason that proves nothing. */
export interface Finding {
  kind: 'LEAK' | 'BLOCKED' | 'UNRELIABLE' | 'VACUOUS';
  identity: string;
  verb: string;
  table: string;
  detail: string;
}

export interface MatrixResult {
  cells: number;
  findings: Finding[];
}

/** What is true of the rows that somebody must not reach, read by one whom nothing holds. */
interface Truth {
  keys: ReadonlySet<string>;
  checksum: string;
}

/** Rows that were made for the attacks, once a run: they are rolled back after each. */
export type Prepared = ReadonlyMap<string, Attempts>;

export async function prepare(fixture: Fixture, tables: readonly Table[]): Promise<Prepared> {
  const prepared = new Map<string, Attempts>();
  for (const table of tables) prepared.set(table.name, await prepareAttempts(fixture, table));
  return prepared;
}

export function tenantTables(fixture: Fixture): Table[] {
  return fixture.tables.filter(isTenantTable);
}

/**
 * Tries every verb of every identity on every table, each in a savepoint that is rolled back. `fixture.superuser` must be
 * inside a transaction: it becomes the identity for the attack and itself again for the verdict.
 */
export async function runMatrix(
  fixture: Fixture,
  identities: readonly Identity[],
  prepared: Prepared,
): Promise<MatrixResult> {
  const result: MatrixResult = { cells: 0, findings: [] };
  for (const table of fixture.tables.filter(({ name }) => prepared.has(name))) {
    const attempts = prepared.get(table.name) as Attempts;
    for (const identity of identities) {
      const cell = new Cell(fixture, identity, table);
      result.findings.push(...(await cell.run(attempts)));
      result.cells += cell.tried;
    }
  }
  return result;
}

class Cell {
  tried = 0;
  private readonly client: pg.Client;
  private readonly identity: Identity;
  private readonly table: Table;
  private readonly view: View;

  constructor(fixture: Fixture, identity: Identity, table: Table) {
    this.client = fixture.superuser;
    this.identity = identity;
    this.table = table;
    this.view = new View(fixture, identity, table);
  }

  async run(attempts: Attempts): Promise<Finding[]> {
    const truth = await this.truth();
    if (truth.keys.size === 0) return [this.finding('VACUOUS', 'all', 'there is no row to be kept from')];
    const findings: Finding[] = [];
    for (const probe of this.view.probes(attempts, await this.grants())) {
      this.tried += 1;
      const finding = await this.attack(probe, truth);
      if (finding) findings.push(finding);
    }
    return findings;
  }

  private async attack(probe: Probe, truth: Truth): Promise<Finding | null> {
    await this.client.query(this.becoming);
    let rows: string[] | number;
    try {
      rows = await this.send(probe);
    } catch (error) {
      await this.client.query('rollback to savepoint attack');
      return this.judgeRefusal(probe, error);
    }
    const after = (await this.client.query(
      `reset role; ${this.truthSql}; select ${probe.intruder ? `exists (select from public.${this.table.name} where ${probe.intruder})` : 'false'} as is_in; rollback to savepoint attack`,
    )) as unknown as pg.QueryResult[];
    const [, truths, intruders] = after;
    const { checksum } = (truths?.rows[0] ?? {}) as { checksum?: string };
    const isIn = (intruders?.rows[0] as { is_in?: boolean } | undefined)?.is_in === true;
    if (checksum !== truth.checksum || isIn)
      return this.finding('LEAK', probe.verb, 'rows of others changed');
    return typeof rows === 'number'
      ? this.judgeChange(probe, rows)
      : this.judgeRead(probe, { rows, hidden: truth.keys });
  }

  /** The keys that were seen, or how many rows were changed. */
  private async send({ sql, copy, expects }: Probe): Promise<string[] | number> {
    if (copy === 'to') return this.copyOut(sql);
    if (copy === 'from') {
      await pipeline(
        Readable.from([`${'0/'.repeat(this.table.primaryKey.length).slice(0, -1)}\n`]),
        this.client.query(copyFrom(sql)),
      );
      return 1;
    }
    const result = await this.client.query<{ key: string }>(sql);
    return typeof expects === 'object' ? result.rows.map(({ key }) => key) : (result.rowCount ?? 0);
  }

  private async copyOut(sql: string): Promise<string[]> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.client.query(copyTo(sql)) as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8').split('\n').filter(Boolean);
  }

  private judgeRead(
    probe: Probe,
    { rows, hidden }: { rows: string[]; hidden: ReadonlySet<string> },
  ): Finding | null {
    const stolen = rows.filter((key) => hidden.has(key));
    if (stolen.length > 0) return this.finding('LEAK', probe.verb, `saw ${stolen.length} rows of others`);
    const expected = typeof probe.expects === 'object' ? probe.expects.rows : [];
    const missing = expected.filter((key) => !rows.includes(key));
    return missing.length > 0
      ? this.finding('BLOCKED', probe.verb, `did not see ${missing.join(', ')}`)
      : null;
  }

  private judgeChange(probe: Probe, count: number): Finding | null {
    return probe.expects === 'some' && count === 0
      ? this.finding('BLOCKED', probe.verb, 'changed no row of their own')
      : null;
  }

  private judgeRefusal(probe: Probe, error: unknown): Finding | null {
    const state = sqlState(error);
    const detail = error instanceof Error ? `${state ?? ''} ${error.message}` : String(error);
    const isRefusal =
      state === '42501' ||
      (state === '25006' && this.identity.isReadOnly) ||
      (state === '22P02' && this.identity.isMalformed) ||
      // COPY FROM is not there at all where policies hold (PostgreSQL, COPY, notes).
      (state === '0A000' && probe.copy === 'from');
    if (!isRefusal) return this.finding('UNRELIABLE', probe.verb, detail);
    const isOwed =
      probe.expects === 'some' || (typeof probe.expects === 'object' && probe.expects.rows.length > 0);
    return isOwed ? this.finding('BLOCKED', probe.verb, detail) : null;
  }

  private async truth(): Promise<Truth> {
    const { rows } = await this.client.query<{ checksum: string; keys: string[] }>(this.truthSql);
    return { keys: new Set(rows[0]?.keys), checksum: rows[0]?.checksum ?? '' };
  }

  private get truthSql(): string {
    return `select coalesce(array_agg(${keyText(this.table)}), '{}') as keys,
                   count(*) || md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as checksum
              from public.${this.table.name} t where ${this.view.hidden}`;
  }

  private get becoming(): string {
    const settings = Object.entries(this.identity.settings).map(
      ([name, value]) => `set_config('${name}', '${value.replaceAll("'", "''")}', true)`,
    );
    return [
      'savepoint attack',
      ...(settings.length > 0 ? [`select ${settings.join(', ')}`] : []),
      ...(this.identity.isReadOnly ? ['set local transaction_read_only = on'] : []),
      `set local role ${this.identity.role}`,
    ].join('; ');
  }

  private async grants(): Promise<Grants> {
    const table = `'public.${this.table.name}'`;
    const key = this.table.primaryKey
      .map((column) => `has_column_privilege('${this.identity.role}', ${table}, '${column}', 'select')`)
      .join(' and ');
    const has = (verb: string) =>
      `has_table_privilege('${this.identity.role}', ${table}, '${verb}') as "${verb}"`;
    const { rows } = await this.client.query<Grants>(
      `select ${key} as select, ${['insert', 'update', 'delete'].map(has).join(', ')}`,
    );
    return rows[0] ?? { select: false, insert: false, update: false, delete: false };
  }

  private finding(kind: Finding['kind'], verb: string, detail: string): Finding {
    return { kind, identity: this.identity.name, verb, table: this.table.name, detail };
  }
}
