import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z, ZodError } from 'zod';
import { withTenant } from '../../../db/tenant.ts';
import { jobPrincipal, type Principal } from '../../auth/principal.ts';
import { importFile, tryFile } from '../../domain/imports/import-file.ts';
import { dateOrders, type Mapping, mapping as mappingSchema } from '../../domain/imports/mapping.ts';
import { refusalsAsFile } from '../../domain/imports/queries.ts';
import {
  type CreateImportInput,
  fileKinds,
  type ImportKind,
  type Note,
} from '../../domain/imports/schema.ts';
import { firstOwnerOf } from '../../domain/imports/uploader.ts';
import { findAgency } from '../../domain/organizations/provision.ts';
import { adPlatforms } from '../../integrations/ad-platform.ts';
import { CommandError } from '../launcher/command.ts';
import { type AdminAnswer, type AdminOption, defineCommand } from './command.ts';
import type { Admin } from './context.ts';
import { currency, organizationOption, organizationSlug, timeZone } from './fields.ts';
import { importAdMetrics } from './import-ad-metrics.ts';

const kind = z.enum(fileKinds, 'This is no kind: companies, contacts, deals, creators or ad-metrics.');

const input = z.strictObject({
  kind,
  file: z.string(),
  organization: organizationSlug,
  mapping: z.string().optional(),
  currency: currency.optional(),
  dateOrder: z.enum(dateOrders, `Write ${dateOrders.join(', ')}.`).optional(),
  dryRun: z.boolean().default(false),
  errors: z.string().optional(),
  account: z.string().min(1).optional(),
  create: z.boolean().default(false),
  platform: z
    .string()
    .toUpperCase()
    .pipe(z.enum(adPlatforms, `This is no platform: ${adPlatforms.join(', ')}.`))
    .optional(),
  timeZone: timeZone.optional(),
  preset: z.string().optional(),
  decimal: z.enum(['.', ','], 'Write . or ,').optional(),
  someCampaigns: z.boolean().default(false),
});
type Input = z.infer<typeof input>;

const adMetricsOptions: readonly AdminOption[] = [
  {
    flag: 'account',
    value: 'A',
    help: "Of ad-metrics: whose figures they are, by name or id; else the file's own account",
  },
  { flag: 'create', help: 'Make that ad account where it is not here; it lives by files' },
  { flag: 'platform', value: 'P', help: `Of the ad account: ${adPlatforms.join(', ')}` },
  { flag: 'time-zone', value: 'Z', help: "Of a new ad account's days; else the agency's" },
  {
    flag: 'preset',
    value: 'P',
    help: 'Which report it is, as docs/imports.md names them; else its columns tell',
  },
  {
    flag: 'decimal',
    value: 'D',
    help: 'The decimal sign of a report, . or , where its columns leave it open',
  },
  {
    flag: 'some-campaigns',
    help: 'The report holds some campaigns of its days: the others keep their figures',
  },
];

export const importCommand = defineCommand({
  name: 'import',
  summary:
    "Bring a file in as the agency's first owner. Refused rows do not fail the command; a file that cannot be read does.",
  operands: [
    { name: 'kind', help: 'companies, contacts, deals or ad-metrics' },
    { name: 'file', help: "A CSV file; of ad-metrics an ad manager's report, CSV or XLSX" },
  ],
  options: [
    organizationOption,
    { flag: 'mapping', value: 'FILE', help: 'A mapping document (docs/imports.md); else the header decides' },
    { flag: 'currency', value: 'C', help: 'Of amounts that come without one' },
    { flag: 'date-order', value: 'O', help: `How its dates are written: ${dateOrders.join(', ')}` },
    { flag: 'dry-run', help: 'Say what would happen, and change nothing' },
    { flag: 'errors', value: 'FILE', help: 'Write the refused rows with their reasons to this file' },
    ...adMetricsOptions,
  ],
  input,
  async run(admin, given) {
    const { organizationId } = await findAgency(admin.ownerDb, given.organization);
    const owner = await withTenant(admin.jobsDb, jobPrincipal(organizationId), 'read', (tx) =>
      firstOwnerOf(tx, organizationId),
    );
    const fileName = path.basename(given.file);
    const content = await readInput(given.file);
    const { kind } = given;
    if (kind === 'ad-metrics') return importAdMetrics(admin, owner, { fileName, content, options: given });
    const request: CreateImportInput = {
      kind,
      fileName,
      content,
      mapping: given.mapping === undefined ? undefined : await readMapping(given.mapping),
      overrides: { currency: given.currency, dateOrder: given.dateOrder },
    };
    const work = { request, given: { ...given, kind } };
    return given.dryRun ? tryIt(admin, owner, work) : bringIn(admin, owner, work);
  },
});

