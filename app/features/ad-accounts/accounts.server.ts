import { treeInput } from '../../../server/domain/ad-accounts/schema.ts';
import type { ChangedMany } from '../../../server/domain/ad-accounts/schema.ts';
import type { Api } from '../../bridge/api.server.ts';
import { readForm, readQuery } from '../../bridge/forms.server.ts';
import { listQuery } from '../../lib/paging.ts';
import { paths, safeReturnTo, withQuery } from '../../lib/paths.ts';
import { brandField } from './account-picker.tsx';
import { readAccountTab } from './account-tabs.tsx';
import { readTreeState, toTreeLines } from './tree-lines.ts';

/** What narrows the tree, by its names in the address. */
export const treeFilters = ['platform', 'brandId', 'connectionId'] as const;

/** The page's data: of the lists the one that its tab shows, and the counts of all. */
export async function readAccounts(caller: Api, url: URL) {
  const tab = readAccountTab(url.searchParams.get('tab'));
  const { sort: _sort, cursor: _cursor, ...query } = listQuery(url, treeFilters);
  const input = readQuery(treeInput, query);
  const isNarrowed = Object.keys(input).length > 0;
  const [tree, all, platforms, unassigned, vanished, members] = await Promise.all([
    caller.adAccounts.tree(tab === 'in-use' ? input : {}),
    tab === 'in-use' && isNarrowed ? caller.adAccounts.tree({}) : null,
    caller.adAccounts.platforms(),
    caller.adAccounts.unassigned(),
    caller.adAccounts.vanished(),
    caller.members.list(),
  ]);
  const found = unassigned.found.flatMap(({ accounts }) => accounts).length;
  const gone = vanished.found.flatMap(({ accounts }) => accounts).length;
  return {
    platforms,
    people: Object.fromEntries(members.map(({ id, name }) => [id, name])),
    counts: {
      'in-use': (all ?? tree).accountCount,
      found,
      'no-brand': unassigned.withoutBrand.length,
      vanished: vanished.inUse.length + gone,
    },
    list: await listOf(),
  };

  async function listOf() {
    if (tab === 'found') return { tab, found: unassigned.found };
    if (tab === 'no-brand') return { tab, accounts: unassigned.withoutBrand };
    if (tab === 'vanished') return { tab, vanished };
    const [spend, overview] = await Promise.all([caller.adAccounts.spend({}), caller.syncRuns.overview()]);
    const state = readTreeState(url.searchParams.get('state'));
    const now = new Date().toISOString();
    return { tab, lines: toTreeLines(tree.nodes, { spend, state, now }), running: overview.running };
  }
}

/** What a form of the page did: where the reader goes next, with words for that page. */
export interface Done {
  to: string;
  notice: string | null;
}

/** Runs one of the page's forms. Errors: those of its procedure; a 400 Response for an intent that is none. */
export async function actOnAccounts(caller: Api, form: FormData): Promise<Done> {
  const { intent, back, adAccountId = '', expectedVersion } = readForm(form);
  const to = safeReturnTo(back, paths.adAccounts());
  const adAccountIds = form.getAll('adAccountId').filter((value) => typeof value === 'string');
  const one = { adAccountId, expectedVersion: Number(expectedVersion) || undefined };
  switch (intent) {
    case 'sync':
      return { to, notice: inWords('asked to sync', await caller.adAccounts.syncMany({ adAccountIds })) };
    case 'pause':
    case 'resume': {
      const isPaused = intent === 'pause';
      const changed = await caller.adAccounts.pauseMany({ adAccountIds, isPaused });
      return { to, notice: inWords(isPaused ? 'paused' : 'resumed', changed) };
    }
    case 'brands':
      return {
        to: withQuery(paths.adAccounts(), { tab: 'no-brand' }),
        notice: await giveBrands(caller, form),
      };
    case 'archive':
      await caller.adAccounts.archive(one);
      return { to: withQuery(paths.adAccounts(), { tab: 'vanished', archived: adAccountId }), notice: null };
    case 'restore':
      await caller.adAccounts.restore(one);
      return { to: withQuery(paths.adAccounts(), { tab: 'vanished' }), notice: null };
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}

/** Each account of the form goes to the brand beside it; those left without one stay as they are. */
async function giveBrands(caller: Api, form: FormData): Promise<string> {
  const prefix = brandField('');
  let given = 0;
  for (const [name, brandId] of form) {
    if (!name.startsWith(prefix) || typeof brandId !== 'string' || brandId === '') continue;
    await caller.adAccounts.update({ adAccountId: name.slice(prefix.length), brandId });
    given += 1;
  }
  if (given === 0) return 'No brand was chosen, so nothing changed.';
  return given === 1 ? '1 ad account has its brand.' : `${given} ad accounts have their brands.`;
}

function inWords(what: string, { doneCount, skipped }: ChangedMany): string {
  const done = doneCount === 1 ? `1 ad account ${what}.` : `${doneCount} ad accounts ${what}.`;
  if (skipped.length === 0) return done;
  const left = skipped.slice(0, 3).map(({ name, reason }) => `${name}: ${reason}`);
  const more = skipped.length > left.length ? ` And ${skipped.length - left.length} more.` : '';
  return `${done} Left out: ${left.join(' ')}${more}`;
}
