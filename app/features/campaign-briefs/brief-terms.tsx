import type { BriefTerms } from '../../../server/domain/campaign-briefs/schema.ts';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import { formatCount, formatDate, formatDateRange } from '../../lib/format.ts';
import { DetailList } from '../../ui/panel.tsx';
import { feeWords } from '../campaign-creators/fee-words.ts';
import { contentTypeLabels } from '../creator-contents/labels.ts';

/** What a brief asks for, as it stood on the day it was sent. */
export function BriefTermsView({ terms }: { terms: BriefTerms }) {
  const { deliverables, hashtags, mentions, disclosures, fee } = terms;
  const words = [...hashtags.map((word) => `#${word}`), ...mentions.map((word) => `@${word}`)];
  const paid = fee && feeWords(fee);
  return (
    <div className="grid gap-3">
      {deliverables.length > 0 && (
        <ul className="grid list-disc gap-1 pl-4" aria-label="Deliverables">
          {deliverables.map((one, at) => (
            <li key={`${at} ${one.type}`}>
              {formatCount(one.count)} × {contentTypeLabels[one.type]}, {platformLabels[one.platform]}
              {one.dueOn ? `, by ${formatDate(one.dueOn)}` : ''}
              {roundWords(one.revisionRounds)}
              {one.note ? `: ${one.note}` : ''}
            </li>
          ))}
        </ul>
      )}
      <DetailList
        details={[
          { term: 'Days', value: daysOf(terms) },
          ...(words.length > 0 ? [{ term: 'Use', value: words.join(' ') }] : []),
          { term: 'Disclose with', value: disclosures.join(', ') },
          ...(paid ? [{ term: 'Fee', value: paid }] : []),
        ]}
      />
    </div>
  );
}

function roundWords(rounds: number | null): string {
  if (rounds === null) return '';
  return rounds === 1 ? ', 1 round of changes' : `, ${formatCount(rounds)} rounds of changes`;
}

function daysOf({ startsOn, endsOn }: BriefTerms): string | null {
  if (startsOn && endsOn) return formatDateRange(startsOn, endsOn);
  if (startsOn) return `From ${formatDate(startsOn)}`;
  return endsOn ? `Until ${formatDate(endsOn)}` : null;
}
