import { describe, expect, it } from 'vitest';
import { campaignTabs } from '../../app/features/campaigns/campaign-tabs.tsx';
import { flightWords } from '../../app/features/campaigns/flight.ts';
import { type CampaignStatus, isCampaignStatus, movesOf } from '../../app/features/campaigns/status-moves.ts';
import { nextMoveByDate, statusStory } from '../../app/features/campaigns/status-words.ts';
import { campaignStatuses } from '../../server/domain/campaigns/schema.ts';

const ID = '0192f3c1-7a00-7000-8000-000000000001';
const approver = { canApprove: true, userId: 'ana' };
const member = { canApprove: false, userId: 'ben' };

describe('the moves of a campaign', () => {
  const waiting = { status: 'PENDING_APPROVAL', submittedById: 'ben' } as const;

  it('ask somebody who sends a plan back what should change', () => {
    const [move] = movesOf({ ...waiting, nextStatuses: ['DRAFT'] }, approver);
    expect(move).toMatchObject({ label: 'Return', question: { isReasonRequired: true } });
  });

  it('let a plan’s author take it back without a word', () => {
    const [own] = movesOf({ ...waiting, nextStatuses: ['DRAFT'] }, member);
    expect(own).toMatchObject({ label: 'Withdraw', question: null });
    const [asApprover] = movesOf({ ...waiting, submittedById: 'ana', nextStatuses: ['DRAFT'] }, approver);
    expect(asApprover).toMatchObject({ label: 'Withdraw', question: null });
  });

  it('are one primary at most, from any status', () => {
    for (const status of campaignStatuses)
      for (const mover of [approver, member]) {
        const moves = movesOf({ status, submittedById: null, nextStatuses: [...campaignStatuses] }, mover);
        const first = moves.filter(({ variant, to }) => variant === 'primary' && to !== status);
        expect(first.length, `${status}: ${first.map(({ label }) => label).join(', ')}`).toBeLessThan(2);
      }
  });

  it('never cancel without a question', () => {
    for (const status of campaignStatuses) {
      const [move] = movesOf({ status, submittedById: null, nextStatuses: ['CANCELLED'] }, approver);
      expect(move?.question?.isReasonRequired).toBe(false);
    }
  });

  it('go to statuses that there are, whatever an address says', () => {
    expect(isCampaignStatus('PAUSED')).toBe(true);
    for (const word of ['constructor', '', null, 'paused']) expect(isCampaignStatus(word)).toBe(false);
  });
});

const at = '2026-11-10T09:00:00Z';
const standing = {
  statusReason: null,
  statusChangedAt: at,
  submittedAt: at,
  submittedByName: 'Ben Ito',
  approvedAt: at,
  approvedByName: 'Ana Ruiz',
  launchedAt: at,
  movesByDate: true,
  startsOn: '2026-12-01',
  endsOn: '2026-12-31',
  pausesOn: '2026-12-24',
  resumesOn: '2026-12-27',
};
const dated = (status: CampaignStatus, more: Partial<typeof standing> = {}) => ({
  ...standing,
  ...more,
  status,
});

describe('what is said of a status', () => {
  it('is who approved it and when', () => {
    expect(statusStory(dated('ACTIVE'), 'Asia/Dubai')).toBe(
      'Launched 10 Nov 2026. Approved by Ana Ruiz, 10 Nov 2026.',
    );
    expect(statusStory(dated('PENDING_APPROVAL'), 'Asia/Dubai')).toBe('Submitted by Ben Ito, 10 Nov 2026.');
  });

  it('is what the next of its dates does', () => {
    expect(nextMoveByDate(dated('APPROVED'), 'UTC')).toBe('Launches by itself on 1 Dec 2026.');
    expect(nextMoveByDate(dated('ACTIVE'), 'UTC')).toBe(
      'Pauses by itself on 24 Dec 2026 and goes on on 27 Dec 2026.',
    );
    expect(nextMoveByDate(dated('PAUSED'), 'UTC')).toBe('Goes on by itself on 27 Dec 2026.');
  });

  it('is not a pause that is over', () => {
    const resumed = dated('ACTIVE', { statusChangedAt: '2026-12-27T00:10:00Z' });
    expect(nextMoveByDate(resumed, 'UTC')).toBe('Completes by itself after 31 Dec 2026.');
  });

  it('is nothing of its dates where it is moved by hand alone', () => {
    for (const status of campaignStatuses) {
      const campaign = { ...dated(status), movesByDate: false };
      expect(nextMoveByDate(campaign, 'UTC')).toBeNull();
    }
  });
});

describe('a flight', () => {
  it('counts both of its ends', () => {
    expect(flightWords('2026-12-01', '2026-12-31')).toBe('31 days');
    expect(flightWords('2026-12-01', '2026-12-01')).toBe('1 day');
    expect(flightWords('2026-12-01', '2026-12-28')).toBe('28 days, 4 weeks');
  });

  it('has no length while an end is missing or they cross', () => {
    expect(flightWords('2026-12-02', '2026-12-01')).toBe('');
    expect(flightWords('', '2026-12-01')).toBe('');
    expect(flightWords('2026-02-30', '2026-12-01')).toBe('');
  });
});

describe('the parts of a campaign', () => {
  it('hold the agency’s money for who may read it alone', () => {
    const of = (permissions: string[]) => campaignTabs(ID, permissions).map(({ id }) => id);
    expect(of(['budgets.read', 'costs.read', 'campaign-results.read'])).toContain('budget');
    expect(of(['campaigns.read'])).toEqual([
      'overview',
      'platform-campaigns',
      'creators',
      'content',
      'audience',
    ]);
  });
});
