import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { type ConnectEvent, idle, nextState } from '../../app/features/creator-connect/connect-state.ts';
import { type ConnectEvents, openConnectWindow } from '../../app/features/creator-connect/sdk.ts';
import { readAccountForm, valuesOfAccount } from '../../app/features/creators/profile/account-form-values.ts';
import { Cautions } from '../../app/features/creators/profile/audience-view.tsx';
import { deliverableWords } from '../../app/features/creators/profile/campaign-words.ts';
import { ConnectPanel } from '../../app/features/creators/profile/connect-panel.tsx';
import { Conflicts, ConflictsNotice } from '../../app/features/creators/profile/contract-list.tsx';
import { connectionWords } from '../../app/features/creators/profile/connection-words.ts';
import {
  chosenAccount,
  followersChange,
  type GrowthAccount,
  growthSeries,
  readGrowthRange,
} from '../../app/features/creators/profile/growth.ts';
import { readProfileTab } from '../../app/features/creators/profile/profile-tabs.tsx';
import type { ExclusivityConflict } from '../../server/domain/creator-contracts/schema.ts';

const figures = {
  followers: null,
  following: null,
  posts: null,
  likes: null,
  meanViews: null,
  meanLikes: null,
  meanComments: null,
  measuredPosts: null,
};

function snapshot(date: string, followers: number | null): GrowthAccount['snapshots'][number] {
  const at = `${date}T03:00:00Z`;
  return { date, ...figures, followers, engagementRate: null, source: 'PHYLLO', fetchedAt: at };
}

function accountOf(
  snapshots: GrowthAccount['snapshots'],
  changes: Partial<GrowthAccount> = {},
): GrowthAccount {
  return {
    id: 'a',
    creatorId: 'c',
    platform: 'INSTAGRAM',
    handle: 'noor',
    nativeId: null,
    profileUrl: null,
    imageUrl: null,
    isVerified: null,
    ...figures,
    engagement: null,
    statedEngagementRate: null,
    statedEngagementBasis: null,
    source: 'PHYLLO',
    figuresAt: null,
    connectionState: 'SYNCED',
    isConnected: true,
    connectedAt: '2026-11-01T20:30:00Z',
    expiresAt: null,
    lastSyncedAt: null,
    contentsSyncedAt: null,
    audienceSyncedAt: null,
    syncError: null,
    isActive: true,
    version: 1,
    createdAt: '2026-11-01T00:00:00Z',
    updatedAt: '2026-11-01T00:00:00Z',
    ...changes,
    snapshots,
  };
}

describe('growth', () => {
  const account = accountOf([
    snapshot('2026-11-02', 100),
    snapshot('2026-11-04', 90),
    snapshot('2026-11-05', null),
  ]);

  it('has a day each, and a gap where nobody looked or the network told nothing', () => {
    const { days, series } = growthSeries(account, 'followers', { from: '2026-11-01', to: '2026-11-05' });
    expect(days).toHaveLength(5);
    expect(series[0]?.values).toEqual([null, 100, null, 90, null]);
  });

  it('changes between the first and the last day that tell it', () => {
    expect(followersChange(account)).toMatchObject({ difference: -10, to: { date: '2026-11-04' } });
    expect(followersChange(accountOf([snapshot('2026-11-02', 100)]))).toBeNull();
  });

  it('ends today, is ninety days unless the address says otherwise, and two years at most', () => {
    const range = (query: string) => readGrowthRange(new URLSearchParams(query), '2026-11-22');
    expect(range('')).toEqual({ from: '2026-08-25', to: '2026-11-22', days: 90 });
    expect(range('days=30')).toMatchObject({ from: '2026-10-24', days: 30 });
    expect(range('days=31')).toMatchObject({ days: 90 });
    expect(range('from=2026-11-09&to=2026-11-01')).toEqual({
      from: '2026-11-01',
      to: '2026-11-09',
      days: null,
    });
    expect(range('from=2001-01-01&to=2026-11-22').from).toBe('2024-11-22');
  });

  it('is of the account that is asked for, else of the first', () => {
    const [first, second] = [accountOf([]), accountOf([], { id: 'b' })];
    expect(chosenAccount([first, second], 'b')).toBe(second);
    expect(chosenAccount([first, second], 'none')).toBe(first);
    expect(chosenAccount([], null)).toBeUndefined();
  });
});

