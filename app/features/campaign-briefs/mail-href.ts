import type { SentBrief } from '../../../server/domain/campaign-briefs/schema.ts';

/** Mail programs cut what is longer. */
const MOST_CHARACTERS = 1_800;

/** A mail with the brief's text and link, for the reader's own program to send. A long text is left to the link's page. */
export function mailHref({
  recipient,
  brief,
  briefUrl,
}: Pick<SentBrief, 'recipient' | 'briefUrl'> & {
  brief: Pick<SentBrief['brief'], 'subject' | 'body'>;
}): string {
  const whole = `${brief.body}\n\n${briefUrl}`;
  const text = encodeURIComponent(whole.replaceAll('\n', '\r\n'));
  const short = encodeURIComponent(briefUrl);
  const body = text.length > MOST_CHARACTERS ? short : text;
  const to = recipient ? encodeURIComponent(recipient).replaceAll('%40', '@') : '';
  return `mailto:${to}?subject=${encodeURIComponent(brief.subject)}&body=${body}`;
}
