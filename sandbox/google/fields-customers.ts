import { type Customer, isCancelled } from './customers.ts';
import { type Field, type Row, type Value } from './row.ts';

const statusOf = (customer: Customer, at: Date): string =>
  isCancelled(customer, at) ? 'CANCELED' : 'ENABLED';
/** A manager account has a currency and a time zone of its own, though nothing is spent in it. */
const currencyOf = ({ account }: Customer): string => account?.currency ?? 'USD';
const zoneOf = ({ account }: Customer): string => account?.timeZone ?? 'Asia/Dubai';

/** Source: Customer, discovery document of v25. */
export const CUSTOMER_FIELDS: Readonly<Record<string, Field>> = {
  resource_name: { kind: 'text', read: ({ customer }) => `customers/${customer.id}` },
  id: { kind: 'int64', read: ({ customer }) => customer.id },
  descriptive_name: { kind: 'text', read: ({ customer }) => customer.name },
  currency_code: { kind: 'text', read: ({ customer }) => currencyOf(customer) },
  time_zone: { kind: 'text', read: ({ customer }) => zoneOf(customer) },
  manager: { kind: 'boolean', read: ({ customer }) => customer.manager !== null },
  status: { kind: 'enum', read: ({ customer, at }) => statusOf(customer, at) },
  test_account: { kind: 'boolean', read: () => false },
};

type ClientRow = Row & { client: NonNullable<Row['client']> };

function ofClient(kind: Field['kind'], read: (row: ClientRow) => Value): Field {
  return { kind, read: (row) => (row.client === null ? undefined : read({ ...row, client: row.client })) };
}

/** Source: CustomerClient, discovery document of v25: the level is an int64. */
export const CLIENT_FIELDS: Readonly<Record<string, Field>> = {
  resource_name: ofClient('text', ({ customer, client }) => {
    return `customers/${customer.id}/customerClients/${client.client.id}`;
  }),
  client_customer: ofClient('text', ({ client }) => `customers/${client.client.id}`),
  id: ofClient('int64', ({ client }) => client.client.id),
  level: ofClient('int64', ({ client }) => String(client.level)),
  manager: ofClient('boolean', ({ client }) => client.client.manager !== null),
  hidden: ofClient('boolean', () => false),
  test_account: ofClient('boolean', () => false),
  descriptive_name: ofClient('text', ({ client }) => client.client.name),
  currency_code: ofClient('text', ({ client }) => currencyOf(client.client)),
  time_zone: ofClient('text', ({ client }) => zoneOf(client.client)),
  status: ofClient('enum', ({ client, at }) => statusOf(client.client, at)),
};
