import type { SearchNoun } from '../../../db/types.ts';
import type { SearchType } from './schema.ts';

/** A type as the database's index calls it. */
export const searchNouns = {
  company: 'COMPANY',
  contact: 'CONTACT',
  deal: 'DEAL',
  creator: 'CREATOR',
  campaign: 'CAMPAIGN',
  adAccount: 'AD_ACCOUNT',
} as const satisfies Record<SearchType, SearchNoun>;

/** What a question may begin with to ask for one type alone. */
const scopes: Readonly<Record<string, SearchType>> = {
  company: 'company',
  client: 'company',
  contact: 'contact',
  person: 'contact',
  deal: 'deal',
  creator: 'creator',
  influencer: 'creator',
  campaign: 'campaign',
  account: 'adAccount',
  adaccount: 'adAccount',
};

/** "client: acme" is "acme" among companies; a word that names no type is part of what is sought. */
export function readScope(q: string): { text: string; type: SearchType | null } {
  const [, word = '', rest = ''] = /^\s*([a-z]+):(.*)$/is.exec(q) ?? [];
  const type = Object.hasOwn(scopes, word.toLowerCase()) ? scopes[word.toLowerCase()] : undefined;
  return type ? { text: rest.trim(), type } : { text: q.trim(), type: null };
}
