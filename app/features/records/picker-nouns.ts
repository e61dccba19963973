import type { AskForChoices } from './use-choices.ts';

export type PickerNoun = 'company' | 'contact' | 'deal' | 'creator' | 'campaign' | 'member';

export const pickerNouns: Readonly<Record<PickerNoun, { one: string; many: string }>> = {
  company: { one: 'company', many: 'companies' },
  contact: { one: 'contact', many: 'contacts' },
  deal: { one: 'deal', many: 'deals' },
  creator: { one: 'creator', many: 'creators' },
  campaign: { one: 'campaign', many: 'campaigns' },
  member: { one: 'member', many: 'members' },
};

const LIMIT = 20;

/** Without a text, what changed last; with one, by name. */
const wanted = (q: string) =>
  q === '' ? { limit: LIMIT, sort: '-updatedAt' as const } : { q, limit: LIMIT, sort: 'name' as const };

const company: AskForChoices = async (api, { q, signal }) => {
  const { items } = await api.companies.list.query(wanted(q), { signal });
  return items.map(({ id, name, industry }) => ({ id, name, detail: industry }));
};

const contactOf =
  (companyId: string | undefined): AskForChoices =>
  async (api, { q, signal }) => {
    const { items } = await api.contacts.list.query({ ...wanted(q), companyId }, { signal });
    return items.map(({ id, name, companyName, emails }) => ({ id, name, detail: companyName ?? emails[0] }));
  };

const dealOf =
  (companyId: string | undefined): AskForChoices =>
  async (api, { q, signal }) => {
    const { items } = await api.deals.list.query({ ...wanted(q), companyId }, { signal });
    return items.map(({ id, name, companyName }) => ({ id, name, detail: companyName }));
  };

const creator: AskForChoices = async (api, { q, signal }) => {
  const { items } = await api.creators.list.query(wanted(q), { signal });
  return items.map(({ id, name, platforms: [first] }) => ({ id, name, detail: first && `@${first.handle}` }));
};

const campaign: AskForChoices = async (api, { q, signal }) => {
  const { items } = await api.campaigns.list.query(wanted(q), { signal });
  return items.map(({ id, name }) => ({ id, name }));
};

type Choices = readonly { id: string; name: string }[];

/** Members are few: where some are given, no others can be chosen. */
const memberAmong =
  (choices: Choices | undefined): AskForChoices =>
  async (api, { q, signal }) => {
    const sought = q.toLocaleLowerCase();
    const given = choices && new Set(choices.map(({ id }) => id));
    const members = await api.members.list.query(undefined, { signal });
    return members
      .filter(({ name, email }) => `${name} ${email ?? ''}`.toLocaleLowerCase().includes(sought))
      .filter(({ id }) => given?.has(id) ?? true)
      .map(({ id, name, email }) => ({ id, name, detail: email }));
  };

export interface AskedWithin {
  /** Contacts and deals of one company alone. */
  companyId?: string | undefined;
  /** These members alone. */
  choices?: Choices | undefined;
}

/** How a noun is searched. */
export function askerOf(noun: PickerNoun, { companyId, choices }: AskedWithin = {}): AskForChoices {
  switch (noun) {
    case 'company':
      return company;
    case 'contact':
      return contactOf(companyId);
    case 'deal':
      return dealOf(companyId);
    case 'creator':
      return creator;
    case 'campaign':
      return campaign;
    case 'member':
      return memberAmong(choices);
  }
}
