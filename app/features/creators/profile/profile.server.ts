import { listCreatorsInput, type Creator } from '../../../../server/domain/creators/schema.ts';
import type { Api } from '../../../bridge/api.server.ts';
import { readCreator, readCreatorTimeline, readHistoryTab } from '../../../bridge/record-panel.server.ts';
import { readListInput, readPlace } from '../../../bridge/record-place.server.ts';
import { readList } from '../../../lib/list-address.ts';
import { readContents } from '../../creator-contents/contents.server.ts';
import { readGrowthFigure, readGrowthRange } from './growth.ts';
import { type ProfileTab, readProfileTab } from './profile-tabs.tsx';

const BLOCKS = 50;
const CONTRACTS = 50;
const CAMPAIGNS = 50;

/** What every part of a creator's page begins with: the creator, their place in the list, and who reads. */
export async function readProfileFrame(caller: Api, creatorId: string, url: URL) {
  const list = readList(url);
  const [facts, place, { current }] = await Promise.all([
    readCreator(caller, creatorId),
    readPlace(list, (query) =>
      caller.creators.neighbours({ creatorId, list: readListInput(listCreatorsInput, query) }),
    ),
    caller.account.me(),
  ]);
  const isClient = current?.brandId != null;
  const mayWriteAccounts = current?.permissions.includes('creator-platforms.write') ?? false;
  const mayReadContracts = current?.permissions.includes('creator-contracts.read') ?? false;
  return {
    ...facts,
    list,
    place,
    isClient,
    mayWriteAccounts,
    mayReadContracts,
    now: new Date().toISOString(),
  };
}

/** A creator's page with what the tab of its address shows. Errors: `not_found`. */
export async function readProfile(caller: Api, creatorId: string, url: URL) {
  const frame = await readProfileFrame(caller, creatorId, url);
  const tab = readProfileTab(url.searchParams.get('tab'), frame.isClient);
  return { ...frame, address: url.href, view: await readView(caller, { ...frame, tab, url }) };
}

interface View {
  creator: Creator;
  isClient: boolean;
  mayReadContracts: boolean;
  tab: ProfileTab;
  url: URL;
  now: string;
}

async function readView(caller: Api, { creator, tab, url, ...reader }: View) {
  const creatorId = creator.id;
  switch (tab) {
    case 'overview':
      return { tab, ...(await readOverview(caller, { creatorId, url, ...reader })) };
    case 'audience':
      return { tab, shown: await readAudience(caller, creator, url) };
    case 'content':
      return { tab, list: await readContents(caller, ofCreator(url, creatorId)) };
    case 'contracts': {
      const [contracts, conflicts] = await Promise.all([
        caller.creatorContracts.list({ creatorId, limit: CONTRACTS }),
        caller.creatorContracts.conflicts({ creatorId }),
      ]);
      return { tab, contracts: contracts.items, hasMore: contracts.nextCursor !== null, conflicts };
    }
    case 'campaigns': {
      const page = await caller.campaignCreators.ofCreator({ creatorId, limit: CAMPAIGNS });
      return { tab, assignments: page.items, hasMore: page.nextCursor !== null };
    }
    case 'timeline':
      return { tab, timeline: await readCreatorTimeline(caller, creator, url) };
    case 'history': {
      const history = await readHistoryTab({ caller, url }, (page) =>
        caller.creators.history({ creatorId, ...page }),
      );
      return { tab, history };
    }
  }
}

/** The list's own filters stand in the address as they do on its own page. */
function ofCreator(url: URL, creatorId: string): URL {
  const list = new URL(url);
  list.searchParams.set('creatorId', creatorId);
  return list;
}

interface Overview {
  creatorId: string;
  isClient: boolean;
  mayReadContracts: boolean;
  url: URL;
  now: string;
}

async function readOverview(caller: Api, { creatorId, isClient, mayReadContracts, url, now }: Overview) {
  const { searchParams: search } = url;
  const today = now.slice(0, 10);
  const range = readGrowthRange(search, today);
  const [metrics, blocks, conflicts] = await Promise.all([
    caller.creatorPlatforms.metrics({ creatorId, from: range.from, to: range.to }),
    // Whom the agency keeps from a brand is nothing for a client's own login.
    isClient ? null : caller.creatorBlocks.list({ creatorId, limit: BLOCKS }),
    mayReadContracts ? caller.creatorContracts.conflicts({ creatorId }) : null,
  ]);
  return {
    metrics,
    blocks: blocks && { items: blocks.items, hasMore: blocks.nextCursor !== null },
    conflicts,
    range,
    figure: readGrowthFigure(search.get('figure')),
    asked: search.get('account'),
    today,
  };
}

async function readAudience(caller: Api, creator: Creator, url: URL) {
  const asked = url.searchParams.get('account');
  const { platforms } = creator;
  const only = platforms.length === 1 ? platforms[0] : undefined;
  const account = platforms.find(({ creatorPlatformId }) => creatorPlatformId === asked) ?? only;
  if (!account)
    return {
      of: 'all' as const,
      combined: await caller.creatorPlatforms.combinedAudience({ creatorId: creator.id }),
    };
  const { creatorPlatformId } = account;
  const history = await caller.creatorPlatforms.audience({ creatorPlatformId });
  return { of: 'account' as const, account, history };
}
