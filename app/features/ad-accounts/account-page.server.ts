import type { AdAccount, UpdateAdAccountInput } from '../../../server/domain/ad-accounts/schema.ts';
import type { BrandRuleInput, BrandRulePreview } from '../../../server/domain/brand-rules/schema.ts';
import type { Api } from '../../bridge/api.server.ts';
import { readChanges, readForm } from '../../bridge/forms.server.ts';
import { addDays } from '../../lib/date-range.ts';
import { pageLinks } from '../../lib/paging.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { type AccountTab, readTab } from './account-page-tabs.tsx';
import { settingsFields } from './account-settings.tsx';
import { readRules } from './rule-rows.ts';
import { toTreeLines } from './tree-lines.ts';

export const RUNS = 8;
/** How many days the strip shows. */
const DAYS = 90;

/** An account's page: what stands on each of its tabs, and what the one at hand shows. */
export async function readAccountPage(caller: Api, adAccountId: string, url: URL) {
  const [account, connections, platforms, members, settings] = await Promise.all([
    caller.adAccounts.byId({ adAccountId }),
    caller.adAccounts.connections(),
    caller.adAccounts.platforms(),
    caller.members.list(),
    caller.platformSettings.list(),
  ]);
  const now = new Date().toISOString();
  const tab = readTab(url.searchParams.get('tab'), account.isManager);
  const isFetched = account.source !== 'FILE';
  return {
    account,
    connection: connections.find(({ id }) => id === account.connectionId) ?? null,
    platform: platforms.find(({ id }) => id === account.platform) ?? null,
    settings: (isFetched && settings.find(({ platform }) => platform === account.platform)) || null,
    members: members.map(({ id, name }) => ({ id, name })),
    view: await readView(caller, account, { tab, url, now }),
    now,
  };
}

interface View {
  tab: AccountTab;
  url: URL;
  now: string;
}

async function readView(caller: Api, account: AdAccount, { tab, url, now }: View) {
  if (tab === 'below') return { tab, lines: await readBelow(caller, account.id, now) };
  if (tab === 'settings') return { tab, ...(await readRulesOf(caller, account)) };
  if (tab === 'campaigns') return { tab, ...(await readCampaigns(caller, account.id, url)) };
  const adAccountId = account.id;
  const range = { from: addDays(account.today, 1 - DAYS), to: account.today };
  const [runs, next, days, spend] = await Promise.all([
    caller.syncRuns.list({ adAccountId, limit: RUNS }),
    caller.syncRuns.next({ adAccountId, limit: 1 }),
    caller.syncRuns.days({ adAccountId, ...range }),
    caller.adAccounts.spend({ adAccountId }),
  ]);
  return {
    ...{ tab, runs: runs.items, next: next.items[0] ?? null },
    ...{ days: days.days, spend: spend[0] ?? null },
  };
}

async function readBelow(caller: Api, adAccountId: string, now: string) {
  const { nodes } = await caller.adAccounts.tree({});
  const at = nodes.findIndex(({ id }) => id === adAccountId);
  const depth = nodes[at]?.depth ?? 0;
  const rest = at < 0 ? [] : nodes.slice(at + 1);
  const end = rest.findIndex((node) => node.depth <= depth);
  const below = end < 0 ? rest : rest.slice(0, end);
  const lines = below.map((node) => ({ ...node, depth: node.depth - depth - 1 }));
  return toTreeLines(lines, { spend: await caller.adAccounts.spend({}), state: null, now });
}

async function readRulesOf(caller: Api, account: AdAccount) {
  if (account.isManager) return { rules: [] };
  return { rules: (await caller.brandRules.list({ adAccountId: account.id })).rules };
}

async function readCampaigns(caller: Api, adAccountId: string, url: URL) {
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const page = await caller.platformCampaigns.list({ adAccountId, cursor, limit: 50 });
  return { campaigns: page.items, links: pageLinks(url, page.nextCursor) };
}

/** What a form did: where the reader goes next, or what rules would do, which the page shows without keeping it. */
export type Answer = { to: string } | { rules: BrandRuleInput[]; preview: BrandRulePreview };

/** Runs one of the page's forms. Errors: those of its procedure; a 400 Response for an intent that is none. */
export async function actOnAccount(caller: Api, adAccountId: string, form: FormData): Promise<Answer> {
  const { intent, syncRunId = '', expectedVersion } = readForm(form);
  const one = { adAccountId, expectedVersion: Number(expectedVersion) || undefined };
  const here = { to: paths.adAccount(adAccountId) };
  const settings = { to: withQuery(here.to, { tab: 'settings', saved: intent }) };
  switch (intent) {
    case 'sync':
      await caller.adAccounts.sync({ adAccountId });
      return here;
    case 'backfill':
      await caller.syncRuns.requestBackfill({ adAccountId });
      return here;
    case 'stop':
      await caller.syncRuns.stop({ syncRunId });
      return here;
    case 'pause':
    case 'resume':
      await caller.adAccounts.update({ ...one, isPaused: intent === 'pause' });
      return here;
    case 'archive':
      await caller.adAccounts.archive(one);
      return here;
    case 'restore':
      await caller.adAccounts.restore(one);
      return here;
    case 'settings':
      await caller.adAccounts.update({ ...one, ...readSettings(form) });
      return settings;
    case 'rules':
      await caller.brandRules.replace({ ...one, rules: readRules(form) });
      return settings;
    case 'preview': {
      const rules = readRules(form);
      return { rules, preview: await caller.brandRules.preview({ adAccountId, rules }) };
    }
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}

/** A name is never emptied; all else may be. */
function readSettings(form: FormData): Partial<UpdateAdAccountInput> {
  const { name, ...rest } = readChanges(form, settingsFields);
  return { ...rest, ...(name === undefined ? {} : { name: name ?? '' }) };
}
