import type { Creator } from '../../../../server/domain/creators/schema.ts';
import { formatCount, formatCountCompact, formatPercent, formatRelative } from '../../../lib/format.ts';
import { Stat, StatRow } from '../../../ui/stat.tsx';
import { ageOf } from '../figure-age.ts';
import { engagementBasisLabels, engagementBasisWords } from '../labels.ts';

/** A creator's figures over all accounts, each with what it is and how old its oldest part is. */
export function CreatorTotals({ creator, now }: { creator: Creator; now: string }) {
  const { totalFollowers, engagementRate, engagementBasis, estimatedReach, platforms } = creator;
  const basis = engagementBasis ?? 'UNSTATED';
  const told = platforms.filter(({ followers }) => followers !== null).length;
  return (
    <StatRow>
      <Stat
        label="Followers"
        value={formatCountCompact(totalFollowers)}
        title={formatCount(totalFollowers)}
        hint={followersHint(told, platforms.length)}
      />
      <Stat
        label="Engagement rate"
        value={formatPercent(engagementRate)}
        title={engagementBasisWords[basis]}
        hint={engagementRate === null ? 'No account tells it' : engagementBasisLabels[basis]}
      />
      <Stat
        label="Estimated reach"
        value={formatCountCompact(estimatedReach)}
        title={formatCount(estimatedReach)}
        hint="People in all, as the agency estimates"
      />
      <Stat label="Figures as of" {...ageStat(creator, now)} />
    </StatRow>
  );
}

function followersHint(told: number, all: number): string {
  if (all === 0) return 'No account yet';
  const sum = told === 1 ? 'One account' : `Sum of ${told} accounts`;
  const untold = all - told;
  return untold === 0 || told === 0
    ? told === 0
      ? 'No account tells it'
      : sum
    : `${sum}; ${untold} not known`;
}

function ageStat({ platforms }: Creator, now: string): { value: string; hint: string } {
  const age = ageOf(platforms, now);
  if (!age) return { value: '—', hint: 'Nothing was measured yet' };
  const value = formatRelative(age.at, now);
  return { value, hint: age.isStale ? 'The oldest part; over 30 days old' : 'The oldest part' };
}