describe('an account', () => {
  it('says in words how its connection stands, by the reader’s own days', () => {
    const words = (changes: Partial<GrowthAccount>) => connectionWords(accountOf([], changes), 'Asia/Dubai');
    expect(words({})).toBe('Connected since 2 Nov 2026. The figures refresh themselves every day.');
    expect(words({ connectionState: 'EXPIRED' })).toMatch(/stay as they were/);
    expect(words({ connectionState: 'EXPIRING', expiresAt: '2026-12-01T00:00:00Z' })).toMatch(/1 Dec 2026/);
  });

  it('is read from its form as the procedures take it', () => {
    const form = new FormData();
    for (const [name, value] of Object.entries({
      followers: '1,234,567',
      meanLikes: '12.5',
      posts: '1,5',
      following: '',
      isVerified: 'false',
      statedEngagementRate: '3.4',
      statedEngagementBasis: 'REACH',
      figuresOn: '2026-11-20',
    }))
      form.set(name, value);
    const read = readAccountForm(form, { empty: 'left out', today: '2026-11-22' });
    expect(read).toEqual({
      followers: '1234567',
      meanLikes: '12.5',
      posts: '1,5',
      isVerified: false,
      statedEngagementRate: '0.034',
      statedEngagementBasis: 'REACH',
      figuresAt: '2026-11-20T12:00:00Z',
    });
    expect(readAccountForm(form, { empty: 'emptied', today: '2026-11-20' })).toMatchObject({
      following: null,
    });
    expect(readAccountForm(form, { empty: 'emptied', today: '2026-11-20' })).not.toHaveProperty('figuresAt');
  });

  it('begins its form with what is known, and with nothing where nothing is', () => {
    const values = valuesOfAccount(accountOf([], { followers: 0, statedEngagementRate: '0.034' }));
    expect(values).toMatchObject({ followers: '0', posts: '', statedEngagementRate: '3.4', isVerified: '' });
  });
});

describe('the connect window', () => {
  const after = (...events: ConnectEvent[]) => events.reduce(nextState, idle);
  const account = { platformName: 'TikTok', handle: 'noor' };

  it('opens once every callback is registered', () => {
    const calls: string[] = [];
    const sdk = {
      initialize: () => ({ on: (name: string) => calls.push(name), open: () => calls.push('open') }),
    };
    const none = () => undefined;
    const events: ConnectEvents = {
      accountConnected: none,
      accountDisconnected: none,
      tokenExpired: none,
      exit: none,
      connectionFailure: none,
    };
    openConnectWindow(
      sdk,
      { clientDisplayName: 'A', environment: 'sandbox', userId: 'u', token: 't' },
      events,
    );
    expect(calls.at(-1)).toBe('open');
    expect(new Set(calls.slice(0, -1))).toEqual(new Set(Object.keys(events)));
  });

  it('that was closed says that nothing was connected', () => {
    expect(after({ kind: 'asked' }, { kind: 'opened' }, { kind: 'left' }).step).toBe('cancelled');
  });

  it('keeps saying what was connected, each account once', () => {
    const state = after(
      { kind: 'asked' },
      { kind: 'opened' },
      { kind: 'told' },
      { kind: 'confirmed', account },
      { kind: 'left' },
      { kind: 'asked' },
      { kind: 'opened' },
      { kind: 'told' },
      { kind: 'confirmed', account },
    );
    expect(state).toMatchObject({ step: 'idle', connected: [account] });
  });

  it('that is closed while the server confirms does not call it cancelled', () => {
    expect(after({ kind: 'asked' }, { kind: 'opened' }, { kind: 'told' }, { kind: 'left' }).step).toBe(
      'confirming',
    );
  });

  it('keeps a failure on the page after it was closed', () => {
    const state = after({ kind: 'opened' }, { kind: 'failed', message: 'No.' }, { kind: 'left' });
    expect(state).toMatchObject({ step: 'failed', message: 'No.' });
  });

  it('counts its renewals until somebody begins anew', () => {
    const renewed = after({ kind: 'asked' }, { kind: 'renewed' });
    expect(renewed.renewals).toBe(1);
    expect(nextState(renewed, { kind: 'asked' }).renewals).toBe(0);
  });
});

