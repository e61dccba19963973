import type { Note } from '../../server/domain/notes/schema.ts';
import { paths } from './paths.ts';

type References = Pick<Note, 'companyId' | 'contactId' | 'dealId' | 'campaignId'>;

/** The page of the record that a note is on, the nearest where there are several. */
export function recordHref({ companyId, contactId, dealId, campaignId }: References): string {
  if (dealId) return paths.deal(dealId);
  if (campaignId) return paths.campaign(campaignId);
  if (contactId) return paths.contact(contactId);
  return companyId ? paths.company(companyId) : paths.home();
}

/** The same, at the note itself. */
export function noteHref(note: References & Pick<Note, 'id'>): string {
  return `${recordHref(note)}#note-${note.id}`;
}

/** "Sara cannot see this deal, so she was not told." without guessing at anybody's pronoun; null where all can. */
export function unreachedWords(note: References, names: readonly string[]): string | null {
  const [last, ...others] = [...names].reverse();
  if (last === undefined) return null;
  const who = others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
  const noun = note.dealId ? 'deal' : note.campaignId ? 'campaign' : note.contactId ? 'contact' : 'company';
  const was = others.length === 0 ? 'was' : 'were';
  return `${who} cannot read notes on this ${noun}, and so ${was} not told.`;
}
