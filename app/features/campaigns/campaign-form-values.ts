import type { Campaign, CampaignDraft } from '../../../server/domain/campaigns/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { toTagText } from '../../lib/tags.ts';
import { type CustomValues, type FormField, shownCustomFields } from '../custom-fields/custom-values.ts';
import type { RecordChoice } from '../records/record-picker.tsx';
import { type RecognitionField, recognitionFields, recognitionText } from './recognition.ts';

/** The fields of the form that hold one text each; rows, words, tags and custom fields have readers of their own. */
export const campaignFields = [
  'name',
  'objective',
  'startsOn',
  'endsOn',
  'pausesOn',
  'resumesOn',
  'budget',
  'currency',
  'dealId',
  'ownerId',
  'brandId',
  'description',
] as const;
export type CampaignField = (typeof campaignFields)[number];

/** What the form shows when it is opened, or shown again. */
export interface CampaignFormStart {
  texts: Readonly<Record<CampaignField, string>>;
  movesByDate: boolean;
  deal: RecordChoice | null;
  contacts: readonly RecordChoice[];
  tags: string;
  words: Readonly<Record<RecognitionField, string>>;
  customFields: CustomValues;
}

const UNSEEN = 'Not yours to see';

/** A stored campaign. */
export function startOfCampaign(campaign: Campaign): CampaignFormStart {
  const { dealId, dealName, contacts, movesByDate, tags, customFields } = campaign;
  return {
    texts: textsOf(campaign),
    movesByDate,
    deal: dealId === null ? null : { id: dealId, name: dealName ?? UNSEEN },
    contacts: contacts.map(toChoice),
    tags: toTagText(tags),
    words: wordsOf(campaign),
    customFields,
  };
}

export interface DraftExtras {
  /** The draft's own, by name. */
  deal: RecordChoice | null;
  /** Who owns it where the draft says nobody. */
  author: string;
}

/** What a new campaign begins with. */
export function startOfDraft(draft: CampaignDraft, { deal, author }: DraftExtras): CampaignFormStart {
  const ownerId = draft.ownerId ?? author;
  return {
    texts: textsOf({ ...draft, ownerId, pausesOn: null, resumesOn: null }),
    movesByDate: true,
    deal,
    contacts: draft.contacts.map(toChoice),
    tags: toTagText(draft.tags),
    words: wordsOf(draft),
    customFields: {},
  };
}

/** What was typed, after a refusal: nothing of it is lost. */
export function startOfFailure(failure: FormFailure): CampaignFormStart {
  const { values, names = {} } = failure;
  const choice = (id: string): RecordChoice => ({ id, name: names[id] ?? UNSEEN });
  const contactIds = (values.contactIds ?? '').split('\n').filter((id) => id !== '');
  return {
    texts: fromNames(campaignFields, (name) => values[name] ?? ''),
    movesByDate: (values.movesByDate ?? '').includes('true'),
    deal: values.dealId ? choice(values.dealId) : null,
    contacts: contactIds.map(choice),
    tags: values.tags ?? '',
    words: fromNames(recognitionFields, (name) => values[name] ?? ''),
    customFields: {},
  };
}

/** What the form shows of a campaign when it is opened: see EditBase. */
export function shownCampaign(campaign: Campaign, customFields: readonly FormField[]) {
  const { texts, movesByDate, contacts, tags, words } = startOfCampaign(campaign);
  return {
    ...texts,
    ...words,
    tags,
    movesByDate: movesByDate ? ['', 'true'] : [''],
    contactIds: ['', ...contacts.map(({ id }) => id)],
    ...shownCustomFields(customFields, campaign.customFields),
  };
}

type Texts = Pick<Campaign, 'budget'> & Record<Exclude<CampaignField, 'budget' | 'currency'>, string | null>;

function textsOf(of: Texts): Record<CampaignField, string> {
  return fromNames(campaignFields, (name) => {
    if (name === 'budget') return of.budget?.amount ?? '';
    if (name === 'currency') return of.budget?.currency ?? '';
    return of[name] ?? '';
  });
}

function wordsOf(of: Readonly<Record<RecognitionField, readonly string[]>>) {
  return fromNames(recognitionFields, (name) => recognitionText(of[name]));
}

function fromNames<Name extends string>(names: readonly Name[], valueOf: (name: Name) => string) {
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, string>;
}

function toChoice({ contactId, name }: Campaign['contacts'][number]): RecordChoice {
  return { id: contactId, name };
}
