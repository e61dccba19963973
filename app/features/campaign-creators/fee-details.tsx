import type { CampaignCreator } from '../../../server/domain/campaign-creators/schema.ts';
import { formatDateIn, formatMoney } from '../../lib/format.ts';
import type { Detail } from '../../ui/panel.tsx';
import { explainHref } from '../explanations/explain-address.ts';
import { ExplainLink } from '../explanations/explain-link.tsx';
import { answerLabels } from '../campaign-briefs/labels.ts';
import { feeWords } from './fee-words.ts';

const figures = [
  ['earned', 'Earned'],
  ['committed', 'Committed'],
  ['expected', 'Expected'],
] as const;

/** The fee with what it has come to, each figure leading to how it is made; none for a client's own login. */
export function feeDetails(assignment: CampaignCreator): Detail[] {
  const { amounts, campaignId, creatorId } = assignment;
  if (amounts === null) return [];
  return [
    { term: 'Fee', value: feeWords(assignment) },
    ...figures.map(([figure, term]) => ({
      term,
      value: (
        <ExplainLink
          href={explainHref('fee', { campaignId, creatorId, figure })}
          figure={figure}
          label={`fee ${figure}`}
        >
          {formatMoney(amounts[figure], 'code')}
        </ExplainLink>
      ),
    })),
    ...(amounts.notes.length > 0 ? [{ term: 'To know', value: amounts.notes.join(' ') }] : []),
  ];
}

/** Where the newest brief stands; none for a client's own login. */
export function briefDetails({ amounts, brief }: CampaignCreator, timeZone: string): Detail[] {
  if (amounts === null) return [];
  if (brief === null) return [{ term: 'Brief', value: 'None sent yet' }];
  const { number, sentAt, openedAt, withdrawnAt, answer, answeredAt } = brief;
  const parts = [
    `No. ${number}, sent ${formatDateIn(sentAt, timeZone)}`,
    answer
      ? `${answerLabels[answer].toLowerCase()} ${formatDateIn(answeredAt, timeZone)}`
      : openedAt
        ? `opened ${formatDateIn(openedAt, timeZone)}, no answer yet`
        : 'no answer yet',
    ...(withdrawnAt && (answer === null || answer === 'QUESTION') ? ['withdrawn'] : []),
  ];
  return [{ term: 'Brief', value: parts.join(', ') }];
}
