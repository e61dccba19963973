import pg from 'pg';
import type { TestDatabase } from '../support/database.ts';
import { createWorld, type World } from '../support/world.ts';
import { type Row, RowMaker, type Slot } from './rows.ts';
import { isTenantTable, readTables, type Table } from './tables.ts';

/** A row of every table at two brands of one agency and at one of another, made from the catalog. */
export interface Fixture {
  world: World;
  tables: Table[];
  maker: RowMaker;
  slots: { first: Slot; second: Slot; foreign: Slot };
  /** Held by no policy, and able to become any role. */
  superuser: pg.Client;
  close(): Promise<void>;
}

/** What stands in a slot because createWorld made it, or belongs to somebody in particular. */
type Placed = Readonly<Record<string, Row>>;

export async function createFixture(database: TestDatabase): Promise<Fixture> {
  const world = await createWorld(database);
  const superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
  // Texts as the server has them: a date or a count is compared, never reckoned with.
  await superuser.query(`set time zone 'UTC'; set datestyle to 'ISO'`);
  const tables = await readTables(superuser);
  const maker = new RowMaker(superuser, tables);
  const { demo, rival } = world;
  const { owner, member } = demo.people;
  const slots = {
    first: slotOf(demo.organizationId, demo.brands.first),
    second: slotOf(demo.organizationId, demo.brands.second),
    foreign: slotOf(rival.organizationId, rival.brands.first),
  };
  await fill(maker, tables, { slot: slots.first, placed: personal(owner.userId) });
  await fill(maker, tables, { slot: slots.second, placed: personal(member.userId) });
  await fill(maker, tables, { slot: slots.foreign, placed: {} });
  return {
    world,
    tables,
    maker,
    slots,
    superuser,
    close: async () => {
      await superuser.end();
      await world.close();
    },
  };
}

/** What is seen by one person alone: see PERSONAL of the oracle. */
function personal(userId: string): Placed {
  return {
    idempotency_keys: { user_id: userId },
    saved_views: { owner_id: userId },
    saved_view_choices: { user_id: userId },
    notifications: { user_id: userId },
    bulk_changes: { created_by_id: userId },
  };
}

async function fill(
  maker: RowMaker,
  tables: readonly Table[],
  { slot, placed }: { slot: Slot; placed: Placed },
): Promise<void> {
  for (const table of tables) {
    if (slot.rows.has(table.name)) continue;
    if (!isTenantTable(table) && table.name === 'users') continue;
    slot.rows.set(table.name, await maker.add(table, slot, placed[table.name]));
  }
}

/** The brand itself is the slot's row of organizations. */
function slotOf(organizationId: string, brandId: string): Slot {
  const brand = { organization_id: organizationId, id: brandId };
  return { organizationId, brandId, rows: new Map([['organizations', brand]]) };
}
