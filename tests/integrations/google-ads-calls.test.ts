import { describe, expect, it } from 'vitest';
import type { AccountRef } from '../../server/integrations/ad-platform.ts';
import {
  access,
  type Asked,
  drain,
  json,
  queryOf,
  refusal,
  useGoogleVendor,
} from '../support/google-vendor.ts';

const { google, open, answerWith, asked, charged } = useGoogleVendor();
const account: AccountRef = {
  nativeId: '2000000001',
  loginNativeId: null,
  currency: 'KWD',
  timeZone: 'Asia/Kuwait',
};
const tokenOf = ({ body }: Asked) => (JSON.parse(body) as { pageToken?: string }).pageToken;

describe('a call', () => {
  it('names the manager and the developer token where there is one, and nothing else', async () => {
    answerWith(() => json([]));
    await drain(google.listCampaigns(access, account));
    expect(asked[0]?.headers.get('authorization')).toBe('Bearer canary-access');
    expect(asked[0]?.headers.has('login-customer-id')).toBe(false);
    expect(asked[0]?.headers.has('developer-token')).toBe(false);
    const withToken = open({ GOOGLE_ADS_DEVELOPER_TOKEN: 'dev' });
    await drain(withToken.listCampaigns(access, { ...account, loginNativeId: '1000000001' }));
    expect(asked[1]?.headers.get('login-customer-id')).toBe('1000000001');
    expect(asked[1]?.headers.get('developer-token')).toBe('dev');
  });

  it('is charged to its customer, for its agency', async () => {
    answerWith(() => json([]));
    await drain(google.listCampaigns(access, account));
    expect(charged).toEqual([
      { platform: 'GOOGLE', limits: google.limits, account: account.nativeId, caller: access.caller },
    ]);
    const explorer = open({ GOOGLE_ADS_DAILY_OPERATIONS: '2880' }).limits.application;
    expect((explorer?.burst ?? 0) + 86_400 * (explorer?.perSecond ?? 0)).toBeCloseTo(2880);
  });
});

it('campaigns come in one stream of batches, removed ones among them', async () => {
  const campaign = (id: string, status: string) => ({ campaign: { id, name: `C ${id}`, status } });
  answerWith(() =>
    json([
      { results: [campaign('1', 'ENABLED')] },
      { fieldMask: 'x' },
      { results: [campaign('2', 'REMOVED')] },
    ]),
  );
  const campaigns = await drain(google.listCampaigns(access, account));
  expect(campaigns.map(({ nativeId, nativeStatus }) => [nativeId, nativeStatus])).toEqual([
    ['1', 'ENABLED'],
    ['2', 'REMOVED'],
  ]);
  expect(asked[0]?.path).toBe('customers/2000000001/googleAds:searchStream');
  expect(asked[0] && queryOf(asked[0])).not.toMatch(/WHERE/);
});

it('campaigns that are too many for one stream come page by page', async () => {
  answerWith((call) => {
    if (call.path.endsWith('searchStream')) return refusal('internalError', 'DEADLINE_EXCEEDED', 504);
    const token = tokenOf(call);
    const results = [{ campaign: { id: token ?? '1' } }];
    return json(token === undefined ? { results, nextPageToken: '2' } : { results });
  });
  const campaigns = await drain(google.listCampaigns(access, account));
  expect(campaigns.map(({ nativeId }) => nativeId)).toEqual(['1', '2']);
});

