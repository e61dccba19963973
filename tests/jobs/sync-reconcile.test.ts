import { Big } from 'big.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runSync } from '../../server/domain/sync/run.ts';
import type { SyncServices } from '../../server/domain/sync/services.ts';
import type { AccountDay } from '../../server/integrations/ad-platform.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import { plusDays } from '../../server/kernel/time-zones.ts';
import { useTestDatabase } from '../support/database.ts';
import { connectAgency, jobServices, TestClock, useMeta } from '../support/meta.ts';
import { createWorld, type World } from '../support/world.ts';
import { bend } from './bent-platform.ts';

const database = useTestDatabase();
const clock = new TestClock();
useMeta(clock);
let world: World;
let services: SyncServices;
let agency: Awaited<ReturnType<typeof connectAgency>>;
let account: { id: string; today: string; currency: string };

beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now });
  services = jobServices(world);
  agency = await connectAgency(world, world.demo);
  account = agency.adAccounts[0] ?? { id: '', today: '', currency: '' };
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.ownerDb.pool.query('delete from sync_runs');
  await world.ownerDb.pool.query('delete from sync_differences');
});

async function syncNow(using: SyncServices = services) {
  const { syncRunId } = await agency.api.adAccounts.sync({ adAccountId: account.id });
  const outcome = await runSync(using, { organizationId: world.demo.organizationId, syncRunId });
  expect(outcome).toBe('succeeded');
  return agency.api.syncRuns.byId({ syncRunId });
}

/** The account's own totals, changed. */
function telling(change: (day: AccountDay) => AccountDay | null): SyncServices {
  return bend(services, (platform) => ({
    async *accountDays(access, subject, range) {
      for await (const page of platform.accountDays(access, subject, range))
        yield page.map(change).filter((day) => day !== null);
    },
  }));
}

describe('the account’s own totals', () => {
  it('agree with the sum of its campaigns, on every day that is over', async () => {
    const run = await syncNow();
    // Four weeks and a day, of which today still runs.
    expect(run).toMatchObject({ daysChecked: 28, daysDiffering: 0, differences: [], note: null });
  });

  it('that differ are kept with both sums, and forgotten once they agree', async () => {
    const date = plusDays(account.today, -5);
    const differing = await syncNow(
      telling((day) =>
        day.date === date ? { ...day, spend: new Big(day.spend).plus(5).toFixed(), impressions: 1 } : day,
      ),
    );
    expect(differing).toMatchObject({ status: 'SUCCESS', daysDiffering: 1 });
    const [difference, ...others] = differing.differences;
    expect(others).toEqual([]);
    expect(difference).toMatchObject({ date, currency: account.currency, accountImpressions: 1 });
    expect(new Big(difference?.accountSpend ?? '0').minus(difference?.campaignSpend ?? '0').toFixed()).toBe(
      '5',
    );
    const { days } = await agency.api.syncRuns.days({ adAccountId: account.id, from: date, to: date });
    expect(days[0]?.difference).toEqual(difference);
    expect(await syncNow()).toMatchObject({ daysDiffering: 0, differences: [] });
  });

  it('that name a day of which the campaigns know nothing, or miss one that they know, differ', async () => {
    const gone = plusDays(account.today, -3);
    const run = await syncNow(telling((day) => (day.date === gone ? null : day)));
    expect(run.differences.map(({ date, accountSpend }) => [date, Number(accountSpend)])).toEqual([
      [gone, 0],
    ]);
  });

  it('that differ by what rounding every row makes do not differ', async () => {
    const run = await syncNow(
      telling((day) => ({ ...day, spend: new Big(day.spend).plus('0.01').toFixed() })),
    );
    expect(run.daysDiffering).toBe(0);
  });

  it('that the platform does not give take nothing from the figures, and the run says so', async () => {
    const refusing = bend(services, () => ({
      async *accountDays() {
        yield await Promise.reject<never>(
          new PlatformError({ kind: 'skip', code: '10', message: 'Totals are not for you.' }),
        );
      },
    }));
    const run = await syncNow(refusing);
    expect(run).toMatchObject({ status: 'SUCCESS', daysChecked: 0 });
    expect(run.note).toMatch(/could not be compared: Totals are not for you/);
    expect(run.rowsRead).toBeGreaterThan(0);
  });

  it('are asked for with the grant, whose end ends the run', async () => {
    const dead = bend(services, () => ({
      async *accountDays() {
        yield await Promise.reject<never>(
          new PlatformError({ kind: 'reauthorize', code: '190/460', message: 'Connect again.' }),
        );
      },
    }));
    const { syncRunId } = await agency.api.adAccounts.sync({ adAccountId: account.id });
    expect(await runSync(dead, { organizationId: world.demo.organizationId, syncRunId })).toBe('failed');
    const [connection] = await agency.api.adAccounts.connections();
    expect(connection?.state).toBe('REVOKED');
  });
});
