/** The people who can be chosen on the consent page. They stay the same in every world, so a token outlives a new seed. */
export interface Person {
  readonly key: 'dana' | 'rami' | 'noor';
  readonly id: string;
  readonly name: string;
  readonly about: string;
}

export const DANA: Person = {
  key: 'dana',
  id: '10161234567890101',
  name: 'Dana Haddad',
  about: 'media buyer of the demo agency, sees most ad accounts',
};

export const RAMI: Person = {
  key: 'rami',
  id: '10161234567890202',
  name: 'Rami Khoury',
  about: 'media buyer of the rival agency, sees other ad accounts',
};

export const NOOR: Person = {
  key: 'noor',
  id: '10161234567890303',
  name: 'Noor Saleh',
  about: 'was never given an ad account',
};

export const PEOPLE: readonly Person[] = [DANA, RAMI, NOOR];

export function findPerson(personId: string): Person | undefined {
  return PEOPLE.find((person) => person.id === personId);
}
