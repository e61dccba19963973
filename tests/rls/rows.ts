import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { isTenantTable, type Column, type ForeignKey, type Table } from './tables.ts';

export type Row = Record<string, unknown>;

/** One place that a row can lie in: a brand of an agency. */
export interface Slot {
  organizationId: string;
  brandId: string;
  /** The row of each table that stands here, once it is made. */
  rows: Map<string, Row>;
}

/**
 * Values that a table's rules ask for and its catalog does not say. `status` keeps a sync run out of the index of those
 * under way; a campaign's reach names its campaign; a service has no address.
 */
const RULES: Readonly<Record<string, (slot: Slot) => Row>> = {
  organizations: ({ organizationId }) => ({
    type: 'BRAND',
    parent_id: organizationId,
    slug: `brand-${randomUUID()}`,
  }),
  users: () => ({ kind: 'SERVICE' }),
  sync_runs: () => ({ status: 'SUCCESS' }),
  // A state of a reconnect link is bound to a browser.
  oauth_states: () => ({ nonce_hash: '0'.repeat(64) }),
  reach_periods: () => ({ level: 'CAMPAIGN' }),
  // What a client's own login may read of its brand; who reads the rest is told in tests/rls/audience.test.ts.
  activities: () => ({ audience: 'EVERYONE' }),
  tasks: () => ({ audience: 'EVERYONE', due_on: '2026-01-01', remind_on: '2026-01-01' }),
  notes: () => ({ audience: 'EVERYONE' }),
  // A file of a note is there whole.
  attachments: () => ({
    content_type: 'text/plain',
    bytes: 1,
    sha256: '0'.repeat(64),
    stored_at: '2026-01-01T00:00:00Z',
  }),
  // A follower follows one record.
  record_followers: () => ({ company_id: null, contact_id: null, campaign_id: null }),
  // What may show that two records are one refers to them without a foreign key: see the migration.
  record_keys: ({ rows }) => ({ noun: 'CONTACT', contact_id: rows.get('contacts')?.id }),
  duplicate_pairs: ({ rows }) => ({
    contact_id: rows.get('contacts')?.id,
    other_contact_id: rows.get('contacts')?.id,
    score: 50,
  }),
  duplicate_dismissals: () => ({ company_id: null, other_company_id: null }),
  merges: () => ({ noun: 'CONTACT', company_id: null, merged_company_id: null }),
  saved_views: () => ({ team_id: null }),
  deal_stages: () => ({ stage: nextStage(), probability: 50, stale_after_days: 30 }),
  deal_close_reasons: () => ({ status: 'LOST' }),
  data_keys: () => ({ key_id: '0123abcd' }),
  creator_platforms: () => ({ stated_engagement_rate: null, stated_engagement_basis: null }),
  creator_audiences: () => ({ countries: [], cities: [], gender_ages: [] }),
  // Of what waits there is one of a kind, see the unique index.
  creator_sync_runs: () => ({ status: 'SUCCESS', kind: 'EVERYTHING', history_from: null }),
  creator_connect_links: () => ({ token_hash: '0'.repeat(64) }),
  creator_contract_usage_rights: () => ({ channel: 'PAID_SOCIAL' }),
  contract_files: () => ({
    content_type: 'application/pdf',
    bytes: 1,
    sha256: '0'.repeat(64),
    stored_at: '2026-01-01T00:00:00Z',
  }),
  campaigns: () => ({ pauses_on: null, resumes_on: null }),
  // What boosts nobody's posts names no work.
  platform_campaigns: () => ({ is_boost: false, campaign_creator_id: null }),
  campaign_match_rules: () => ({ name_match: null, name_pattern: null, label: 'summer' }),
  campaign_briefs: () => ({ token_hash: '0'.repeat(64), number: nextNumber().slice(1) }),
  campaign_results: () => ({ clicks: 1, origin: `shop ${nextNumber()}` }),
  // Of what stands or is open there is one a campaign, see the unique indexes.
  budget_versions: () => ({ status: 'SUPERSEDED', number: nextNumber().slice(1) }),
  budget_lines: () => ({ kind: 'BOOST', month: null }),
  margin_rules: () => ({
    campaign_id: null,
    kind: 'MARKUP',
    percent: 10,
    valid_from: '2026-01-01',
    valid_to: null,
  }),
  lead_forms: () => ({
    source: 'META',
    page_id: nextNumber(),
    key_hash: null,
    key_made_at: null,
    previous_key_hash: null,
  }),
  webhook_events: () => ({ state: 'RECEIVED', next_attempt_at: '2026-01-01T00:00:00Z' }),
  found_accounts: () => ({ currency: 'AED', time_zone: 'Asia/Dubai' }),
  platform_settings: () => ({
    platform: nextPlatform('settings'),
    restatement_days: 28,
    backfill_months: 37,
  }),
  call_shares: () => ({ platform: nextPlatform('shares') }),
};

let numbers = 0;

/** A platform's number of something, no two alike. */
function nextNumber(): string {
  numbers += 1;
  return String(9_000_000_000 + numbers);
}

/** An agency has one row a stage: those of its two slots stand in the first two, the attempts want the others. */
const stages = ['LEAD', 'QUALIFIED', 'LEAD', 'PROPOSAL', 'NEGOTIATION', 'CLOSED'];
let stagesMade = 0;

function nextStage(): string | undefined {
  stagesMade += 1;
  return stages[stagesMade <= 3 ? stagesMade - 1 : 3 + (stagesMade % 3)];
}

