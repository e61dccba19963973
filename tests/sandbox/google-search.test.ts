import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AdAccount } from '../../sandbox/world/accounts.ts';
import { accountsOn } from '../../sandbox/world/world.ts';
import {
  type AdsRow,
  arm,
  ask,
  type Ask,
  listAccessible,
  type Page,
  reach,
  readJson,
  refusalOf,
  type Rig,
  startRig,
  stream,
  tokensOf,
  walk,
} from './google-client.ts';

let rig: Rig;
let token: string;
beforeEach(async () => {
  rig = startRig({ now: '2026-11-20T09:30:00Z', seed: 3 });
  token = (await tokensOf('dana')).access_token;
});
afterEach(() => rig.server.close());

const accounts = () => accountsOn(rig.state.world, 'google');
const account = (index: number): AdAccount => {
  const found = accounts()[index];
  if (!found) throw new Error(`no account ${index}`);
  return found;
};
const on = (index: number, query: string): Ask => ({ token, query, ...reach(account(index)) });
const manager = (index: number): string => account(index).manager?.id ?? '';
const October = "segments.date BETWEEN '2026-10-01' AND '2026-10-31'";
const refusal = async (question: Ask) => refusalOf(await ask('search', question));

describe('customers', () => {
  test('lists those into which the person was let: managers at the top, and accounts that are shared directly', async () => {
    const { resourceNames } = await readJson<{ resourceNames: string[] }>(await listAccessible(token));
    const direct = accounts().filter(({ isDirect, viewer }) => isDirect && viewer.key === 'dana');
    const expected = [manager(0), manager(7), ...direct.map(({ id }) => id)].map((id) => `customers/${id}`);
    expect([...resourceNames].sort()).toEqual(expected.sort());
    expect(resourceNames.every((name) => /^customers\/\d{10}$/.test(name))).toBe(true);
  });

  test('shows a manager’s clients by level, the nested one’s below it, and the cancelled one', async () => {
    const fields = [
      'id',
      'level',
      'manager',
      'status',
      'currency_code',
      'time_zone',
      'descriptive_name',
      'hidden',
    ];
    const query = `SELECT ${fields.map((name) => `customer_client.${name}`).join(', ')} FROM customer_client`;
    const question = { token, customerId: manager(0), query };
    const clients = (await walk(question)).rows.map(({ customerClient }) => customerClient ?? {});
    const levels = new Map(clients.map(({ id, level }) => [id, level ?? '0']));
    expect(levels.get(manager(0))).toBe('0');
    expect([levels.get(manager(1)), levels.get(account(0).id)]).toEqual(['1', '1']);
    expect([levels.get(account(1).id), levels.get(account(3).id)]).toEqual(['2', '2']);
    expect([levels.has(account(4).id), levels.has(account(9).id)]).toEqual([false, false]);
    expect(clients.find(({ id }) => id === account(8).id)).toMatchObject({
      status: 'CANCELED',
      currencyCode: 'EUR',
    });
    const below = await walk({ ...question, query: `${query} WHERE customer_client.level <= 1` });
    expect(below.rows.some(({ customerClient }) => customerClient?.['id'] === account(1).id)).toBe(false);
    expect(below.rows.length).toBeLessThan(clients.length);
    for (const { customerClient } of below.rows)
      expect(customerClient?.['resourceName']).toMatch(/\/customerClients\//);
  });

  test('an account below a manager is reached in that manager’s name alone', async () => {
    const query = 'SELECT customer.id FROM customer';
    const nested = account(1).id;
    const denied = [403, 'authorizationError.USER_PERMISSION_DENIED'];
    const idOf = async (loginId: string | null) =>
      (await walk({ token, customerId: nested, loginId, query })).rows[0]?.customer?.['id'];
    expect(await idOf(manager(0))).toBe(nested);
    expect(await refusal({ token, customerId: nested, query })).toEqual(denied);
    // The nested manager stands above it, but the person was not let into that one.
    expect(await refusal({ token, customerId: nested, loginId: manager(1), query })).toEqual(denied);
    expect(await refusal({ token, customerId: nested, loginId: manager(7), query })).toEqual(denied);
    expect(await refusal({ token, customerId: account(9).id, query })).toEqual(denied);
    expect(await refusal({ token, customerId: '9999999999', query })).toEqual(denied);
    expect(await refusal({ token, customerId: nested, loginId: '123-456-7890', query })).toEqual([
      400,
      'headerError.INVALID_LOGIN_CUSTOMER_ID',
    ]);
  });

  test('one that is shared both ways is reached both ways', async () => {
    const query = 'SELECT customer.descriptive_name FROM customer';
    for (const loginId of [null, manager(5)]) {
      const { rows } = await walk({ token, customerId: account(5).id, loginId, query });
      expect(rows[0]?.customer?.['descriptiveName']).toBe(account(5).name);
    }
  });

  test('a cancelled one refuses everything from the day on which it was cancelled', async () => {
    const question = on(8, 'SELECT customer.id FROM customer');
    expect(await refusal(question)).toEqual([403, 'authorizationError.CUSTOMER_NOT_ENABLED']);
    rig.clock.now = new Date('2026-03-09T12:00:00Z');
    question.token = (await tokensOf('dana')).access_token;
    expect((await walk(question)).rows).toHaveLength(1);
  });

  test('a manager has no figures', async () => {
    const question = { token, customerId: manager(0) };
    const metrics = `SELECT metrics.impressions FROM campaign WHERE ${October}`;
    expect(await refusal({ ...question, query: metrics })).toEqual([
      400,
      'queryError.REQUESTED_METRICS_FOR_MANAGER',
    ]);
    const rows = await walk({ ...question, query: 'SELECT customer.id, customer.manager FROM customer' });
    expect(rows.rows[0]?.customer).toMatchObject({ manager: true });
  });
});

describe('campaigns', () => {
  const FIELDS = ['id', 'name', 'status', 'advertising_channel_type', 'start_date_time', 'end_date_time'];
  const BUDGET = ['amount_micros', 'total_amount_micros', 'explicitly_shared', 'id'];
  const QUERY = `SELECT ${[
    ...FIELDS.map((name) => `campaign.${name}`),
    ...BUDGET.map((name) => `campaign_budget.${name}`),
  ].join(', ')} FROM campaign`;

  test('removed ones are in the list unless they are filtered, and ids are texts', async () => {
    const { rows } = await stream(on(0, QUERY));
    const statuses = rows.map(({ campaign }) => campaign?.['status']);
    expect(new Set(statuses)).toEqual(new Set(['ENABLED', 'PAUSED', 'REMOVED']));
    for (const { campaign } of rows) {
      expect(campaign?.['id']).toMatch(/^\d{11}$/);
      expect(campaign?.['resourceName']).toBe(
        `customers/${account(0).id}/campaigns/${String(campaign?.['id'])}`,
      );
      expect(campaign?.['startDateTime']).toMatch(/^\d{4}-\d\d-\d\d 00:00:00$/);
    }
    const living = await stream(on(0, `${QUERY} WHERE campaign.status IN ('ENABLED', 'PAUSED')`));
    expect(living.rows.length).toBe(statuses.filter((status) => status !== 'REMOVED').length);
    const others = await stream(
      on(0, `${QUERY} WHERE campaign.status != 'REMOVED' ORDER BY campaign.id DESC LIMIT 2`),
    );
    const ids = others.rows.map(({ campaign }) => String(campaign?.['id']));
    expect(ids).toEqual([...ids].sort().reverse());
    expect(ids).toHaveLength(2);
  });

  test('name their labels by resource names, which the account’s labels resolve', async () => {
    const { rows } = await stream(on(0, 'SELECT campaign.id, campaign.labels FROM campaign'));
    const labels = await stream(
      on(0, `SELECT label.resource_name, label.name FROM label WHERE label.status = 'ENABLED'`),
    );
    const known = labels.rows.map(({ label }) => label?.['resourceName']);
    const named = rows.flatMap(({ campaign }) => (campaign?.['labels'] as string[] | undefined) ?? []);
    expect(named.length).toBeGreaterThan(0);
    expect(new Set(named)).toEqual(new Set(known));
    for (const { label } of labels.rows) expect(label?.['name']).toMatch(/\S/);
    expect(rows.some(({ campaign }) => campaign?.['labels'] === undefined)).toBe(true);
  });

  test('budgets are whole billable units in micros: of a day, of the whole flight, or shared', async () => {
    const shared: unknown[] = [];
    for (const [index, unit] of [
      [1, 1_000_000n],
      [2, 1_000n],
      [3, 10_000n],
    ] as const) {
      for (const { campaignBudget: budget = {} } of (await stream(on(index, QUERY))).rows) {
        const amounts = [budget['amountMicros'], budget['totalAmountMicros']].filter(
          (amount) => amount !== undefined,
        );
        expect(amounts).toHaveLength(1);
        expect(BigInt(amounts[0] as string) % unit).toBe(0n);
        if (budget['explicitlyShared'] === true) shared.push(budget['resourceName']);
      }
    }
    expect(shared.length).toBeGreaterThan(2);
  });
});

describe('daily rows', () => {
  const FIGURES = ['metrics.impressions', 'metrics.cost_micros', 'metrics.conversions', 'metrics.clicks'];
  const DAILY = `SELECT campaign.id, segments.date, ${FIGURES.join(', ')} FROM campaign WHERE ${October}`;
  const keyOf = ({ campaign, segments }: AdsRow) => `${segments?.['date']} ${String(campaign?.['id'])}`;

  test('int64 is text, doubles are numbers, and a zero is sometimes left out and sometimes printed', async () => {
    const query = `SELECT campaign.id, segments.date, metrics.impressions, metrics.cost_micros, metrics.conversions,
      metrics.video_quartile_p25_rate FROM campaign WHERE segments.date BETWEEN '2026-09-01' AND '2026-11-19'`;
    const rows: AdsRow[] = [];
    for (const index of [0, 1, 4]) rows.push(...(await walk(on(index, query))).rows);
    for (const { metrics = {} } of rows) {
      expect(metrics['impressions']).toMatch(/^[1-9]\d*$/);
      if (metrics['costMicros'] !== undefined) expect(metrics['costMicros']).toMatch(/^\d+$/);
      if (metrics['conversions'] !== undefined) expect(typeof metrics['conversions']).toBe('number');
    }
    const zero = (name: string, value: string | number) => [
      rows.filter(({ metrics = {} }) => metrics[name] === undefined).length,
      rows.filter(({ metrics = {} }) => metrics[name] === value).length,
    ];
    for (const counts of [zero('conversions', 0), zero('videoQuartileP25Rate', 0), zero('costMicros', '0')]) {
      for (const found of counts) expect(found).toBeGreaterThan(0);
    }
  });

  test('a row in which nothing that was asked for happened is dropped, and no order is promised', async () => {
    const SOLD = `SELECT campaign.id, segments.date, metrics.conversions FROM campaign WHERE ${October}`;
    let [every, sold] = [0, 0];
    for (const index of [0, 1, 2, 3, 4]) {
      every += (await walk(on(index, DAILY))).rows.length;
      sold += (await walk(on(index, SOLD))).rows.length;
    }
    expect(sold).toBeGreaterThan(0);
    expect(sold).toBeLessThan(every);
    const all = (await walk(on(0, DAILY))).rows;
    const dates = all.map(({ segments }) => segments?.['date'] ?? '');
    expect(dates).not.toEqual([...dates].sort());
    const ordered = (await walk(on(0, `${DAILY} ORDER BY segments.date DESC`))).rows;
    expect(ordered.map(({ segments }) => segments?.['date'] ?? '')).toEqual([...dates].sort().reverse());
  });

  test('without a segment every campaign is one row of the whole period, those without delivery too', async () => {
    const { rows } = await walk(
      on(0, `SELECT campaign.id, metrics.impressions FROM campaign WHERE ${October}`),
    );
    const daily = (await walk(on(0, DAILY))).rows;
    expect(rows.length).toBeGreaterThan(new Set(daily.map(({ campaign }) => campaign?.['id'])).size);
    const sum = (some: AdsRow[]) =>
      some.reduce((total, { metrics }) => total + Number(metrics?.['impressions'] ?? 0), 0);
    expect(sum(rows)).toBe(sum(daily));
    const whole = await walk(
      on(0, `SELECT segments.month, metrics.impressions FROM customer WHERE ${October}`),
    );
    expect(whole.rows).toMatchObject([
      { segments: { month: '2026-10-01' }, metrics: { impressions: String(sum(rows)) } },
    ]);
  });

  test('pages keep every row once, and the moment at which they were first asked', async () => {
    const { rows, pages } = await walk(on(0, DAILY.replace('2026-10-01', '2026-08-01')));
    expect(pages).toBeGreaterThan(2);
    expect(new Set(rows.map(keyOf)).size).toBe(rows.length);
    const question = on(0, DAILY.replace('2026-10-31', '2026-11-20'));
    const first = await readJson<Page>(await ask('search', question));
    const before = await walk(question);
    rig.clock.now = new Date('2026-11-20T10:00:01Z');
    await arm({ kind: 'restate_days' });
    const rest = await walk({ ...question, body: { pageToken: first.nextPageToken } });
    expect([...(first.results ?? []), ...rest.rows]).toEqual(before.rows);
    expect((await walk(question)).rows).not.toEqual(before.rows);
  });

  test('a page token is of its question alone, and is forgotten after two hours', async () => {
    const question = on(0, DAILY.replace('2026-10-01', '2026-08-01'));
    const { nextPageToken } = await readJson<Page>(await ask('search', question));
    const body = { pageToken: nextPageToken };
    expect(await refusal({ ...on(0, DAILY), body })).toEqual([400, 'requestError.INVALID_PAGE_TOKEN']);
    expect(await refusal({ ...question, body: { pageToken: 'x' } })).toEqual([
      400,
      'requestError.INVALID_PAGE_TOKEN',
    ]);
    rig.clock.now = new Date('2026-11-20T11:30:01Z');
    question.token = (await tokensOf('dana')).access_token;
    expect(await refusal({ ...question, body })).toEqual([400, 'requestError.EXPIRED_PAGE_TOKEN']);
  });

  test('a stream is an array of batches with the same rows, and one without rows where there are none', async () => {
    const { rows } = await walk(on(0, `${DAILY} ORDER BY segments.date`));
    const streamed = await stream(on(0, `${DAILY} ORDER BY segments.date`));
    expect(streamed.rows).toEqual(rows);
    expect(streamed.batches).toBeGreaterThan(1);
    const none = "WHERE segments.date = '2027-01-01'";
    const query = `SELECT campaign.id, segments.date, metrics.clicks FROM campaign ${none}`;
    expect(await readJson(await ask('searchStream', on(0, query)))).toEqual([
      { fieldMask: 'campaign.id,segments.date,metrics.clicks', requestId: expect.any(String) as string },
    ]);
    expect((await readJson<Page>(await ask('search', on(0, query)))).results).toBeUndefined();
  });

  test('people are counted by campaign, of some kinds, over 92 days at most', async () => {
    const query = (from: string, to: string) =>
      `SELECT campaign.id, campaign.advertising_channel_type, metrics.impressions, metrics.unique_users,
       metrics.average_impression_frequency_per_user FROM campaign
       WHERE segments.date BETWEEN '${from}' AND '${to}' AND metrics.impressions > 0`;
    const counted = new Map<unknown, boolean[]>();
    for (const index of [0, 1, 2, 3, 4, 5, 6]) {
      for (const { campaign = {}, metrics = {} } of (await walk(on(index, query('2026-09-01', '2026-11-19'))))
        .rows) {
        const users = metrics['uniqueUsers'];
        const kind = campaign['advertisingChannelType'];
        counted.set(kind, [...(counted.get(kind) ?? []), users !== undefined]);
        if (users === undefined) continue;
        expect(Number(users)).toBeLessThanOrEqual(Number(metrics['impressions']));
        expect(metrics['averageImpressionFrequencyPerUser']).toBeGreaterThanOrEqual(1);
      }
    }
    for (const [kind, answers] of counted) {
      expect(new Set(answers)).toEqual(new Set([['DISPLAY', 'VIDEO', 'DEMAND_GEN'].includes(String(kind))]));
    }
    expect([counted.has('SEARCH'), counted.has('VIDEO') || counted.has('DEMAND_GEN')]).toEqual([true, true]);
    expect(await refusal(on(0, query('2026-08-01', '2026-11-19')))).toEqual([
      400,
      'queryError.DATE_RANGE_TOO_WIDE',
    ]);
    const whole = `SELECT metrics.unique_users FROM customer WHERE ${October}`;
    expect((await refusal(on(0, whole)))[1]).toBe('queryError.PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE');
  });
});
