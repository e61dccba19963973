import { writeFile } from 'node:fs/promises';
import { withTenant } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { findAccountByWords } from '../../domain/imports/ad-metrics/account.ts';
import {
  importAdFile,
  tryAdFile,
  withAccountOfFile,
} from '../../domain/imports/ad-metrics/import-ad-file.ts';
import { getAdFile } from '../../domain/imports/ad-metrics/queries.ts';
import type {
  AdChange,
  AdFileSettings,
  AdReport,
  CreateAdFileInput,
} from '../../domain/imports/ad-metrics/schema.ts';
import { refusalsAsFile } from '../../domain/imports/queries.ts';
import type { DateOrder } from '../../domain/imports/mapping.ts';
import type { Note } from '../../domain/imports/schema.ts';
import { ingestDailyMetrics } from '../../domain/sync/ingest.ts';
import type { AdPlatformId } from '../../integrations/ad-platform.ts';
import { CommandError } from '../launcher/command.ts';
import type { AdminAnswer } from './command.ts';
import type { Admin } from './context.ts';

/** What the command line says of a report. */
export interface AdMetricsOptions {
  account?: string | undefined;
  create: boolean;
  platform?: AdPlatformId | undefined;
  timeZone?: string | undefined;
  preset?: string | undefined;
  decimal?: '.' | ',' | undefined;
  dateOrder?: DateOrder | undefined;
  currency?: string | undefined;
  someCampaigns: boolean;
  dryRun: boolean;
  errors?: string | undefined;
}

export interface AdMetricsWork {
  fileName: string;
  content: Buffer;
  options: AdMetricsOptions;
}

/** Brings a report of ad figures in, or says what it would do. Errors: CommandError where it cannot come in as it is. */
export async function importAdMetrics(
  admin: Admin,
  owner: Principal,
  work: AdMetricsWork,
): Promise<AdminAnswer> {
  const { fileName, content, options } = work;
  const settings = await withTenant(admin.jobsDb, owner, 'read', async (tx) => {
    const said = await settingsOf(options, (words) => findAccountByWords(tx, words, options.platform));
    return withAccountOfFile(tx, content, said);
  });
  const input: CreateAdFileInput = { fileName, content, settings };
  return options.dryRun ? tryIt(admin, owner, { input, options }) : bringIn(admin, owner, { input, options });
}

type Find = (words: string) => Promise<{ id: string } | null>;

async function settingsOf(options: AdMetricsOptions, find: Find): Promise<AdFileSettings> {
  const { account, create, platform, timeZone, preset, decimal, dateOrder, currency, someCampaigns } =
    options;
  const reading = {
    preset,
    decimal,
    dateOrder,
    currency,
    holdsAllCampaigns: !someCampaigns,
  } as AdFileSettings;
  if (account === undefined) return reading;
  const here = await find(account);
  if (here) return { ...reading, adAccountId: here.id };
  if (!create)
    throw new CommandError(
      `There is no ad account ${account}. With --create one is made that lives by files.`,
    );
  return { ...reading, newAccount: { name: account, platform, timeZone, currency } };
}

interface Prepared {
  input: CreateAdFileInput;
  options: AdMetricsOptions;
}

async function tryIt(admin: Admin, owner: Principal, { input, options }: Prepared): Promise<AdminAnswer> {
  const { file, problem, change, refusalsCsv } = await tryAdFile(admin.jobsDb, owner, input);
  if (options.errors !== undefined && file.refused.length > 0) await writeFile(options.errors, refusalsCsv);
  if (problem !== null) throw new CommandError(`${input.fileName}: ${problem}`);
  const { newAccount } = input.settings;
  const account = newAccount
    ? { id: null, name: newAccount.name }
    : { id: input.settings.adAccountId ?? null, name: null };
  const report: AdReport = { ...file.report, change };
  const head = { importId: null, status: 'CHECKED', isDryRun: true, fileName: input.fileName };
  return answer({ head, account, report, notes: file.notes, refused: file.refused.length }, options);
}

async function bringIn(admin: Admin, owner: Principal, { input, options }: Prepared): Promise<AdminAnswer> {
  const services = { db: admin.jobsDb, ingest: ingestDailyMetrics };
  const done = await importAdFile(services, owner, input);
  const { report, account, refusals } = await withTenant(admin.jobsDb, owner, 'read', async (tx) => ({
    ...(await getAdFile(tx, done.id)),
    refusals: await refusalsAsFile(tx, done.id),
  }));
  if (options.errors !== undefined && done.rowsRefused > 0) await writeFile(options.errors, refusals.csv);
  if (done.status === 'FAILED' || !report)
    throw new CommandError(`${input.fileName}: ${done.error ?? 'failed'}`);
  const head = { importId: done.id, status: done.status, isDryRun: false, fileName: input.fileName };
  return answer({ head, account, report, notes: done.notes, refused: done.rowsRefused }, options);
}

interface Outcome {
  head: { importId: string | null; status: string; isDryRun: boolean; fileName: string };
  account: { id: string | null; name: string | null } | null;
  report: AdReport;
  notes: readonly Note[];
  refused: number;
}

function answer({ head, account, report, notes, refused }: Outcome, options: AdMetricsOptions): AdminAnswer {
  const change = report.change ?? NO_CHANGE;
  const counts = {
    rowsTotal: report.dataRows,
    rowsCreated: change.created,
    rowsUpdated: change.restated + change.removed,
    rowsUnchanged: change.same,
    rowsRefused: refused,
  };
  const json = { ...head, kind: 'ad-metrics', ...counts, account, report, notes };
  return { json, text: textOf({ head, account, report, notes, refused }, options) };
}

const NO_CHANGE: AdChange = { created: 0, restated: 0, same: 0, removed: 0, removedCampaigns: [] };

function textOf({ head, account, report, notes, refused }: Outcome, { errors }: AdMetricsOptions): string {
  const { totals, change, currency, firstDay, lastDay } = report;
  const would = head.isDryRun ? 'would be ' : '';
  const { created, restated, removed, same } = change ?? NO_CHANGE;
  const lines = [
    `${report.presetName}, ${firstDay ?? ''} to ${lastDay ?? ''}, ${report.campaigns} campaigns: ` +
      `${totals.spend} ${currency ?? ''}, ${totals.impressions} impressions, ${totals.clicks ?? 'no'} clicks.`,
    `${created} campaign days ${would}created, ${restated} ${would}restated, ${removed} ${would}removed, ${same} unchanged` +
      `${account?.name ? `, in ${account.name}` : ''}.`,
    ...notes.map(({ text, count }) => `  ${text}${count === null ? '' : ` (${count} rows)`}`),
  ];
  if (refused > 0)
    lines.push(`${refused} rows of other ad accounts stay out${errors === undefined ? '' : `: ${errors}`}.`);
  return lines.join('\n');
}