/** As with the stages: an agency has one row a platform. */
const platforms = ['META', 'GOOGLE', 'META', 'TIKTOK', 'SNAPCHAT', 'LINKEDIN', 'TWITTER'];
const platformsMade = new Map<string, number>();

function nextPlatform(table: string): string | undefined {
  const made = (platformsMade.get(table) ?? 0) + 1;
  platformsMade.set(table, made);
  return platforms[made <= 3 ? made - 1 : 3 + (made % 4)];
}

/** References that stay empty: what a person owns or wrote is visible to them whatever its brand. */
const UNOWNED = new Set(['owner_id', 'parent_id', 'assignee_id']);

let counter = 0;

/** Makes rows of any table from the catalog alone, and the rows that these refer to. */
export class RowMaker {
  private readonly byName: ReadonlyMap<string, Table>;
  private readonly client: pg.ClientBase;

  /** `client` is a role that the policies do not hold. */
  constructor(client: pg.ClientBase, tables: readonly Table[]) {
    this.client = client;
    this.byName = new Map(tables.map((table) => [table.name, table]));
  }

  /** A row that could be inserted into this slot now; nothing collides with it. */
  async make(table: Table, slot: Slot): Promise<Row> {
    const row: Row = {};
    for (const column of table.columns) {
      if (column.name === 'organization_id' && isTenantTable(table)) row[column.name] = slot.organizationId;
      else if (column.isRequired || isIdentity(table, column)) row[column.name] = valueOf(column);
    }
    for (const key of table.foreignKeys) await this.refer(table, key, { slot, row });
    if (table.columns.some(({ name }) => name === 'brand_id')) row.brand_id = slot.brandId;
    return { ...row, ...RULES[table.name]?.(slot) };
  }

  /** Makes a row and inserts it; answers it as the database has it. */
  async add(table: Table, slot: Slot, change: Row = {}): Promise<Row> {
    const row = { ...(await this.make(table, slot)), ...change };
    const { rows } = await this.client.query<Row>(`${insertOf(table, row)} returning *`);
    const [added] = rows;
    if (!added) throw new Error(`${table.name} kept no row.`);
    return added;
  }

  private async refer(table: Table, key: ForeignKey, { slot, row }: { slot: Slot; row: Row }): Promise<void> {
    const own = key.columns.filter((name) => name !== 'organization_id');
    const [column] = own;
    const target = this.byName.get(key.target);
    const isRequired = table.columns.some(({ name, isRequired }) => name === column && isRequired);
    if (!column || !target || (UNOWNED.has(column) && !isRequired)) return;
    if ((!isTenantTable(target) || target === table) && !isRequired) return;
    const there = slot.rows.get(target.name);
    const parent =
      there && isTenantTable(target) && !mustBeFresh(table, column) ? there : await this.add(target, slot);
    key.columns.forEach((name, index) => {
      if (name !== 'organization_id') row[name] = parent[key.targetColumns[index] ?? ''];
    });
  }
}

/** The statement that inserts it, its values written out, since COPY and savepoints share one connection. */
export function insertOf(table: Table, row: Row): string {
  const names = Object.keys(row);
  const json = JSON.stringify(row).replaceAll("'", "''");
  const columns = names.map((name) => `"${name}"`).join(', ');
  return `insert into public.${table.name} (${columns})
    select ${columns} from jsonb_populate_record(null::public.${table.name}, '${json}'::jsonb)`;
}

/** A row's primary key as a condition. */
export function isRow(table: Table, row: Row): string {
  return `(${table.primaryKey.map((name) => `"${name}" = '${literal(row[name])}'`).join(' and ')})`;
}

/** A row's primary key as one text, as keyText selects it. */
export function keyOf(table: Table, row: Row): string {
  return table.primaryKey.map((name) => literal(row[name])).join('/');
}

/** The SQL of a row's primary key as one text. */
export function keyText(table: Table): string {
  return `concat_ws('/', ${table.primaryKey.map((name) => `"${name}"::text`).join(', ')})`;
}

function literal(value: unknown): string {
  if (value instanceof Date) {
    const pad = (part: number) => String(part).padStart(2, '0');
    return `${value.getFullYear()}-${pad(value.getMonth() + 1)}-${pad(value.getDate())}`;
  }
  return String(value).replaceAll("'", "''");
}

/** Where all of a unique key refers to others, its last part has to be a new one. */
function mustBeFresh(table: Table, column: string): boolean {
  const referring = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  return table.uniqueKeys.some(
    (key) => key.at(-1) === column && key.every((name) => name === 'organization_id' || referring.has(name)),
  );
}

/** An id of its own, not a reference: known before the insert, so that a re-read can look for it. */
function isIdentity(table: Table, { name }: Column): boolean {
  return name === 'id' && table.primaryKey.includes('id');
}

function valueOf({ type, labels }: Column): unknown {
  counter += 1;
  if (labels) return labels[0];
  if (type.endsWith('[]')) return [];
  if (type === 'uuid') return randomUUID();
  if (type === 'character(3)') return 'AED';
  if (type === 'boolean') return false;
  if (type === 'date') return new Date(Date.UTC(2000, 0, 1 + counter)).toISOString().slice(0, 10);
  if (type.startsWith('timestamp')) return '2026-01-01T00:00:00Z';
  if (type === 'bytea') return `\\x01${'00'.repeat(40)}`;
  if (type === 'jsonb') return {};
  if (/^(integer|bigint|smallint|numeric|double)/.test(type)) return counter;
  // As long as a hash in hex, which is what the columns of a fixed length hold.
  return createHash('sha256').update(`row ${counter}`).digest('hex');
}
