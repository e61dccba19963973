import { z } from 'zod';
import type { TenantTx } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { CreatorNetwork, NetworkAccount } from '../../integrations/creator-network.ts';
import { PlatformError } from '../../integrations/errors.ts';
import { AppError } from '../../kernel/errors.ts';
import { ingestContents } from '../creator-contents/ingest.ts';
import { adoptAccount, isRefusedAccount, settleAccount } from '../creator-platforms/account.ts';
import { ingestAudience, ingestProfile, refreshMeans } from '../creator-platforms/ingest.ts';
import type { TenantEvent, WebhookEffect, WebhookHandler, WebhookWork } from '../webhooks/schema.ts';
import { inTenant } from './claim.ts';
import { requestCreatorSync } from './commands.ts';
import type { CreatorSyncServices } from './services.ts';

/** Ids come with dashes and without. */
const uuid = z
  .string()
  .transform((value) => value.toLowerCase().replaceAll('-', ''))
  .refine((value) => /^[0-9a-f]{32}$/.test(value))
  .transform((hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));

const notice = z.looseObject({
  data: z.looseObject({
    account_id: uuid,
    items: z.array(uuid).max(1_000).catch([]).default([]),
  }),
});

/** The most that can be asked for at once. */
const MOST_IDS = 100;

interface Call {
  services: CreatorSyncServices;
  network: CreatorNetwork;
  event: TenantEvent;
  signal: AbortSignal | undefined;
}

/**
 * Handles what Phyllo tells. An event is thin and may come late, twice or before another: so what it names is asked for
 * as it stands now, and in whichever order events come the same rows stand at the end.
 */
export function phylloHandler(services: CreatorSyncServices): WebhookHandler {
  return (event, { signal }) => handlePhylloEvent(services, event, signal);
}

export async function handlePhylloEvent(
  services: CreatorSyncServices,
  event: TenantEvent,
  signal?: AbortSignal,
): Promise<WebhookWork> {
  const read = readerOf(event.name);
  if (!read) return ignored(`SpokeStack does nothing about “${event.name}”.`);
  const network = services.creatorNetwork;
  if (!network) return ignored('Phyllo is off here.');
  const parsed = notice.safeParse(event.payload);
  if (!parsed.success) return ignored('It names no account.');
  const { account_id: accountId, items } = parsed.data.data;
  const call = { services, network, event, signal };
  const account = await orGone(() => network.account(accountId, { signal }));
  const known = await findKnown(call, accountId, account);
  if (!known) return ignored('Its account is none of a creator here.');
  if (known.isTakenOff) return ignored('Its account was taken off here.');
  // As one that was refused and ended: of it there is nothing to read.
  const isStranger = !known.isHere && account?.state !== 'CONNECTED';
  if (isStranger && read !== readStanding) return ignored(NEVER_HERE);
  const subject = { accountId, account, creatorId: known.creatorId, items };
  const work = await read(call, subject);
  return async (tx) => withCreator(await work(tx), known.creatorId);
}

interface Subject {
  accountId: string;
  /** null: Phyllo does not know it any more. */
  account: NetworkAccount | null;
  creatorId: string;
  items: readonly string[];
}

type Reader = (call: Call, subject: Subject) => Promise<WebhookWork>;

function readerOf(name: string): Reader | null {
  const [noun = '', verb = ''] = name.split('.');
  if (noun === 'ACCOUNTS' || name === 'SESSION.EXPIRED') return readStanding;
  if (verb !== 'ADDED' && verb !== 'UPDATED') return null;
  if (noun === 'PROFILES') return readProfile;
  if (noun === 'PROFILES_AUDIENCE') return readAudience;
  return noun === 'CONTENTS' ? readContents : null;
}

/** null where the service does not know it any more. */
async function orGone<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PlatformError && error.kind === 'skip') return null;
    throw error;
  }
}

interface Known {
  creatorId: string;
  /** An account of a creator bears its id. */
  isHere: boolean;
  isTakenOff: boolean;
}

/** Whose an account is: the service's own word of its user decides, and where it is gone our row of before. */
async function findKnown(
  { services, event }: Call,
  accountId: string,
  account: NetworkAccount | null,
): Promise<Known | null> {
  return inTenant(services, event.organizationId, async (tx) => {
    const row = await tx
      .selectFrom('creator_platforms')
      .select(['creator_id', 'is_active', 'phyllo_user_id'])
      .where('phyllo_account_id', '=', accountId)
      .executeTakeFirst();
    const isTakenOff = row?.is_active === false && event.name !== 'ACCOUNTS.CONNECTED';
    // After a merge an account's user is not the one that its creator has now.
    const isOurs = row && (account === null || row.phyllo_user_id === account.userId);
    if (isOurs) return { creatorId: row.creator_id, isHere: true, isTakenOff };
    if (account === null) return null;
    const creator = await tx
      .selectFrom('creators')
      .select('id')
      .where('phyllo_user_id', '=', account.userId)
      .where('is_active', '=', true)
      .executeTakeFirst();
    if (!creator || (row && row.creator_id !== creator.id)) return null;
    return { creatorId: creator.id, isHere: row !== undefined, isTakenOff };
  });
}

