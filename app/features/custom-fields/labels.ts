import type { CustomFieldKind, CustomFieldNoun } from '../../../server/domain/custom-fields/schema.ts';

export const nounLabels: Readonly<Record<CustomFieldNoun, string>> = {
  COMPANY: 'Companies',
  CONTACT: 'Contacts',
  DEAL: 'Deals',
  CREATOR: 'Creators',
  CAMPAIGN: 'Campaigns',
};

export const kindLabels: Readonly<Record<CustomFieldKind, string>> = {
  TEXT: 'Text',
  NUMBER: 'Number',
  MONEY: 'Amount of money',
  DATE: 'Day',
  CHOICE: 'One choice',
  SEVERAL: 'Several choices',
  USER: 'Member of the agency',
};

export const takesOptions = (kind: string) => kind === 'CHOICE' || kind === 'SEVERAL';
