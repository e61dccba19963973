/** The people who can be chosen on the consent page. They stay the same in every world, so a token outlives a new seed. */
export interface Person {
  readonly key: 'dana' | 'rami' | 'noor';
  /** Meta's number for the person. */
  readonly id: string;
  /** Google's and TikTok's. */
  readonly googleId: string;
  readonly tiktokId: string;
  readonly name: string;
  readonly email: string;
  readonly about: string;
}

export const DANA: Person = {
  key: 'dana',
  id: '10161234567890101',
  googleId: '108244019356720011101',
  tiktokId: '7183920465518273101',
  name: 'Dana Haddad',
  email: 'dana.haddad@meridian.example',
  about: 'media buyer of the demo agency, sees most ad accounts',
};

export const RAMI: Person = {
  key: 'rami',
  id: '10161234567890202',
  googleId: '108244019356720022202',
  tiktokId: '7183920465518273202',
  name: 'Rami Khoury',
  email: 'rami.khoury@corniche.example',
  about: 'media buyer of the rival agency, sees other ad accounts',
};

export const NOOR: Person = {
  key: 'noor',
  id: '10161234567890303',
  googleId: '108244019356720033303',
  tiktokId: '7183920465518273303',
  name: 'Noor Saleh',
  email: 'noor.saleh@nowhere.example',
  about: 'was never given an ad account',
};

export const PEOPLE: readonly Person[] = [DANA, RAMI, NOOR];

/** The person behind the number of any of the platforms. */
export function findPerson(personId: string): Person | undefined {
  return PEOPLE.find(({ id, googleId, tiktokId }) => [id, googleId, tiktokId].includes(personId));
}
