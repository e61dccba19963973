import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fetchRates } from '../../jobs/tasks/fetch-rates.ts';
import type { JobServices } from '../../jobs/services.ts';
import { createSandbox } from '../../sandbox/handlers.ts';
import { newestRateDate, parseRatesFile } from '../../server/domain/fx/ingest.ts';
import { loadConfig } from '../../server/kernel/config.ts';
import { useTestDatabase } from '../support/database.ts';
import { jobServices, TestClock } from '../support/meta.ts';
import { createWorld, type World } from '../support/world.ts';

const URL_OF_RATES = 'http://rates.test/fx/eurofxref.xml';
const database = useTestDatabase();
const clock = new TestClock();
const sandbox = createSandbox({ baseUrl: 'http://rates.test', now: clock.now });
const server = setupServer(...sandbox.handlers);
let world: World;
let services: JobServices;

beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'error' });
  world = await createWorld(database(), { now: clock.now });
  services = {
    ...jobServices(world),
    config: loadConfig({ FX_RATES_URL: URL_OF_RATES, LOG_LEVEL: 'silent' }),
  };
});
afterEach(() => {
  server.resetHandlers();
  sandbox.state.clearFaults();
});
afterAll(async () => {
  server.close();
  await world.close();
});

/** As the ECB writes it, with single quotes and a Cube a day. */
const ECB = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
  <gesmes:subject>Reference rates</gesmes:subject>
  <gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
  <Cube><Cube time='2026-04-14'><Cube currency='USD' rate='1.1801'/><Cube currency='JPY' rate='171.05'/></Cube>
  <Cube time='2026-04-13'><Cube currency='USD' rate='1.1765'/></Cube></Cube>
</gesmes:Envelope>`;

describe('the exchange rates file', () => {
  it('is read with every day in it, and its sender is named as the source', () => {
    expect(parseRatesFile(ECB)).toEqual([
      { date: '2026-04-14', base: 'EUR', quote: 'USD', rate: '1.1801', source: 'ECB' },
      { date: '2026-04-14', base: 'EUR', quote: 'JPY', rate: '171.05', source: 'ECB' },
      { date: '2026-04-13', base: 'EUR', quote: 'USD', rate: '1.1765', source: 'ECB' },
    ]);
    expect(parseRatesFile(ECB.replace('European Central Bank', 'Somebody'))[0]?.source).toBe('Somebody');
  });

  it.each([
    ['breaks off', ECB.slice(0, -40)],
    ['is no such file', '<html>Not here</html>'],
    ['holds no rates', ECB.replace(/<Cube.*<\/Cube>/s, '<Cube></Cube>')],
    ['holds a rate that is none', ECB.replace('1.1801', 'N/A')],
    ['holds a rate of nothing', ECB.replace('1.1801', '0')],
  ])('that %s is refused whole', (_what, xml) => {
    expect(() => parseRatesFile(xml)).toThrow(/does not know|not whole/);
  });

  it('is stored once, marked as the sandbox’s where it is, and a stored rate is never rewritten', async () => {
    const added = await fetchRates(services);
    expect(added).toBeGreaterThan(500);
    expect(await fetchRates(services)).toBe(0);
    expect(await newestRateDate(world.jobsDb)).toBe('2026-05-20');
    const { rows } = await world.ownerDb.pool.query('select distinct source from fx_rates');
    expect(rows).toEqual([{ source: 'SpokeStack sandbox' }]);
    server.use(http.get(URL_OF_RATES, () => HttpResponse.xml(ECB.replaceAll('2026-04-14', '2026-05-20'))));
    const before = await rateOf('USD');
    await fetchRates(services);
    expect(await rateOf('USD')).toBe(before);
  });

  it('that fails or breaks off changes nothing and is tried again', async () => {
    const { rows } = await world.ownerDb.pool.query('select count(*)::int4 as count from fx_rates');
    for (const kind of ['error_500', 'truncated_body'] as const) {
      sandbox.state.faults.arm({ platform: 'fx', kind });
      await expect(fetchRates(services)).rejects.toMatchObject({ name: 'PlatformError' });
      sandbox.state.clearFaults();
    }
    expect((await world.ownerDb.pool.query('select count(*)::int4 as count from fx_rates')).rows).toEqual(
      rows,
    );
  });

  it('is not fetched where no address is set', async () => {
    const without = { ...services, config: loadConfig({ LOG_LEVEL: 'silent' }) };
    expect(await fetchRates(without)).toBe(0);
  });
});

async function rateOf(quote: string): Promise<string | undefined> {
  const { rows } = await world.ownerDb.pool.query<{ rate: string }>(
    `select rate::text from fx_rates where quote = $1 and date = '2026-05-20'`,
    [quote],
  );
  return rows[0]?.rate;
}
