import type { Api } from './api.server.ts';

const MOST = 200;

/** The first companies by name, for a form's list. */
export async function companyChoices(caller: Api) {
  const { items } = await caller.companies.list({ limit: MOST, sort: 'name' });
  return items.map(({ id, name }) => ({ id, name }));
}

/** The first contacts by name, for a form's list. */
export async function contactChoices(caller: Api) {
  const { items } = await caller.contacts.list({ limit: MOST, sort: 'name' });
  return items.map(({ id, name }) => ({ id, name }));
}

/** What a deal's form can choose from: the first of each by name. */
export async function dealChoices(caller: Api) {
  const [members, companies, contacts] = await Promise.all([
    caller.members.list(),
    companyChoices(caller),
    caller.contacts.list({ limit: MOST, sort: 'name' }),
  ]);
  return {
    members,
    companies,
    contacts: contacts.items.map(({ id, firstName, lastName }) => ({ id, name: `${firstName} ${lastName}` })),
  };
}

/** What a campaign's form can choose from before its script arrives: the first of each by name. */
export async function campaignChoices(caller: Api) {
  const [members, deals, contacts] = await Promise.all([
    caller.members.list(),
    caller.deals.list({ limit: MOST, sort: 'name' }),
    contactChoices(caller),
  ]);
  return { members, contacts, deals: deals.items.map(({ id, name }) => ({ id, name })) };
}

/** What a task's form offers before its script arrives, by the form's names: the first of each. */
export async function taskChoices(caller: Api) {
  const first = { limit: 50, sort: 'name' } as const;
  const [companies, contacts, deals, campaigns] = await Promise.all([
    caller.companies.list(first),
    caller.contacts.list(first),
    caller.deals.list(first),
    caller.campaigns.list(first),
  ]);
  const named = (items: readonly { id: string; name: string }[]) =>
    items.map(({ id, name }) => ({ id, name }));
  return {
    companyId: named(companies.items),
    contactId: named(contacts.items),
    dealId: named(deals.items),
    campaignId: named(campaigns.items),
  };
}

/** A record that is chosen already stays among the choices, however far down its name stands. */
export function withChosen<T extends { id: string; name: string }>(
  choices: readonly T[],
  id: string | null,
  name: string | null,
) {
  if (!id || !name || choices.some((choice) => choice.id === id)) return choices;
  return [{ id, name }, ...choices];
}
