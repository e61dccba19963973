import type { AppLoadContext } from '@remix-run/node';
import type { ConnectLink } from '../../../../server/domain/creator-platforms/connect-schema.ts';
import type { CreatorPlatform } from '../../../../server/domain/creator-platforms/schema.ts';
import { platformLabels } from '../../../../server/domain/creators/fields.ts';
import type { Api } from '../../../bridge/api.server.ts';
import { readForm, submit } from '../../../bridge/forms.server.ts';
import type { ConfirmAnswer, SessionAnswer } from '../../creator-connect/answers.ts';
import type { MadeLink } from './connect-panel.tsx';
import { readProfileFrame } from './profile.server.ts';

const RUNS = 20;

/** A creator's accounts with what connects them; who may not change the creator sees accounts and fetches alone. */
export async function readAccounts(caller: Api, creatorId: string, url: URL) {
  const frame = await readProfileFrame(caller, creatorId, url);
  const canChange = frame.mayWriteAccounts && frame.creator.isChangeable;
  const [accounts, runs, options, forWriters] = await Promise.all([
    caller.creatorPlatforms.list({ creatorId }),
    caller.creatorSync.list({ creatorId, limit: RUNS }),
    caller.creatorConnect.options({}),
    canChange ? readForWriters(caller, creatorId) : nothing,
  ]);
  return { ...frame, accounts, runs: runs.items, options, ...forWriters };
}

interface ForWriters {
  archived: CreatorPlatform[];
  links: ConnectLink[];
  /** User id to name. */
  people: Record<string, string>;
}

const nothing: ForWriters = { archived: [], links: [], people: {} };

async function readForWriters(caller: Api, creatorId: string): Promise<ForWriters> {
  const [archived, links, members] = await Promise.all([
    caller.creatorPlatforms.list({ creatorId, deleted: true }),
    caller.creatorConnect.links({ creatorId }),
    caller.members.list(),
  ]);
  const people = Object.fromEntries(members.map(({ id, name }) => [id, name]));
  return { archived, links, people };
}

interface Sent {
  context: AppLoadContext;
  caller: Api;
  creatorId: string;
  form: FormData;
}

/** What the page's script asks for: a session, and that an account is confirmed. Null for any other intent. */
export async function answerConnect(sent: Sent): Promise<SessionAnswer | ConfirmAnswer | null> {
  const { context, caller, creatorId, form } = sent;
  const { intent, platform, accountId = '' } = readForm(form);
  if (intent === 'session') {
    const chosen = readNetwork(platform);
    const result = await submit(context, form, () => caller.creatorConnect.session({ creatorId, ...chosen }));
    if ('failure' in result) return { ok: false, message: result.failure.message };
    const { expiresAt: _expiresAt, ...session } = result.value;
    return { ok: true, session };
  }
  if (intent !== 'confirm') return null;
  const result = await submit(context, form, () => caller.creatorConnect.confirm({ creatorId, accountId }));
  if ('failure' in result) return { ok: false, message: result.failure.message };
  const account = result.value;
  return { ok: true, platformName: platformLabels[account.platform], handle: account.handle };
}

type Network = keyof typeof platformLabels;

function readNetwork(value: string | undefined): { platform?: Network } {
  const platform = (Object.keys(platformLabels) as Network[]).find((one) => one === value);
  return platform === undefined ? {} : { platform };
}

/** Runs one of the page's forms. Errors: those of its procedure; a 400 Response for an intent that is none. */
export async function actOnAccounts(
  caller: Api,
  creatorId: string,
  form: FormData,
): Promise<{ made: MadeLink } | null> {
  const sent = readForm(form);
  const { creatorPlatformId = '', creatorConnectLinkId = '', from = '' } = sent;
  const one = { creatorPlatformId, expectedVersion: Number(sent.expectedVersion) || undefined };
  switch (sent.intent) {
    case 'make-link': {
      const { session: _session, ...made } = await caller.creatorConnect.connect({
        creatorId,
        ...readNetwork(sent.platform),
      });
      return { made };
    }
    case 'withdraw-link':
      await caller.creatorConnect.withdrawLink({ creatorConnectLinkId });
      return null;
    case 'refresh':
      await caller.creatorSync.refresh({ creatorPlatformId });
      return null;
    case 'history':
      await caller.creatorSync.fetchHistory({ creatorPlatformId, from });
      return null;
    case 'disconnect':
      await caller.creatorConnect.disconnect({ creatorPlatformId });
      return null;
    case 'archive-account':
      await caller.creatorPlatforms.archive(one);
      return null;
    case 'restore-account':
      await caller.creatorPlatforms.restore(one);
      return null;
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}
