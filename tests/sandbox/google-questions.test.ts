import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AdAccount } from '../../sandbox/world/accounts.ts';
import { accountsOn } from '../../sandbox/world/world.ts';
import {
  ask,
  type Ask,
  listAccessible,
  type Page,
  reach,
  readJson,
  refusalOf,
  type Rig,
  startRig,
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
const October = "segments.date BETWEEN '2026-10-01' AND '2026-10-31'";
const refusal = async (question: Ask) => refusalOf(await ask('search', question));

test.each([
  ['SELECT FROM campaign', 'queryError.BAD_FIELD_NAME'],
  ['campaign.id FROM campaign', 'queryError.EXPECTED_SELECT'],
  ['SELECT campaign.id', 'queryError.EXPECTED_FROM'],
  ['SELECT campaign.id FROM ad_group', 'queryError.BAD_RESOURCE_TYPE_IN_FROM_CLAUSE'],
  ['SELECT campaign.colour FROM campaign', 'queryError.UNRECOGNIZED_FIELD'],
  ['SELECT campaign.start_date FROM campaign', 'queryError.UNRECOGNIZED_FIELD'],
  [`SELECT metrics.video_views FROM campaign WHERE ${October}`, 'queryError.UNRECOGNIZED_FIELD'],
  ['SELECT constructor.name FROM campaign', 'queryError.UNRECOGNIZED_FIELD'],
  ['SELECT campaign.id FROM customer', 'queryError.PROHIBITED_RESOURCE_TYPE_IN_SELECT_CLAUSE'],
  ['SELECT segments.date, metrics.clicks FROM campaign', 'queryError.EXPECTED_FILTERS_ON_DATE_RANGE'],
  [
    "SELECT segments.date, metrics.clicks FROM campaign WHERE segments.date >= '2026-10-01'",
    'queryError.EXPECTED_FILTERS_ON_DATE_RANGE',
  ],
  ["SELECT segments.date FROM campaign WHERE segments.date = '2026-02-30'", 'queryError.INVALID_DATE_FORMAT'],
  [
    "SELECT metrics.clicks FROM campaign WHERE segments.month = '2026-10-01'",
    'queryError.EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE',
  ],
  ["SELECT campaign.id FROM campaign WHERE campaign.status = 'enabled'", 'queryError.BAD_ENUM_CONSTANT'],
  ['SELECT campaign.id FROM campaign LIMIT 0', 'queryError.BAD_LIMIT_VALUE'],
  ['SELECT campaign.id FROM campaign; DROP TABLE x', 'queryError.UNEXPECTED_INPUT'],
  ["SELECT campaign.id FROM campaign WHERE campaign.name = 'x", 'queryError.UNEXPECTED_INPUT'],
])('%s is refused', async (query, code) => {
  expect(await refusal(on(0, query))).toEqual([400, code]);
});

test('days are kept for 37 months, months for longer', async () => {
  const days = (from: string) =>
    `SELECT segments.date, metrics.clicks FROM campaign WHERE segments.date BETWEEN '${from}' AND '${from}'`;
  expect(await refusal(on(0, days('2023-10-19')))).toEqual([400, 'dateRangeError.INVALID_DATE']);
  expect((await ask('search', on(0, days('2023-10-20')))).status).toBe(200);
  expect(
    (await ask('search', on(0, days('2023-10-01').replaceAll('segments.date,', 'segments.month,')))).status,
  ).toBe(200);
});

test('a date range may be told in words, a name by its pattern, and keywords in either case', async () => {
  const words = `select segments.date, metrics.clicks from customer where segments.date during LAST_7_DAYS`;
  const { rows } = await walk(on(0, words));
  const dates = rows.map(({ segments }) => segments?.['date']).sort();
  expect([dates[0], dates.at(-1)]).toEqual(['2026-11-13', '2026-11-19']);
  const code = account(0).name.slice(0, 2).toUpperCase();
  const named = await walk(on(0, `SELECT campaign.name FROM campaign WHERE campaign.name LIKE '${code}%'`));
  for (const { campaign } of named.rows) expect(String(campaign?.['name']).toUpperCase()).toMatch(`${code}`);
});

test('what Google took away is refused, and the developer token may come or stay away', async () => {
  const query = 'SELECT customer.id FROM customer';
  expect(await refusal({ ...on(0, query), body: { pageSize: 100 } })).toEqual([
    400,
    'requestError.PAGE_SIZE_NOT_SUPPORTED',
  ]);
  expect(await refusal({ ...on(0, query), version: 'v22' })).toEqual([
    400,
    'requestError.UNSUPPORTED_VERSION',
  ]);
  expect((await ask('search', { ...on(0, query), version: 'v99' })).status).toBe(404);
  expect((await listAccessible(token, 'v21')).status).toBe(400);
  for (const headers of [{}, { 'developer-token': 'any' }]) {
    expect((await ask('search', { ...on(0, query), headers })).status).toBe(200);
  }
});

test('a total is counted and nothing else said, where that is asked for', async () => {
  const query = 'SELECT campaign.id FROM campaign';
  const { rows } = await walk(on(0, query));
  const searchSettings = { returnTotalResultsCount: true, omitResults: true };
  const page = await readJson<Page>(await ask('search', { ...on(0, query), body: { searchSettings } }));
  expect([page.totalResultsCount, page.results]).toEqual([String(rows.length), undefined]);
  expect(await readJson(await ask('search', { ...on(0, query), body: { validateOnly: true } }))).toEqual({});
});
