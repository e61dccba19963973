import { type sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import type { JobServices } from '../../jobs/services.ts';
import type { Network } from '../../sandbox/world/networks.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { type CreatorSyncOutcome, runCreatorSync } from '../../server/domain/creator-sync/run.ts';
import { useTestDatabase } from './database.ts';
import { jobServices, TestClock } from './meta.ts';
import { PHYLLO, type PhylloStandIn, usePhyllo } from './phyllo.ts';
import { type Agency, caller, createWorld, type Person, type World } from './world.ts';

/** What a test file of creators' connections works with; `world` and `jobs` are there once beforeAll has run. */
export interface CreatorWorld {
  clock: TestClock;
  phyllo: PhylloStandIn;
  world: () => World;
  jobs: () => CreatorJobs;
}

export type CreatorJobs = Pick<JobServices, 'jobsDb' | 'creatorNetwork' | 'log' | 'now'>;

/** Two agencies beside a Phyllo of their own, whose clock a test moves. */
export function useCreatorWorld(seed?: number): CreatorWorld {
  const database = useTestDatabase();
  const clock = new TestClock();
  const phyllo = usePhyllo(clock, seed);
  let world: World | null = null;
  const made = () => {
    if (!world) throw new Error('The world is there once beforeAll has run.');
    return world;
  };
  let jobs: CreatorJobs | null = null;
  beforeAll(async () => {
    world = await createWorld(database(), { settings: PHYLLO, now: clock.now });
  });
  afterAll(() => made().close());
  return { clock, phyllo, world: made, jobs: () => (jobs ??= jobServices(made())) };
}

let made = 0;

/** A creator of an agency, with a contact of their own. */
export async function newCreator(
  world: World,
  { agency = world.demo, brandId = null }: { agency?: Agency; brandId?: string | null } = {},
): Promise<string> {
  made += 1;
  const owner = caller(world, agency.people.owner.principal);
  const contact = await owner.contacts.create({ firstName: 'Noor', lastName: `Number ${made}`, brandId });
  return (await owner.creators.create({ contactId: contact.id, brandId })).id;
}

interface Connecting {
  creatorId: string;
  network: Network;
  /** Of somebody in the sandbox's world. */
  handle: string;
  who?: Person;
}

/** Whose account it is, as Phyllo names it. */
export async function usernameOf(phyllo: PhylloStandIn, network: Network, handle: string): Promise<string> {
  const person = (await phyllo.people()).find((each) => each.network === network && each.handle === handle);
  if (!person) throw new Error(`Nobody on ${network} is ${handle}.`);
  return person.username;
}

/** Connects an account as the creator's page does: session, window, confirmation. */
export async function connectAccount(
  { world, phyllo }: Pick<CreatorWorld, 'world' | 'phyllo'>,
  { creatorId, network, handle, who = world().demo.people.owner }: Connecting,
) {
  const api = caller(world(), who.principal);
  const { userId } = await api.creatorConnect.session({ creatorId });
  const username = await usernameOf(phyllo, network, handle);
  const { accountId } = await phyllo.connect({ userId, network, username });
  const account = await api.creatorConnect.confirm({ creatorId, accountId });
  return { account, accountId, userId };
}

/** A new creator with an account; whoever of an earlier test had it has none any more. */
export async function connectAnew(
  creators: Pick<CreatorWorld, 'world' | 'phyllo'>,
  network: Network,
  handle: string,
) {
  const { world } = creators;
  const creatorId = await newCreator(world());
  await world().ownerDb.pool.query(
    'delete from creator_platforms where handle_key = $1 or native_id is not null',
    [handle],
  );
  return { creatorId, ...(await connectAccount(creators, { creatorId, network, handle })) };
}

/** Works off every run of an agency that waits, whether its time has come or not; what became of each. */
export async function workOff(
  { world, jobs, clock }: Pick<CreatorWorld, 'world' | 'jobs' | 'clock'>,
  agency: Agency = world().demo,
): Promise<CreatorSyncOutcome[]> {
  const outcomes: CreatorSyncOutcome[] = [];
  const { organizationId } = agency;
  for (let round = 0; round < 30; round += 1) {
    const waiting = await waitingRuns(world(), organizationId);
    if (waiting.length === 0) return outcomes;
    for (const creatorSyncRunId of waiting)
      outcomes.push(await runCreatorSync(jobs(), { organizationId, creatorSyncRunId }));
    clock.at = new Date(clock.at.getTime() + 5_000);
  }
  throw new Error(`Runs do not end: ${outcomes.join(', ')}`);
}

export async function waitingRuns(world: World, organizationId: string): Promise<string[]> {
  return withTenant(world.jobsDb, jobPrincipal(organizationId), 'read', async (tx) => {
    const rows = await tx
      .selectFrom('creator_sync_runs')
      .select('id')
      .where('status', '=', 'QUEUED')
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(({ id }) => id);
  });
}

/** Rows of an agency as they stand, by a statement of the test's own. */
export async function rowsOf<T>(
  world: World,
  organizationId: string,
  statement: ReturnType<typeof sql<T>>,
): Promise<T[]> {
  const { rows } = await withTenant(world.jobsDb, jobPrincipal(organizationId), 'read', (tx) =>
    statement.execute(tx),
  );
  return rows;
}
