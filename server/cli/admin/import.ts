import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z, ZodError } from 'zod';
import { withTenant } from '../../../db/tenant.ts';
import { jobPrincipal, type Principal } from '../../auth/principal.ts';
import { importKinds } from '../../domain/imports/fields.ts';
import { importFile, tryFile } from '../../domain/imports/import-file.ts';
import { dateOrders, type Mapping, mapping as mappingSchema } from '../../domain/imports/mapping.ts';
import { refusalsAsFile } from '../../domain/imports/queries.ts';
import { type CreateImportInput, type Note } from '../../domain/imports/schema.ts';
import { firstOwnerOf } from '../../domain/imports/uploader.ts';
import { findAgency } from '../../domain/organizations/provision.ts';
import { CommandError } from '../launcher/command.ts';
import { type AdminAnswer, defineCommand } from './command.ts';
import type { Admin } from './context.ts';
import { currency, organizationOption, organizationSlug } from './fields.ts';

const LATER = ['creators', 'ad-metrics'];

const kind = z
  .string()
  .refine((value) => !LATER.includes(value), {
    error: ({ input }) =>
      `Importing ${String(input)} comes later; companies, contacts and deals come in now.`,
    abort: true,
  })
  .pipe(z.enum(importKinds, 'This is no kind: companies, contacts or deals.'));

const input = z.strictObject({
  kind,
  file: z.string(),
  organization: organizationSlug,
  mapping: z.string().optional(),
  currency: currency.optional(),
  dateOrder: z.enum(dateOrders, `Write ${dateOrders.join(', ')}.`).optional(),
  dryRun: z.boolean().default(false),
  errors: z.string().optional(),
});
type Input = z.infer<typeof input>;

export const importCommand = defineCommand({
  name: 'import',
  summary:
    "Bring a CSV file in as the agency's first owner. Refused rows do not fail the command; a file that cannot be read does.",
  operands: [
    { name: 'kind', help: 'companies, contacts or deals' },
    { name: 'file', help: 'A CSV file' },
  ],
  options: [
    organizationOption,
    { flag: 'mapping', value: 'FILE', help: 'A mapping document (docs/imports.md); else the header decides' },
    { flag: 'currency', value: 'C', help: 'Of amounts that come without one' },
    { flag: 'date-order', value: 'O', help: `How its dates are written: ${dateOrders.join(', ')}` },
    { flag: 'dry-run', help: 'Say what would happen, and change nothing' },
    { flag: 'errors', value: 'FILE', help: 'Write the refused rows with their reasons to this file' },
  ],
  input,
  async run(admin, given) {
    const { organizationId } = await findAgency(admin.ownerDb, given.organization);
    const owner = await withTenant(admin.jobsDb, jobPrincipal(organizationId), 'read', (tx) =>
      firstOwnerOf(tx, organizationId),
    );
    const request: CreateImportInput = {
      kind: given.kind,
      fileName: path.basename(given.file),
      content: await readInput(given.file),
      mapping: given.mapping === undefined ? undefined : await readMapping(given.mapping),
      overrides: { currency: given.currency, dateOrder: given.dateOrder },
    };
    return given.dryRun ? tryIt(admin, owner, { request, given }) : bringIn(admin, owner, { request, given });
  },
});

interface Work {
  request: CreateImportInput;
  given: Input;
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
