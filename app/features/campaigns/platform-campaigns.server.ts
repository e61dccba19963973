import { z } from 'zod';
import type { MatchPreview, MatchRuleInput } from '../../../server/domain/campaign-match-rules/schema.ts';
import { listPlatformCampaignsInput } from '../../../server/domain/platform-campaigns/schema.ts';
import type { Api } from '../../bridge/api.server.ts';
import { readForm, readQuery } from '../../bridge/forms.server.ts';
import { pickField, searchField } from '../../lib/form-fields.ts';
import { pageLinks } from '../../lib/paging.ts';
import { readRules } from '../campaign-match-rules/match-rule-rows.ts';
import type { PickerFilter } from './platform-campaign-picker.tsx';

export const parts = ['attached', 'pick', 'rules'] as const;
export type Part = (typeof parts)[number];

const PAGE = 100;

/** The part that an address asks for, as far as these permissions lead: a client reads what is attached alone. */
export function readPart(url: URL, permissions: readonly string[]): Part {
  const asked = z.enum(parts).catch('attached').parse(url.searchParams.get('part'));
  if (asked === 'pick' && !permissions.includes('platform-campaigns.write')) return 'attached';
  return asked === 'rules' && !permissions.includes('campaign-match-rules.read') ? 'attached' : asked;
}

/** What one part of the page shows. Errors: those of the procedures. */
export async function readPartOf(caller: Api, campaignId: string, { part, url }: { part: Part; url: URL }) {
  if (part === 'pick') return { part, ...(await readPicker(caller, url)) };
  if (part === 'rules') return { part, ...(await readRulesPart(caller, campaignId)) };
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const [page, work] = await Promise.all([
    caller.platformCampaigns.list({ campaignId, limit: PAGE, cursor }),
    caller.campaignCreators.list({ campaignId, limit: PAGE }),
  ]);
  return {
    ...{ part, items: page.items, links: pageLinks(url, page.nextCursor) },
    spends: await readSpends(caller, page.items),
    creators: work.items.map(({ id, creatorName }) => ({ id, creatorName })),
  };
}

async function readPicker(caller: Api, url: URL) {
  const filter = readFilter(url);
  const asked = readQuery(
    listPlatformCampaignsInput.pick({ q: true, adAccountId: true, platform: true, label: true }),
    withoutEmpty({ q: filter.find, ...withoutFind(filter) }),
  );
  const ids = [...new Set(url.searchParams.getAll(pickField))].slice(0, 200);
  const isNarrowed = Object.values(filter).some((value) => value !== '');
  const [found, all, choices] = await Promise.all([
    caller.platformCampaigns.list({ ...asked, isAttached: false, limit: PAGE }),
    ids.length > 0 && isNarrowed ? caller.platformCampaigns.list({ isAttached: false, limit: PAGE }) : null,
    readChoices(caller),
  ]);
  const known = new Map([...found.items, ...(all?.items ?? [])].map((item) => [item.id, item]));
  return {
    ...choices,
    ...{ filter, items: found.items, hasMore: found.nextCursor !== null },
    chosen: ids.map((id) => ({ id, name: known.get(id)?.name ?? 'Chosen before this search' })),
    spends: await readSpends(caller, found.items),
  };
}

function readFilter({ searchParams }: URL): PickerFilter {
  const text = (name: string) => (searchParams.get(name) ?? '').slice(0, 200);
  const find = text(searchField);
  return { find, adAccountId: text('adAccountId'), platform: text('platform'), label: text('label') };
}

function withoutFind({ find: _find, ...rest }: PickerFilter): Omit<PickerFilter, 'find'> {
  return rest;
}

function withoutEmpty(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

async function readRulesPart(caller: Api, campaignId: string) {
  const [list, choices] = await Promise.all([
    caller.campaignMatchRules.list({ campaignId }),
    readChoices(caller),
  ]);
  const rules = list.rules.map(
    ({ adAccountId, platform, nameMatch, namePattern, label, isBoost }): MatchRuleInput => {
      return { adAccountId, platform, nameMatch, namePattern, label, isBoost };
    },
  );
  return {
    list,
    choices,
    preview: await previewSeen(caller, { campaignId, rules, accounts: choices.accounts }),
  };
}

/** A rule may name an account that this reader does not see: then there is no preview for them. */
async function previewSeen(
  caller: Api,
  asked: { campaignId: string; rules: MatchRuleInput[]; accounts: readonly { id: string }[] },
): Promise<MatchPreview | null> {
  const { campaignId, rules, accounts } = asked;
  const seen = new Set(accounts.map(({ id }) => id));
  const isSeen = rules.every(({ adAccountId }) => !adAccountId || seen.has(adAccountId));
  return isSeen ? caller.campaignMatchRules.preview({ campaignId, rules }) : null;
}

/** The ad accounts in use and the labels that the reader sees. */
async function readChoices(caller: Api) {
  const [tree, labels] = await Promise.all([caller.adAccounts.tree({}), caller.platformCampaigns.labels({})]);
  const accounts = tree.nodes
    .filter(({ isManager }) => !isManager)
    .map(({ id, name, platform }) => ({ id, name, platform }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return { accounts, labels: labels.items };
}

async function readSpends(caller: Api, items: readonly { id: string }[]) {
  if (items.length === 0) return [];
  const platformCampaignIds = items.map(({ id }) => id);
  return (await caller.platformCampaigns.recentSpend({ platformCampaignIds })).items;
}

/** What a form of the page did, in words, and how many saved rules attached at once; or what its rules would do, which the page shows without keeping it. */
export type Done =
  { message: string; part: Part; saved?: number } | { draft: MatchRuleInput[]; preview: MatchPreview };

/** Runs one of the page's forms. Errors: those of its procedure; a 400 Response for an intent that is none. */
export async function actOnPart(caller: Api, campaignId: string, form: FormData): Promise<Done> {
  const { intent = 'attach', campaignCreatorId = null, expectedVersion } = readForm(form);
  const platformCampaignIds = form.getAll(pickField).filter((value) => typeof value === 'string');
  const done = ({ items }: { items: readonly { name: string }[] }, what: string): Done => {
    const [only] = items;
    const subject = only && items.length === 1 ? only.name : `${items.length} platform campaigns`;
    return { message: `${subject} ${what}`, part: 'attached' };
  };
  switch (intent) {
    case 'attach':
      return done(await caller.platformCampaigns.attach({ campaignId, platformCampaignIds }), 'attached');
    case 'detach':
      return done(await caller.platformCampaigns.detach({ campaignId, platformCampaignIds }), 'detached');
    case 'media':
    case 'boost': {
      const isBoost = intent === 'boost';
      const mark = { platformCampaignIds, isBoost, campaignCreatorId: isBoost ? campaignCreatorId : null };
      return done(await caller.platformCampaigns.setBoost(mark), `counted as ${intent}`);
    }
    case 'rules': {
      const rules = readRules(form);
      const version = Number(expectedVersion) || undefined;
      const { attached } = await caller.campaignMatchRules.replace({
        ...{ campaignId, rules },
        expectedVersion: version,
      });
      return { message: 'Rules saved', part: 'rules', saved: attached.count };
    }
    case 'preview': {
      const draft = readRules(form);
      return { draft, preview: await caller.campaignMatchRules.preview({ campaignId, rules: draft }) };
    }
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}