interface Work {
  request: CreateImportInput;
  given: Input & { kind: ImportKind };
}

async function tryIt(admin: Admin, owner: Principal, { request, given }: Work): Promise<AdminAnswer> {
  const { refusalsCsv, notes, ...check } = await tryFile(admin.jobsDb, owner, request);
  const counts: Counts = {
    rowsTotal: check.total,
    rowsCreated: check.created,
    rowsUpdated: check.updated,
    rowsUnchanged: check.unchanged,
    rowsRefused: check.refused,
  };
  if (given.errors !== undefined && check.refused > 0) await writeFile(given.errors, refusalsCsv);
  const head = { importId: null, kind: given.kind, fileName: request.fileName, status: 'CHECKED' };
  return { text: report(counts, notes, given), json: { ...head, isDryRun: true, ...counts, notes } };
}

async function bringIn(admin: Admin, owner: Principal, { request, given }: Work): Promise<AdminAnswer> {
  const done = await importFile(admin.jobsDb, owner, request);
  if (done.status === 'FAILED') throw new CommandError(`${request.fileName}: ${done.error ?? 'failed'}`);
  const { rowsTotal, rowsCreated, rowsUpdated, rowsUnchanged, rowsRefused, notes } = done;
  const counts: Counts = { rowsTotal: rowsTotal ?? 0, rowsCreated, rowsUpdated, rowsUnchanged, rowsRefused };
  if (given.errors !== undefined && rowsRefused > 0) {
    const { csv } = await withTenant(admin.jobsDb, owner, 'read', (tx) => refusalsAsFile(tx, done.id));
    await writeFile(given.errors, csv);
  }
  const head = { importId: done.id, kind: given.kind, fileName: request.fileName, status: done.status };
  return { text: report(counts, notes, given), json: { ...head, isDryRun: false, ...counts, notes } };
}

interface Counts {
  rowsTotal: number;
  rowsCreated: number;
  rowsUpdated: number;
  rowsUnchanged: number;
  rowsRefused: number;
}

function report(counts: Counts, notes: readonly Note[], { dryRun, errors, kind: nouns }: Input): string {
  const would = dryRun ? 'would be ' : '';
  const { rowsTotal, rowsCreated, rowsUpdated, rowsUnchanged, rowsRefused } = counts;
  const line =
    `${rowsTotal} ${nouns}: ${rowsCreated} ${would}created, ${rowsUpdated} ${would}updated, ` +
    `${rowsUnchanged} unchanged, ${rowsRefused} ${would}refused.`;
  const noted = notes.map(({ text, count }) => `  ${text}${count === null ? '' : ` (${count} rows)`}`);
  const kept = rowsRefused > 0 && errors !== undefined ? [`The refused rows are in ${errors}.`] : [];
  return [line, ...noted, ...kept].join('\n');
}

async function readInput(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new CommandError(
      `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
  }
}

async function readMapping(file: string): Promise<Mapping> {
  const content = (await readInput(file)).toString('utf8');
  try {
    return mappingSchema.parse(JSON.parse(content));
  } catch (cause) {
    if (cause instanceof SyntaxError)
      throw new CommandError(`${file} is not JSON: ${cause.message}`, { cause });
    if (!(cause instanceof ZodError)) throw cause;
    const [issue] = cause.issues;
    throw new CommandError(`${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, { cause });
  }
}