describe('daily rows', () => {
  const row = (id: string, date: string, impressions = '5') => ({
    campaign: { id, name: id },
    customer: { currencyCode: 'KWD' },
    segments: { date },
    metrics: { impressions, costMicros: '1500' },
  });
  const range = { from: '2026-05-01', to: '2026-05-04' };
  const read = () => drain(google.dailyMetrics(access, account, { range }));
  const keys = async () => (await read()).map((item) => `${item.date} ${item.nativeCampaignId}`);

  it('are read to the page without a token, through empty ones, by date', async () => {
    const pages: Record<string, object> = {
      first: { results: [row('1', '2026-05-01')], nextPageToken: 'b' },
      b: { nextPageToken: 'c' },
      c: { results: [row('2', '2026-05-01'), row('3', '2026-05-02', '0')] },
    };
    answerWith((call) => json(pages[tokenOf(call) ?? 'first'] ?? {}));
    expect(await keys()).toEqual(['2026-05-01 1', '2026-05-01 2', '2026-05-02 3']);
    expect(asked.map(({ path }) => path)).toEqual(Array(3).fill('customers/2000000001/googleAds:search'));
    expect(asked[0] && queryOf(asked[0])).toMatch(
      / FROM campaign WHERE segments\.date BETWEEN '2026-05-01' AND '2026-05-04' ORDER BY segments\.date$/,
    );
    // The page size is Google's: a pageSize is refused.
    expect(Object.keys(JSON.parse(asked[0]?.body ?? '') as object)).toEqual(['query']);
  });

  it('are none where nothing was delivered, whatever form that takes', async () => {
    for (const body of [{}, { results: [] }, { fieldMask: 'x', nextPageToken: '' }]) {
      answerWith(() => json(body));
      expect(await read()).toEqual([]);
    }
  });

  it('go on from the day that was reached when Google lost the place, without repeating any', async () => {
    let losses = 0;
    answerWith((call) => {
      const token = tokenOf(call);
      if (token !== undefined && losses < 2) {
        losses += 1;
        return refusal('requestError', 'EXPIRED_PAGE_TOKEN', 400);
      }
      const from = /BETWEEN '([^']+)'/.exec(queryOf(call))?.[1] ?? '';
      const all = [
        row('1', '2026-05-01'),
        row('1', '2026-05-02'),
        row('2', '2026-05-02'),
        row('1', '2026-05-03'),
      ];
      const left = all.filter(({ segments }) => segments.date >= from);
      return token === undefined
        ? json({ results: left.slice(0, 2), nextPageToken: 'rest' })
        : json({ results: left.slice(2) });
    });
    expect(await keys()).toEqual(['2026-05-01 1', '2026-05-02 1', '2026-05-02 2', '2026-05-03 1']);
    expect(asked.map((call) => /BETWEEN '([^']+)'/.exec(queryOf(call))?.[1])).toEqual([
      ...['2026-05-01', '2026-05-01', '2026-05-02', '2026-05-02', '2026-05-02', '2026-05-02'],
    ]);
  });

  it('give up after a few losses, to be tried later', async () => {
    answerWith((call) =>
      tokenOf(call) === undefined
        ? json({ results: [row('1', '2026-05-01')], nextPageToken: 'b' })
        : refusal('requestError', 'INVALID_PAGE_TOKEN', 400),
    );
    await expect(read()).rejects.toMatchObject({ kind: 'retry', code: 'lost_place' });
    expect(asked).toHaveLength(8);
  });

  it('are asked for in halves where Google cannot answer in time, down to one day', async () => {
    answerWith((call) => {
      const [, from = '', to = ''] = /BETWEEN '([^']+)' AND '([^']+)'/.exec(queryOf(call)) ?? [];
      return from < to
        ? refusal('internalError', 'DEADLINE_EXCEEDED', 504)
        : json({ results: [row('1', from)] });
    });
    expect(await keys()).toEqual(['2026-05-01 1', '2026-05-02 1', '2026-05-03 1', '2026-05-04 1']);
    answerWith(() => refusal('internalError', 'DEADLINE_EXCEEDED', 504));
    await expect(read()).rejects.toMatchObject({ kind: 'retry', isTooMuch: true });
  });

  it.each([
    ['a day behind the one before', [row('1', '2026-05-02'), row('1', '2026-05-01')]],
    ['the same campaign twice on a day', [row('1', '2026-05-01'), row('1', '2026-05-01')]],
    ['no currency', [{ ...row('1', '2026-05-01'), customer: {} }]],
  ])('with %s are a contract error', async (_what, results) => {
    answerWith(() => json({ results }));
    await expect(read()).rejects.toMatchObject({ kind: 'stop', code: 'contract' });
  });

  it('of a page that came back are a loop, which ends', async () => {
    answerWith(() => json({ nextPageToken: 'again' }));
    await expect(read()).rejects.toMatchObject({ kind: 'stop', code: 'contract' });
  });

  it('of the account are asked of the account itself', async () => {
    const { campaign: _campaign, ...day } = row('1', '2026-05-01');
    answerWith(() => json({ results: [day, { ...day, segments: { date: '2026-05-02' }, metrics: {} }] }));
    expect(await drain(google.accountDays(access, account, range))).toEqual([
      { date: '2026-05-01', currency: 'KWD', spend: '0.0015', impressions: 5, clicks: 0 },
    ]);
    expect(asked[0] && queryOf(asked[0])).toMatch(/ FROM customer /);
  });
});

describe('reach', () => {
  it('is asked for the period as a whole and told by campaign, with the account’s own unknown', async () => {
    answerWith(() =>
      json({
        results: [{ campaign: { id: '1' }, metrics: { uniqueUsers: '7' } }, { campaign: { id: '2' } }],
      }),
    );
    const period = { from: '2026-02-18', to: '2026-05-20' };
    expect(await google.periodReach(access, account, period)).toEqual([
      { nativeCampaignId: null, reach: null, frequency: null },
      { nativeCampaignId: '1', reach: 7, frequency: null },
      { nativeCampaignId: '2', reach: null, frequency: null },
    ]);
    expect(asked[0] && queryOf(asked[0])).not.toMatch(/SELECT.*segments\.date.*FROM/);
  });

  it('of more than 92 days is not asked for', async () => {
    expect(await google.periodReach(access, account, { from: '2026-02-17', to: '2026-05-20' })).toEqual([]);
    expect(asked).toEqual([]);
  });
});
