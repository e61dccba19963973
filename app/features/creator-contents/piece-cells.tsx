import type { CreatorContent } from '../../../server/domain/creator-contents/schema.ts';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import { formatDateIn, formatPercent, missing } from '../../lib/format.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { NetworkMark } from '../creators/network-mark.tsx';
import {
  contentTypeLabels,
  disclosureLabels,
  disclosureTones,
  disclosureWords,
  firstLine,
  goesIn,
  matchLabels,
  matchTones,
  RATE_WORDS,
} from './labels.ts';

/** What a piece is where only one line stands for it: its network, and its first words. */
export function pieceCell(content: CreatorContent) {
  const line = firstLine(content);
  return (
    <span className="piece-name" title={line}>
      <NetworkMark platform={content.platform} />
      <span className="sr-only">{platformLabels[content.platform]}: </span>
      <span>{line}</span>
    </span>
  );
}

export function typeCell({ type }: CreatorContent) {
  return contentTypeLabels[type];
}

/** When it was published, and that it goes or is gone. */
export function publishedCell(content: CreatorContent, { now, timeZone }: { now: string; timeZone: string }) {
  const { publishedAt, missingSince } = content;
  const day = publishedAt === null ? missing : formatDateIn(publishedAt, timeZone);
  const going = goesIn(content, now);
  if (missingSince !== null)
    return (
      <StatusDot
        tone="warning"
        title={`Not found at its network since ${formatDateIn(missingSince, timeZone)}`}
      >
        {day}, no longer there
      </StatusDot>
    );
  return going === null ? day : <StatusDot tone="info">{`${day}, ${going}`}</StatusDot>;
}

export function rateCell({ engagementRate }: Pick<CreatorContent, 'engagementRate'>) {
  return <span title={RATE_WORDS}>{formatPercent(engagementRate)}</span>;
}

/** Which campaign it is for: the one that counts, else those that wait for a decision. */
export function matchCell({ matches }: CreatorContent, campaignId: string | null) {
  const own = campaignId === null ? matches : matches.filter((match) => match.campaignId === campaignId);
  const [first, ...others] = own;
  if (!first) return missing;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const words = campaignId === null ? `${first.campaignName}${more}: ` : '';
  return (
    <StatusDot tone={matchTones[first.state]} title={own.map(({ campaignName }) => campaignName).join(', ')}>
      {words}
      {campaignId === null ? matchLabels[first.state].toLowerCase() : matchLabels[first.state]}
    </StatusDot>
  );
}

/** What has to be disclosed and is not is said in words; a piece that is for no campaign has nothing to disclose. */
export function disclosureCell({ disclosure }: Pick<CreatorContent, 'disclosure'>) {
  if (disclosure === null) return missing;
  return (
    <StatusDot tone={disclosureTones[disclosure.state]} title={disclosureWords(disclosure)}>
      {disclosureLabels[disclosure.state]}
    </StatusDot>
  );
}
