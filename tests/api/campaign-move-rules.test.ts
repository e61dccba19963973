import { describe, expect, test } from 'vitest';
import type { CampaignStatus } from '../../db/types.ts';
import {
  firstStatusProblem,
  moveByDate,
  type MoveDays,
  moveProblem,
  NO_STAMPS,
  nextStatuses,
  planProblem,
  stampsOf,
} from '../../server/domain/campaigns/rules.ts';
import { campaignStatuses } from '../../server/domain/campaigns/schema.ts';

/** Who may move what where: w, whoever writes; a, approvers alone. */
const table: Readonly<Record<CampaignStatus, Partial<Record<CampaignStatus, 'w' | 'a'>>>> = {
  DRAFT: { PENDING_APPROVAL: 'w', APPROVED: 'a', ACTIVE: 'a', CANCELLED: 'w' },
  PENDING_APPROVAL: { DRAFT: 'w', APPROVED: 'a', ACTIVE: 'a', CANCELLED: 'w' },
  APPROVED: { DRAFT: 'w', ACTIVE: 'w', CANCELLED: 'w' },
  ACTIVE: { PAUSED: 'w', COMPLETED: 'w', CANCELLED: 'w' },
  PAUSED: { ACTIVE: 'w', COMPLETED: 'w', CANCELLED: 'w' },
  COMPLETED: { ACTIVE: 'a' },
  CANCELLED: { DRAFT: 'a' },
};

describe.each(campaignStatuses)('a campaign that is %s', (from) => {
  test.each(campaignStatuses)('becomes %s by whom the table names', (to) => {
    const who = from === to ? 'w' : table[from][to];
    expect(moveProblem({ from, to }, true)?.code).toBe(who ? undefined : 'conflict');
    const expected = who === 'w' ? undefined : who === 'a' ? 'forbidden' : 'conflict';
    expect(moveProblem({ from, to }, false)?.code).toBe(expected);
  });

  test('offers the moves of the table and no other', () => {
    const allowed = (mayApprove: boolean) =>
      campaignStatuses.filter((to) => table[from][to] === 'w' || (mayApprove && table[from][to] === 'a'));
    for (const mayApprove of [true, false])
      expect([...nextStatuses(from, mayApprove)].sort()).toEqual(allowed(mayApprove).sort());
  });

  test('begins so by approvers, and by others as a draft or as waiting alone', () => {
    expect(firstStatusProblem(from, true)).toBeNull();
    const isOpen = from === 'DRAFT' || from === 'PENDING_APPROVAL';
    expect(firstStatusProblem(from, false)?.code).toBe(isOpen ? undefined : 'forbidden');
  });

  test('lets others than approvers change its plan until it was approved', () => {
    const isOpen = from === 'DRAFT' || from === 'PENDING_APPROVAL';
    for (const column of ['budget', 'currency', 'starts_on', 'ends_on', 'objective']) {
      expect(planProblem(from, [column], false)?.code).toBe(isOpen ? undefined : 'forbidden');
      expect(planProblem(from, [column], true)).toBeNull();
    }
    expect(planProblem(from, ['name', 'description', 'hashtags'], false)).toBeNull();
  });
});

describe('a refusal', () => {
  test('says what to do instead', () => {
    expect(moveProblem({ from: 'DRAFT', to: 'ACTIVE' }, false)?.message).toBe(
      'A campaign that is a draft becomes active by an owner or admin of the agency. Submit it for approval (PENDING_APPROVAL) instead.',
    );
    expect(moveProblem({ from: 'ACTIVE', to: 'DRAFT' }, false)?.message).toBe(
      'A campaign that is active cannot become a draft. Next it can be paused, completed or cancelled.',
    );
    expect(planProblem('APPROVED', ['budget', 'ends_on'], false)?.message).toBe(
      'The campaign’s budget and last day were approved. Propose a new version of the budget, take it back to a draft or ask an owner or admin of the agency.',
    );
    expect(planProblem('ACTIVE', ['objective'], false)?.message).toBe(
      'The campaign’s objective was approved. Ask an owner or admin of the agency.',
    );
  });
});

describe('a move', () => {
  const now = new Date('2026-03-01T08:00:00Z');
  const by = { now, userId: 'u' };

  test('stamps what it is, and approves what was not approved', () => {
    expect(stampsOf('ACTIVE', NO_STAMPS, by)).toMatchObject({
      approved_at: now,
      approved_by_id: 'u',
      launched_at: now,
    });
    const approved = { ...NO_STAMPS, approved_at: new Date(0), approved_by_id: 'a' };
    expect(stampsOf('ACTIVE', approved, by)).toMatchObject({ approved_by_id: 'a', launched_at: now });
  });

  test('keeps the first launch, and forgets all of it in a draft', () => {
    const ran = { ...NO_STAMPS, launched_at: new Date(0), completed_at: new Date(1) };
    expect(stampsOf('ACTIVE', ran, by)).toMatchObject({ launched_at: new Date(0), completed_at: null });
    expect(stampsOf('DRAFT', ran, by)).toEqual(NO_STAMPS);
    expect(stampsOf('CANCELLED', ran, by)).toEqual(ran);
  });
});

describe('a day', () => {
  const days: MoveDays = {
    status: 'APPROVED',
    starts_on: '2026-03-10',
    ends_on: '2026-03-20',
    pauses_on: null,
    resumes_on: null,
    paused_on: null,
    is_paused_by_date: false,
  };
  const on = (today: string, change: Partial<MoveDays> = {}) => moveByDate({ ...days, ...change }, today);

  test('launches what was approved, from its first day on', () => {
    expect(['2026-03-09', '2026-03-10', '2026-03-14'].map((today) => on(today))).toEqual([
      null,
      'ACTIVE',
      'ACTIVE',
    ]);
    expect(on('2026-03-10', { starts_on: null })).toBeNull();
    for (const status of ['DRAFT', 'PENDING_APPROVAL', 'COMPLETED', 'CANCELLED'] as const)
      expect(on('2026-03-25', { status })).toBeNull();
  });

  test('completes what runs or is paused once its last day is over', () => {
    for (const status of ['ACTIVE', 'PAUSED'] as const) {
      expect(on('2026-03-20', { status })).toBeNull();
      expect(on('2026-03-21', { status })).toBe('COMPLETED');
    }
    expect(on('2027-01-01', { status: 'ACTIVE', ends_on: null })).toBeNull();
  });

  test('pauses once, and goes on where the pause was its own', () => {
    const paused = { pauses_on: '2026-03-12', resumes_on: '2026-03-15' };
    const active = { ...paused, status: 'ACTIVE' as const };
    expect(on('2026-03-11', active)).toBeNull();
    expect(on('2026-03-13', active)).toBe('PAUSED');
    expect(on('2026-03-13', { ...active, paused_on: '2026-03-12' })).toBeNull();
    expect(on('2026-03-16', active), 'a pause that was missed and is over').toBeNull();
    const byDate = { ...paused, status: 'PAUSED' as const, paused_on: '2026-03-12' };
    expect(on('2026-03-14', { ...byDate, is_paused_by_date: true })).toBeNull();
    expect(on('2026-03-15', { ...byDate, is_paused_by_date: true })).toBe('ACTIVE');
    expect(on('2026-03-15', { ...byDate, is_paused_by_date: false }), 'paused by hand').toBeNull();
  });
});
