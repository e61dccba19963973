import type { Api } from './api.server.ts';

const MOST = 200;

/** What a record's form can choose from: the first of each by name. */
export async function dealChoices(caller: Api) {
  const [members, companies, contacts] = await Promise.all([
    caller.members.list(),
    caller.companies.list({ limit: MOST, sort: 'name' }),
    caller.contacts.list({ limit: MOST, sort: 'name' }),
  ]);
  return {
    members,
    companies: companies.items.map(({ id, name }) => ({ id, name })),
    contacts: contacts.items.map(({ id, firstName, lastName }) => ({ id, name: `${firstName} ${lastName}` })),
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
