import { type AdAccount } from '../world/accounts.ts';
import { type Manager } from '../world/managers.ts';
import { type Person } from '../world/people.ts';
import { accountMoment, accountsSeenBy, managersSeenBy, type World } from '../world/world.ts';
import { denied } from './failures.ts';

/** A customer: an ad account, or a manager account above some. */
export type Customer = { id: string; name: string } & (
  { account: AdAccount; manager: null } | { account: null; manager: Manager }
);

const ofAccount = (account: AdAccount): Customer => ({
  id: account.id,
  name: account.name,
  account,
  manager: null,
});
const ofManager = (manager: Manager): Customer => ({
  id: manager.id,
  name: manager.name,
  account: null,
  manager,
});

/** The manager directly above a customer. */
const above = ({ account, manager }: Customer): Manager | null =>
  account ? account.manager : manager.parent;

/** All customers that a person reaches in whatever way, managers first. */
function customersOf(world: World, person: Person): Customer[] {
  return [
    ...managersSeenBy(world, 'google', person).map(ofManager),
    ...accountsSeenBy(world, 'google', person).map(ofAccount),
  ];
}

/** Those that a person was let into: managers at the top, and some ad accounts themselves. */
export function accessibleTo(world: World, person: Person): Customer[] {
  return customersOf(world, person).filter(({ account, manager }) =>
    account ? account.isDirect : manager.parent === null,
  );
}

/** A manager's clients with how deep each stands, itself at 0; an ad account has itself alone. */
export function clientsOf(world: World, customer: Customer): { client: Customer; level: number }[] {
  const person = (customer.account ?? customer.manager).viewer;
  return customersOf(world, person).flatMap((client) => {
    const level = depthBelow(client, customer.id);
    return level === null ? [] : [{ client, level }];
  });
}

function depthBelow(client: Customer, managerId: string): number | null {
  if (client.id === managerId) return 0;
  let level = 1;
  for (let manager = above(client); manager !== null; manager = manager.parent, level += 1) {
    if (manager.id === managerId) return level;
  }
  return null;
}

export function isCancelled(customer: Customer, at: Date): boolean {
  const { account } = customer;
  return account?.disabledDay != null && accountMoment(account, at).day >= account.disabledDay;
}

const NO_ACCESS =
  "User doesn't have permission to access customer. Note: If you're accessing a client customer, the manager's customer id must be set in the 'login-customer-id' header.";
const NOT_ENABLED =
  "The customer account can't be accessed because it is not yet enabled or has been deactivated.";

export interface CustomerQuestion {
  person: Person;
  customerId: string;
  /** The header login-customer-id; null without it. */
  loginId: string | null;
  at: Date;
}

/**
 * The customer that is asked about, as far as the person may: itself where they were let into it and say no other way,
 * else through a manager above it into which they were let.
 */
export function openCustomer(world: World, { person, customerId, loginId, at }: CustomerQuestion): Customer {
  const customer = customersOf(world, person).find(({ id }) => id === customerId);
  const login = accessibleTo(world, person).find(({ id }) => id === (loginId ?? customerId));
  if (!customer || !login || depthBelow(customer, login.id) === null) {
    throw denied('USER_PERMISSION_DENIED', NO_ACCESS);
  }
  if (isCancelled(customer, at)) throw denied('CUSTOMER_NOT_ENABLED', NOT_ENABLED);
  return customer;
}
