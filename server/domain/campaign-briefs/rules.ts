import { format, parseISO } from 'date-fns';
import type { CreatorCampaignStatus } from '../../../db/types.ts';
import { deliverableWords, statusWords } from '../campaign-creators/rules.ts';
import { type BriefState, MOST_QUESTIONS } from './fields.ts';
import type { BriefAnswer, BriefTerms } from './schema.ts';

type Answer = BriefAnswer['answer'];

interface Standing {
  answers: readonly Answer[];
  isWithdrawn: boolean;
  isInTime: boolean;
}

/** Where a brief stands. What was decided stays, whatever became of its link. */
export function stateOf({ answers, isWithdrawn, isInTime }: Standing): BriefState {
  const decided = answers.find((answer) => answer !== 'QUESTION');
  if (decided === 'ACCEPTED' || decided === 'DECLINED') return decided;
  if (isWithdrawn) return 'WITHDRAWN';
  return isInTime ? 'OPEN' : 'EXPIRED';
}

interface Asked {
  answers: readonly Answer[];
  status: CreatorCampaignStatus;
}

/** Why a brief takes no answer any more, in words for whoever gives it; null where it does. */
export function closedWords({ answers, status }: Asked): string | null {
  const decided = answers.find((answer) => answer !== 'QUESTION');
  if (decided) return `This brief was ${decided === 'ACCEPTED' ? 'accepted' : 'declined'} already.`;
  if (status === 'CANCELLED' || status === 'COMPLETED' || status === 'DECLINED')
    return `This work is ${statusWords[status]}: no answer is needed any more.`;
  return null;
}

/** Why this answer cannot be kept, in words; null where it can. */
export function answerProblem(asked: Asked, answer: Answer): string | null {
  const closed = closedWords(asked);
  if (closed) return closed;
  const questions = asked.answers.filter((one) => one === 'QUESTION').length;
  if (answer === 'QUESTION' && questions >= MOST_QUESTIONS)
    return 'That is more questions than fit here. Write to the person who sent you this brief.';
  return null;
}

/** Where an answer moves the work; null: nowhere. */
export function stepOf(answer: Answer): 'ACCEPTED' | 'DECLINED' | null {
  return answer === 'QUESTION' ? null : answer;
}

export interface Composed {
  creatorName: string;
  campaignName: string;
  description: string | null;
  terms: Pick<BriefTerms, 'startsOn' | 'endsOn' | 'deliverables' | 'hashtags' | 'mentions' | 'disclosures'>;
  askedBy: string | null;
  agencyName: string;
}

/** A first wording of a brief, plain text, for its sender to change. */
export function composeBrief(of: Composed): { subject: string; body: string } {
  const { creatorName, campaignName, description, terms, askedBy, agencyName } = of;
  const parts = [
    `Hello ${creatorName},`,
    `we would like to work with you on ${campaignName}${spanWords(terms)}.`,
    description,
    deliverableLines(terms.deliverables),
    recognitionLine(terms),
    terms.disclosures.length === 0
      ? 'Please disclose each post as advertising, and use the network’s paid-partnership label.'
      : `Please disclose each post as advertising, for example with ${terms.disclosures.join(', ')}, and use the network’s paid-partnership label.`,
    'Would you like to take it on? The link with this brief takes your answer and your questions.',
    askedBy ? `${askedBy}, ${agencyName}` : agencyName,
  ];
  return {
    subject: `${campaignName}: a brief from ${agencyName}`.slice(0, 200),
    body: parts
      .filter((part) => part !== null && part !== '')
      .join('\n\n')
      .slice(0, 20_000),
  };
}

function spanWords({ startsOn, endsOn }: Composed['terms']): string {
  if (startsOn && endsOn) return `, from ${dayWords(startsOn)} to ${dayWords(endsOn)}`;
  if (startsOn) return `, from ${dayWords(startsOn)}`;
  return endsOn ? `, until ${dayWords(endsOn)}` : '';
}

function deliverableLines(deliverables: BriefTerms['deliverables']): string | null {
  if (deliverables.length === 0) return null;
  const lines = deliverables.map((one) => {
    const due = one.dueOn ? `, by ${dayWords(one.dueOn)}` : '';
    return `- ${one.count} × ${deliverableWords(one)}${due}${one.note ? `: ${one.note}` : ''}`;
  });
  return ['What we ask for:', ...lines].join('\n');
}

function recognitionLine({ hashtags, mentions }: Composed['terms']): string | null {
  const words = [...hashtags.map((word) => `#${word}`), ...mentions.map((word) => `@${word}`)];
  return words.length === 0 ? null : `Please use ${words.join(' ')} in each post.`;
}

function dayWords(day: string): string {
  return format(parseISO(day), 'd MMMM yyyy');
}
