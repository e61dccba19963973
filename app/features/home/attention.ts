import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import type { Creator } from '../../../server/domain/creators/schema.ts';
import type { Import } from '../../../server/domain/imports/schema.ts';
import type { Exception, ExceptionKind, Severity } from '../../../server/domain/portfolio/schema.ts';
import { formatCount, formatDate } from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';

/** Something that a person should look at, with where to do it. */
export interface Attention {
  id: string;
  severity: Severity;
  sentence: string;
  brandName: string | null;
  action: { label: string; href: string };
}

const rank = { URGENT: 0, WARNING: 1, NOTE: 2 } as const satisfies Record<Severity, number>;

/** The worst first; what is of one weight keeps its order. */
export function inOrder(items: readonly Attention[]): Attention[] {
  return [...items].sort((a, b) => rank[a.severity] - rank[b.severity]);
}

const labels = {
  SYNC_FAILED: 'Open the sync',
  FIGURES_STALE: 'Open the account',
  DISAGREES: 'Compare',
  OFF_PACE: 'See the pace',
  PENDING_APPROVAL: 'Decide',
  BUDGET_PENDING: 'Decide',
  DELIVERABLE_OVERDUE: 'Open the work',
  ENDING_SOON: 'Open the campaign',
  OVER_AND_OPEN: 'Open the campaign',
  CONTRACT_ENDING: 'Open the contract',
} as const satisfies Record<ExceptionKind, string>;

/** Exceptions of campaigns, as the portfolio names them. */
export function portfolioAttention(items: readonly Exception[]): Attention[] {
  return items.map((item, at) => ({
    id: `${item.kind}:${at}`,
    severity: item.severity,
    sentence: item.sentence,
    brandName: item.brandName,
    action: { label: labels[item.kind], href: hrefOf(item) },
  }));
}

/** The nearest page to what is wrong; its campaign, or the portfolio, where there is none nearer. */
function hrefOf(item: Exception): string {
  const { kind, campaignId, creatorId, contractId, adAccountId, syncRunId } = item;
  if (syncRunId && kind === 'SYNC_FAILED') return paths.syncRun(syncRunId);
  if (adAccountId && (kind === 'SYNC_FAILED' || kind === 'FIGURES_STALE'))
    return paths.adAccount(adAccountId);
  if (contractId) return paths.creatorContract(contractId);
  if (campaignId && creatorId) return paths.campaignCreator(campaignId, creatorId);
  if (campaignId && (kind === 'OFF_PACE' || kind === 'BUDGET_PENDING'))
    return paths.campaignBudget(campaignId);
  return campaignId ? paths.campaign(campaignId) : paths.portfolio();
}

/** Access that ends within these days is asked for again in time. */
const ENDS_SOON_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Ad accounts whose access has ended or is about to. */
export function accessAttention(accounts: readonly AdAccount[], now: string): Attention[] {
  return accounts.flatMap((account): Attention[] => {
    const { id, name, syncStatus, connectionState, grantExpiresAt } = account;
    if (syncStatus === 'PAUSED') return [];
    const base = {
      id: `access:${id}`,
      brandName: null,
      action: { label: 'Connect again', href: paths.adAccount(id) },
    };
    if (connectionState === 'EXPIRED' || connectionState === 'REVOKED') {
      const sentence = `${name} is no longer connected. The figures of before stay.`;
      return [{ ...base, severity: 'URGENT', sentence }];
    }
    if (!grantExpiresAt) return [];
    const leftMs = Date.parse(grantExpiresAt) - Date.parse(now);
    if (leftMs > ENDS_SOON_DAYS * DAY_MS) return [];
    const sentence = `The access to ${name} ends on ${formatDate(grantExpiresAt.slice(0, 10))}.`;
    return [{ ...base, severity: 'WARNING', sentence }];
  });
}

/** Creators whose figures stop refreshing, or soon will. */
export function creatorAttention(creators: readonly Creator[], state: 'EXPIRING' | 'EXPIRED'): Attention[] {
  return creators.map(({ id, name }) => ({
    id: `creator:${id}:${state}`,
    severity: state === 'EXPIRED' ? 'WARNING' : 'NOTE',
    sentence:
      state === 'EXPIRED'
        ? `${name}’s connection has ended: their figures stand still.`
        : `${name}’s connection ends soon: ask them to connect again.`,
    brandName: null,
    action: { label: 'Ask again', href: paths.creatorPlatforms(id) },
  }));
}

/** A refused row of last month is nobody's news. */
const RECENT_MS = 7 * DAY_MS;

/** Imports of the last days that broke off, wait, or refused rows. */
export function importAttention(imports: readonly Import[], now: string): Attention[] {
  return imports
    .filter(({ createdAt }) => Date.parse(now) - Date.parse(createdAt) <= RECENT_MS)
    .flatMap(({ id, fileName, status, error, startedAt, rowsRefused }): Attention[] => {
      const action = { label: 'Open the import', href: paths.importRun(id) };
      const base = { id: `import:${id}`, brandName: null, action };
      if (status === 'FAILED') {
        const what = startedAt ? `The import of ${fileName} broke off.` : `${fileName} could not be read.`;
        return [{ ...base, severity: 'URGENT', sentence: error ? `${what} ${error}` : what }];
      }
      if (status === 'STOPPED') {
        const sentence = `The import of ${fileName} was stopped; what came in stays, and it can go on.`;
        return [{ ...base, severity: 'WARNING', sentence }];
      }
      if (status !== 'DONE' || rowsRefused === 0) return [];
      const rows = rowsRefused === 1 ? '1 row of it was' : `${formatCount(rowsRefused)} rows of it were`;
      return [{ ...base, severity: 'NOTE', sentence: `${fileName} came in; ${rows} refused.` }];
    });
}

/** The reader's own tasks whose time is over. */
export function taskAttention(overdue: number, assigneeId: string): Attention[] {
  if (overdue === 0) return [];
  const sentence =
    overdue === 1 ? '1 task of yours is overdue.' : `${formatCount(overdue)} tasks of yours are overdue.`;
  const action = { label: 'Open tasks', href: withQuery(paths.tasks(), { tab: 'overdue', assigneeId }) };
  return [{ id: 'tasks', severity: 'WARNING', sentence, brandName: null, action }];
}

/** What senders told and nobody could take in. */
export function webhookAttention(failed: number): Attention[] {
  if (failed === 0) return [];
  const sentence =
    failed === 1
      ? 'A webhook could not be handled.'
      : `${formatCount(failed)} webhooks could not be handled.`;
  const action = { label: 'Open webhooks', href: paths.settingsWebhooks(undefined, 'DEAD') };
  return [{ id: 'webhooks', severity: 'URGENT', sentence, brandName: null, action }];
}
