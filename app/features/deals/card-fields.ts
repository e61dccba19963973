/** What a card can show beside its name. */
export const cardFields = [
  'amount',
  'company',
  'contact',
  'owner',
  'close',
  'age',
  'probability',
  'tags',
] as const;
export type CardField = (typeof cardFields)[number];

export const cardFieldLabels: Readonly<Record<CardField, string>> = {
  amount: 'Amount',
  company: 'Company',
  contact: 'Contact',
  owner: 'Owner',
  close: 'Close date',
  age: 'Days in the stage',
  probability: 'Probability',
  tags: 'Tags',
};

const usual: readonly CardField[] = ['amount', 'company', 'owner', 'close', 'age'];

/** How cards look: what the address says, else the usual. `card=amount,company`, `card=amount&card=company`, `compact=1`. */
export interface CardLook {
  fields: readonly CardField[];
  isCompact: boolean;
}

export function readCardLook(url: URL): CardLook {
  const said = url.searchParams.getAll('card').flatMap((value) => value.split(','));
  const fields = url.searchParams.has('card') ? cardFields.filter((field) => said.includes(field)) : usual;
  return { fields, isCompact: url.searchParams.get('compact') === '1' };
}
