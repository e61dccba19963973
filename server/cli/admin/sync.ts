import { z } from 'zod';
import { withSystem, withTenant } from '../../../db/tenant.ts';
import type { SyncWork } from '../../../db/types.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import { requestSync } from '../../domain/sync/commands.ts';
import { listSyncable } from '../../domain/sync/queries.ts';
import { runToEnd } from '../../domain/sync/run-to-end.ts';
import type { SyncRun } from '../../domain/sync/schema.ts';
import type { SyncServices } from '../../domain/sync/services.ts';
import { findAgency } from '../../domain/organizations/provision.ts';
import { day } from '../../domain/records/schema.ts';
import { adPlatforms, type DayRange } from '../../integrations/ad-platform.ts';
import { createCallBudget } from '../../domain/call-budgets/call-budget.ts';
import { createPlatforms } from '../../integrations/registry.ts';
import { createVault } from '../../kernel/crypto.ts';
import { AppError } from '../../kernel/errors.ts';
import { CommandError } from '../launcher/command.ts';
import { defineCommand } from './command.ts';
import type { Admin } from './context.ts';
import { organizationOption, organizationSlug } from './fields.ts';

const platform = z
  .string()
  .toUpperCase()
  .pipe(z.enum(adPlatforms, `This is no platform: ${adPlatforms.join(', ')}.`));

const input = z
  .strictObject({
    organization: organizationSlug.optional(),
    platform: platform.optional(),
    from: day.optional(),
    to: day.optional(),
    backfill: z.boolean().default(false),
  })
  .refine(({ backfill, from }) => !backfill || from === undefined, {
    path: ['backfill'],
    message: 'Give either --backfill or the days, not both.',
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), {
    path: ['to'],
    message: 'Give both --from and --to, or neither.',
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'The last day is before the first one.',
  });
type Input = z.infer<typeof input>;

/** A platform that asks for some minutes is waited for: somebody stands at the keyboard and can end it. */
const MOST_WAIT_MS = 300_000;

export const syncCommand = defineCommand({
  name: 'sync',
  summary:
    'Sync ad accounts now, wait, and print the run as JSON (several as a list). Exits with 1 where a run failed.',
  options: [
    { ...organizationOption, help: "The agency's slug; else every agency", isRequired: false },
    { flag: 'platform', value: 'P', help: `${adPlatforms.join(', ')}; else every platform` },
    { flag: 'from', value: 'D', help: "First day, YYYY-MM-DD, in each account's own zone; else its window" },
    { flag: 'to', value: 'D', help: 'Last day' },
    { flag: 'backfill', help: 'Bring in the past that is still missing, as far back as the agency wants it' },
  ],
  input,
  async run(admin, given) {
    const services = servicesOf(admin);
    const asked: (SyncRun | null)[] = [];
    for (const organizationId of await agenciesOf(admin, given))
      asked.push(...(await syncAgency(services, organizationId, given)));
    const runs = asked.filter((run) => run !== null);
    const json = runs.length === 1 ? runs[0] : runs;
    const hasFailed = asked.some((run) => run === null || run.status !== 'SUCCESS');
    return { text: JSON.stringify(json, null, 2), json, hasFailed };
  },
});

function servicesOf({ config, log, jobsDb }: Admin): SyncServices {
  if (config.tokenEncryptionKeys.length === 0)
    throw new CommandError('TOKEN_ENCRYPTION_KEYS is not set: without it no stored access can be opened.');
  return {
    jobsDb,
    log,
    vault: createVault(config.tokenEncryptionKeys),
    platforms: createPlatforms(config, {
      log,
      maxWaitMs: MOST_WAIT_MS,
      budget: createCallBudget(jobsDb, log),
    }),
    now: () => new Date(),
  };
}

async function agenciesOf(admin: Admin, { organization }: Input): Promise<string[]> {
  if (organization !== undefined) return [(await findAgency(admin.ownerDb, organization)).organizationId];
  const rows = await withSystem(admin.ownerDb, (tx) =>
    tx
      .selectFrom('organizations')
      .select('id')
      .where('type', '=', 'AGENCY')
      .where('is_active', '=', true)
      .orderBy('slug')
      .execute(),
  );
  return rows.map(({ id }) => id);
}

async function syncAgency(
  services: SyncServices,
  organizationId: string,
  given: Input,
): Promise<(SyncRun | null)[]> {
  const adAccountIds = await withTenant(services.jobsDb, jobPrincipal(organizationId), 'read', (tx) =>
    listSyncable(tx, given.platform),
  );
  const runs: (SyncRun | null)[] = [];
  for (const adAccountId of adAccountIds) {
    try {
      runs.push(await syncOne(services, { organizationId, adAccountId, ...wantedOf(given) }));
    } catch (error) {
      // A grant that died with an account before ends the syncs of the others too; their runs go on.
      if (!(error instanceof AppError)) throw error;
      services.log.error({ organizationId, adAccountId }, error.message);
      runs.push(null);
    }
  }
  return runs;
}

function wantedOf({ from, to, backfill }: Input): Pick<Wanted, 'work' | 'window'> {
  if (backfill) return { work: 'BACKFILL', window: undefined };
  const window = from === undefined || to === undefined ? undefined : { from, to };
  return { work: window ? 'RANGE' : 'DAILY', window };
}

interface Wanted {
  organizationId: string;
  adAccountId: string;
  work: SyncWork;
  window: DayRange | undefined;
}

/** A run of the same kind that is under way already answers where no window was asked for; another is waited for first. */
async function syncOne(
  services: SyncServices,
  { organizationId, adAccountId, work, window }: Wanted,
): Promise<SyncRun> {
  const principal = jobPrincipal(organizationId);
  for (;;) {
    const { syncRunId, isNew } = await withTenant(services.jobsDb, principal, 'write', (tx) =>
      requestSync(tx, principal, { adAccountId, trigger: 'MANUAL', work, ...(window ? { window } : {}) }),
    );
    const run = await runToEnd(services, { organizationId, syncRunId });
    if (isNew || (!window && run.work === work)) return run;
  }
}