/** The account as it stands now, whatever the event says that it did; one that is connected now is taken in first. */
async function takeIn(
  tx: TenantTx,
  { services, event }: Call,
  { accountId, account, creatorId }: Subject,
): Promise<{ creatorPlatformId: string; isLive: boolean } | null> {
  const principal = jobPrincipal(event.organizationId);
  if (account?.state === 'CONNECTED') {
    const isTelling = event.name === 'ACCOUNTS.CONNECTED';
    const connectedAt = isTelling ? event.receivedAt : (account.connectedAt ?? event.receivedAt);
    const adopted = await adoptAccount(tx, principal, { creatorId, account, connectedAt });
    const { creatorPlatformId, isNew } = adopted;
    if (isNew)
      await requestCreatorSync(tx, principal, {
        creatorId,
        creatorPlatformId,
        kind: 'EVERYTHING',
        trigger: 'CONNECT',
      });
    return { creatorPlatformId, isLive: true };
  }
  const row = await tx
    .selectFrom('creator_platforms')
    .select('id')
    .where('phyllo_account_id', '=', accountId)
    .executeTakeFirst();
  if (!row) return null;
  const told = account?.state ?? 'DISCONNECTED';
  const now = services.now();
  const isLive = await settleAccount(tx, principal, { creatorPlatformId: row.id, told, now });
  return { creatorPlatformId: row.id, isLive };
}

const readStanding: Reader = (call, subject) =>
  Promise.resolve(
    told(async (tx) => {
      const taken = await takeIn(tx, call, subject);
      if (!taken) return { state: 'IGNORED', summary: NEVER_HERE };
      const words = taken.isLive ? 'The account is connected.' : 'The account is not connected any more.';
      return { state: 'HANDLED', summary: words };
    }),
  );

const readProfile: Reader = async (call, subject) => {
  const { network, services, signal } = call;
  const fetchedAt = services.now();
  const profile = await orGone(() => network.profile(subject.accountId, { signal }));
  return told(async (tx) => {
    const taken = await takeIn(tx, call, subject);
    if (!taken || !profile) return NOTHING_YET;
    const { creatorPlatformId } = taken;
    await ingestProfile(tx, { creatorPlatformId, profile, fetchedAt });
    await refreshMeans(tx, creatorPlatformId, fetchedAt);
    return { state: 'HANDLED', summary: 'The profile was read.' };
  });
};

/** The profile comes with it: how many follow is what the percents are of. */
const readAudience: Reader = async (call, subject) => {
  const { network, services, signal } = call;
  const fetchedAt = services.now();
  const profile = await orGone(() => network.profile(subject.accountId, { signal }));
  const audience = await orGone(() => network.audience(subject.accountId, { signal }));
  return told(async (tx) => {
    const taken = await takeIn(tx, call, subject);
    if (!taken || !audience) return NOTHING_YET;
    const { creatorPlatformId } = taken;
    if (profile) {
      await ingestProfile(tx, { creatorPlatformId, profile, fetchedAt });
      await refreshMeans(tx, creatorPlatformId, fetchedAt);
    }
    await ingestAudience(tx, { creatorPlatformId, audience, fetchedAt });
    return { state: 'HANDLED', summary: 'The audience was read.' };
  });
};

/** What is gone by now is absent from the answer; that it is missing is noted by the next whole look. */
const readContents: Reader = async (call, subject) => {
  const { network, services, event, signal } = call;
  const fetchedAt = services.now();
  const contents = [];
  for (let at = 0; at < subject.items.length; at += MOST_IDS) {
    const ids = subject.items.slice(at, at + MOST_IDS);
    contents.push(...(await network.contentsByIds(ids, { signal })));
  }
  const own = contents.filter(({ accountId }) => accountId === subject.accountId);
  return told(async (tx) => {
    const taken = await takeIn(tx, call, subject);
    if (!taken) return NOTHING_YET;
    const { creatorPlatformId } = taken;
    const range = { from: null, to: null };
    const request = { creatorPlatformId, contents: own, fetchedAt, isComplete: false, range };
    const { read, added } = await ingestContents(tx, jobPrincipal(event.organizationId), request);
    await refreshMeans(tx, creatorPlatformId, fetchedAt);
    return { state: 'HANDLED', summary: `${posts(read)} read, ${added} of them new.` };
  });
};

const NEVER_HERE = 'Its account was never connected here.';
const NOTHING_YET: WebhookEffect = { state: 'IGNORED', summary: 'Phyllo has nothing of it to read.' };

const posts = (count: number): string => (count === 1 ? '1 post' : `${count} posts`);

/** An account that is another creator's here is no failed try: trying again helps nobody. */
function told(work: WebhookWork): WebhookWork {
  return async (tx) => {
    try {
      return await work(tx);
    } catch (error) {
      if (isRefusedAccount(error) && error.code === 'conflict')
        return { state: 'IGNORED', summary: 'Another creator of the agency has this account already.' };
      if (error instanceof AppError && (error.code === 'conflict' || error.code === 'unprocessable'))
        return { state: 'IGNORED', summary: error.message };
      throw error;
    }
  };
}

function ignored(summary: string): WebhookWork {
  return () => Promise.resolve({ state: 'IGNORED', summary });
}

function withCreator(effect: WebhookEffect, creatorId: string): WebhookEffect {
  return { ...effect, creatorId };
}
