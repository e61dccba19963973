import { serve } from './together.ts';

/** How many campaigns deliver on every day. */
const CAMPAIGNS = 200;
const DAY_MS = 86_400_000;

/** What an answer of the Graph API holds of one campaign's day, by campaign; the day stands in it as DAY. */
const ROWS = Array.from({ length: CAMPAIGNS }, (_, index) =>
  JSON.stringify({
    campaign_id: String(120_000_000_000_000_000n + BigInt(index)),
    campaign_name: `Campaign ${index}`,
    account_currency: 'USD',
    date_start: 'DAY',
    date_stop: 'DAY',
    spend: `${10 + index}.5`,
    impressions: String(12_345 + index),
    clicks: '400',
    inline_link_clicks: '321',
    reach: '9876',
    frequency: '1.25',
    attribution_setting: '7d_click_1d_view',
    actions: [
      { action_type: 'link_click', value: '321' },
      { action_type: 'omni_purchase', value: '12' },
    ],
    action_values: [{ action_type: 'omni_purchase', value: '480.00' }],
    video_play_actions: [{ action_type: 'video_view', value: '1200' }],
    video_p25_watched_actions: [{ action_type: 'video_view', value: '900' }],
    video_p50_watched_actions: [{ action_type: 'video_view', value: '700' }],
    video_p75_watched_actions: [{ action_type: 'video_view', value: '500' }],
    video_p100_watched_actions: [{ action_type: 'video_view', value: '300' }],
  }),
);

// An ad platform that costs nothing: every day has the same campaigns, and its answers are put together from texts.
serve((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(answerTo(url));
  return Promise.resolve();
});

/** Daily rows of campaigns, page by page; every other list is empty. */
function answerTo({ pathname, searchParams }: URL): string {
  const isDaily = searchParams.get('level') === 'campaign' && searchParams.get('time_increment') === '1';
  if (!pathname.endsWith('/insights') || !isDaily) return '{"data":[]}';
  const { since, until } = JSON.parse(searchParams.get('time_range') ?? '{}') as Record<string, string>;
  const first = Date.parse(`${since}T00:00:00Z`);
  const rowCount = ((Date.parse(`${until}T00:00:00Z`) - first) / DAY_MS + 1) * CAMPAIGNS;
  const start = Number(searchParams.get('after') ?? '0');
  const end = Math.min(rowCount, start + Number(searchParams.get('limit')));
  const rows: string[] = [];
  for (let index = start; index < end; index += 1) {
    const day = new Date(first + Math.floor(index / CAMPAIGNS) * DAY_MS).toISOString().slice(0, 10);
    rows.push((ROWS[index % CAMPAIGNS] ?? '').replaceAll('DAY', day));
  }
  const paging = end < rowCount ? `,"paging":{"cursors":{"after":"${end}"},"next":"http://localhost/"}` : '';
  return `{"data":[${rows.join(',')}]${paging}}`;
}
