import { z } from 'zod';
import type { Lead, LeadAnswer } from '../../integrations/lead-source.ts';

/** Who filled a form in, as far as the answers say. */
export interface LeadPerson {
  firstName: string;
  lastName: string;
  emails: string[];
  phones: string[];
  title: string | null;
  companyName: string | null;
}

/** Stands where a contact needs a name and the person gave none. */
export const NO_NAME = '—';

const EMAILS = ['email', 'work_email', 'personal_email'];
const PHONES = ['phone_number', 'work_phone_number', 'work_phone', 'phone', 'mobile_number'];
const MOST_NAME = 200;

/** The known answers by the names that Meta and Google share. What is no address or number is left to the note. */
export function personOf(answers: readonly LeadAnswer[]): LeadPerson {
  const of = (...names: string[]) =>
    answers
      .filter(({ name }) => names.includes(name.toLowerCase()))
      .flatMap(({ values }) => values.map(cleanLine));
  const first = (...names: string[]) => of(...names).find((value) => value !== '') ?? null;
  const emails = unique(of(...EMAILS).filter(isEmail), (value) => value.toLowerCase());
  const phones = unique(of(...PHONES).filter(isPhone), (value) => value.replace(/\D/g, ''));
  return {
    ...nameOf({
      first: first('first_name'),
      last: first('last_name'),
      full: first('full_name', 'name'),
      reach: emails[0]?.split('@')[0] ?? phones[0] ?? null,
    }),
    emails,
    phones,
    title: first('job_title')?.slice(0, 200) ?? null,
    companyName: first('company_name')?.slice(0, 200) ?? null,
  };
}

interface Names {
  first: string | null;
  last: string | null;
  full: string | null;
  /** What the person is called by where they gave no name. */
  reach: string | null;
}

function nameOf({ first, last, full, reach }: Names): Pick<LeadPerson, 'firstName' | 'lastName'> {
  const split = full === null ? null : splitName(full);
  const firstName = first ?? split?.firstName ?? (last === null ? reach : null) ?? NO_NAME;
  const lastName = last ?? (first === null ? split?.lastName : lastAfter(first, full)) ?? NO_NAME;
  return { firstName: clip(firstName), lastName: clip(lastName) };
}

/** The rest of a full name behind a first name that was given apart. */
function lastAfter(first: string, full: string | null): string | null {
  if (full === null || !full.toLowerCase().startsWith(`${first.toLowerCase()} `)) return null;
  return full.slice(first.length).trim() || null;
}

/** Words that belong to the family name behind them. */
const PARTICLES = new Set(
  'von van de der den del della di da das do dos du la le los al el bin bint ibn ben bou abu ter ten zu zur st st.'.split(
    ' ',
  ),
);

/** A full name as two: "Last, First", else from the first particle on, else the last word. A single word is a first name. */
export function splitName(full: string): Pick<LeadPerson, 'firstName' | 'lastName'> {
  const [before = '', after = '', ...more] = full.split(',').map((part) => part.trim());
  if (before !== '' && after !== '' && more.length === 0) return { firstName: after, lastName: before };
  const words = full.replaceAll(',', ' ').split(/\s+/u).filter(Boolean);
  if (words.length < 2) return { firstName: words[0] ?? NO_NAME, lastName: NO_NAME };
  const particle = words.findIndex(
    (word, index) => index > 0 && index < words.length - 1 && PARTICLES.has(word.toLowerCase()),
  );
  const cut = particle === -1 ? words.length - 1 : particle;
  return { firstName: words.slice(0, cut).join(' '), lastName: words.slice(cut).join(' ') };
}

/** What a form asked beyond a person's name and reach, and all else that was answered, as the note on the contact. */
export function noteOf(lead: Lead, form: { name: string; source: 'META' | 'GOOGLE' }): string {
  const from = form.source === 'META' ? 'Facebook page' : 'Google lead form';
  const answers = lead.answers.flatMap((answer) => {
    const values = answer.values.map(cleanLine).filter((value) => value !== '');
    return values.length === 0
      ? []
      : [`- ${plain(questionOf(answer))}: ${values.map((value) => plain(value)).join(', ')}`];
  });
  const about = [
    lead.nativeFormId === null ? null : `form ${lead.nativeFormId}`,
    lead.nativeCampaignId === null ? null : `campaign ${lead.nativeCampaignId}`,
    lead.nativeAdId === null ? null : `ad ${lead.nativeAdId}`,
  ].filter((part) => part !== null);
  const lines = [`Lead from the ${from} “${plain(form.name)}”`, '', ...answers];
  const text = [...lines, ...(about.length > 0 ? ['', about.join(' · ')] : [])].join('\n');
  return text.slice(0, 50_000).toWellFormed();
}

/** A question as a person reads it: full_name is "Full name". */
function questionOf({ name, label }: LeadAnswer): string {
  const asked = cleanLine(label ?? name)
    .replaceAll('_', ' ')
    .trim();
  return asked === '' ? 'Answer' : asked.charAt(0).toUpperCase() + asked.slice(1);
}

/** Notes are Markdown with mentions, [@Name](user:ID); what a stranger wrote is neither. */
function plain(text: string): string {
  return text.replaceAll('](', '] (').replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}

/** One line of storable text. */
function cleanLine(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().replace(/\s+/gu, ' ').trim().slice(0, 4000).toWellFormed();
}

function clip(text: string): string {
  return text.slice(0, MOST_NAME).toWellFormed();
}

const email = z.email().max(254);
const isEmail = (value: string) => email.safeParse(value).success;
const isPhone = (value: string) => value.length <= 100 && value.replace(/\D/g, '').length >= 5;

function unique(values: readonly string[], keyOf: (value: string) => string): string[] {
  return [...new Map(values.map((value) => [keyOf(value), value] as const)).values()];
}
