import { type AdAccount } from '../world/accounts.ts';
import { labelNumber } from '../world/labels.ts';
import { digits } from '../world/random.ts';
import { type Field, type Row, type Value } from './row.ts';

const idOf = ({ salt }: AdAccount, label: string): string => `21${digits(labelNumber(salt, label), 9, 9)}`;

export const nameOfLabel = (account: AdAccount, label: string): string =>
  `customers/${account.id}/labels/${idOf(account, label)}`;

function ofLabel(kind: Field['kind'], read: (account: AdAccount, label: string) => Value): Field {
  return {
    kind,
    read: ({ customer: { account }, label }: Row) =>
      account === null || label === null ? undefined : read(account, label),
  };
}

/** Source: Label, discovery document of v25. */
export const LABEL_FIELDS: Readonly<Record<string, Field>> = {
  resource_name: ofLabel('text', nameOfLabel),
  id: ofLabel('int64', idOf),
  name: ofLabel('text', (_account, label) => label),
  status: ofLabel('enum', () => 'ENABLED'),
};