it('without Phyllo a page says so, and what can be done all the same', () => {
  const html = renderToStaticMarkup(
    <ConnectPanel
      creator={{ id: 'c', name: 'Noor' }}
      options={{ isOn: false, isStandIn: false, platforms: [] }}
      links={[]}
      made={null}
      people={{}}
      timeZone="UTC"
    />,
  );
  expect(html).toContain('Connecting is off here');
  expect(html).toContain('written by hand');
  expect(html).not.toContain('<button');
});

it('a sample to be read with care says why', () => {
  const cautions = [{ kind: 'SMALL' as const, text: 'Under 1,000 followers.' }];
  expect(renderToStaticMarkup(<Cautions cautions={cautions} />)).toContain('Under 1,000 followers.');
  expect(renderToStaticMarkup(<Cautions cautions={[]} />)).toBe('');
});

it('a deliverable says what came and what is late', () => {
  const deliverable = {
    id: 'd',
    platform: 'INSTAGRAM' as const,
    type: 'REEL' as const,
    count: 2,
    dueOn: '2026-11-03',
    revisionRounds: null,
    note: null,
    delivered: 1,
    confirmed: 1,
    late: 0,
    state: 'LATE' as const,
  };
  expect(deliverableWords(deliverable)).toBe('Instagram reel, 1 of 2 delivered; late, due 3 Nov 2026');
  expect(deliverableWords({ ...deliverable, state: 'DUE' })).toMatch(/; due 3 Nov 2026$/);
  expect(deliverableWords({ ...deliverable, state: 'DELIVERED', delivered: 2 })).toMatch(/2 of 2 delivered$/);
});

it('a client’s own login has no part for contracts', () => {
  expect(readProfileTab('contracts', true)).toBe('overview');
  expect(readProfileTab('contracts', false)).toBe('contracts');
  expect(readProfileTab('nothing', false)).toBe('overview');
});

describe('what stands against a contract', () => {
  const conflict: ExclusivityConflict = {
    kind: 'CONFLICT',
    clause: 'Fully exclusive',
    reason: 'It is for another client.',
    until: null,
    contractId: null,
    contractTitle: null,
    brandId: null,
    brandName: null,
    creatorId: 'c',
    creatorName: 'Noor Haddad',
    engagement: null,
  };
  const notice = (items: ExclusivityConflict[], isComplete = true) =>
    renderToStaticMarkup(<ConflictsNotice conflicts={{ items, isComplete }} href="/there" />);

  it('is said in short with the way to it, and not at all where nothing does', () => {
    expect(notice([])).toBe('');
    expect(notice([conflict])).toContain(
      '1 conflict with an exclusivity. <a class="text-link" href="/there">',
    );
    expect(notice([conflict])).toContain('Work stands against a contract');
    const possible = notice([{ ...conflict, kind: 'POSSIBLE' }, conflict], false);
    expect(possible).toContain('More than 2 conflicts');
    expect(notice([{ ...conflict, kind: 'POSSIBLE' }])).toContain('Work may stand against a contract');
  });

  it('names its creator where there are several, and no one whom the reader does not see', () => {
    const shown = (creatorName: string | null) =>
      renderToStaticMarkup(
        <Conflicts conflicts={{ items: [{ ...conflict, creatorName }], isComplete: true }} showsCreator />,
      );
    expect(shown('Noor Haddad')).toContain('href="/creators/c">Noor Haddad</a>: Fully exclusive');
    expect(shown(null)).not.toContain('/creators/c');
  });
});
