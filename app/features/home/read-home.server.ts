import type { Api } from '../../bridge/api.server.ts';
import { addDays } from '../../lib/date-range.ts';
import { todayIn } from '../metrics/range.ts';
import {
  accessAttention,
  creatorAttention,
  importAttention,
  inOrder,
  portfolioAttention,
  taskAttention,
  webhookAttention,
} from './attention.ts';

/** As many whole days as a month has weeks, so that weekdays weigh alike. */
const DAYS = 28;

interface Reader {
  userId: string;
  permissions: readonly string[];
}

/** The agency's figures by brand over the last whole days against those before, and the sums of all that runs. */
export async function readFigures(caller: Api, { timeZone, now }: { timeZone: string; now: Date }) {
  const to = addDays(todayIn(timeZone, now), -1);
  const from = addDays(to, 1 - DAYS);
  const [dashboard, rollup] = await Promise.all([
    caller.metrics.dashboard({ from, to, compare: 'PREVIOUS', by: 'BRAND', limit: 50 }),
    caller.portfolio.rollup({ isOpen: true }),
  ]);
  return { dashboard, rollup };
}

/** What needs a person, the worst first: of campaigns, of accesses, of imports, tasks and webhooks. */
export async function readAttention(caller: Api, { userId, permissions }: Reader, now: string) {
  const may = (permission: string) => permissions.includes(permission);
  const [exceptions, accounts, expired, expiring, imports, overdue, webhooks] = await Promise.all([
    caller.portfolio.exceptions({ limit: 200 }),
    caller.adAccounts.list({ limit: 200 }),
    caller.creators.list({ connectionState: 'EXPIRED', limit: 20 }),
    caller.creators.list({ connectionState: 'EXPIRING', limit: 20 }),
    may('imports.read') ? caller.imports.list({ limit: 20 }) : { items: [] },
    caller.tasks.count({ view: 'overdue', assigneeId: userId }),
    may('webhooks.read') ? caller.webhooks.overview() : { deadCount: 0 },
  ]);
  return inOrder([
    ...portfolioAttention(exceptions.items),
    ...accessAttention(accounts.items, now),
    ...creatorAttention(expired.items, 'EXPIRED'),
    ...creatorAttention(expiring.items, 'EXPIRING'),
    ...importAttention(imports.items, now),
    ...taskAttention(overdue, userId),
    ...webhookAttention(webhooks.deadCount),
  ]);
}
