import { type Json } from '../meta/json.ts';
import { type FaultKind } from '../control/faults.ts';
import { type SandboxState } from '../state.ts';
import { invalid, missing, notFound } from './failures.ts';
import { toUuid } from './ids.ts';
import { type PhylloAccount, type PhylloUser } from './memory.ts';

/** One call of the API. */
export interface PhylloCall {
  state: SandboxState;
  query: URLSearchParams;
  /** What the path names behind the route: an id. */
  part: string;
  body: Readonly<Record<string, unknown>>;
  /** Where this sandbox was asked: its own addresses begin with it. */
  origin: string;
  /** Whether the fault strikes that leaves a list empty. */
  isEmptied: boolean;
}

export interface PhylloAnswer {
  status: number;
  /** null: no body. */
  body: Json;
}

export interface PhylloRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Behind `/v1/`; `*` stands for one part of the path. */
  path: string;
  kinds?: readonly FaultKind[];
  answer(call: PhylloCall): PhylloAnswer;
}

export const ok = (body: Json, status = 200): PhylloAnswer => ({ status, body });

/** A text that the body must carry. */
export function neededText({ body }: PhylloCall, name: string): string {
  const value = body[name];
  if (value === undefined || value === null || value === '') throw missing([name]);
  if (typeof value !== 'string') throw invalid('invalid_field', `${name} must be a string.`);
  return value;
}

/** A list of texts that the body must carry. */
export function neededTexts({ body }: PhylloCall, name: string): string[] {
  const list: readonly unknown[] = Array.isArray(body[name]) ? body[name] : [];
  if (list.length === 0) throw missing([name]);
  return list.map((each) => {
    if (typeof each !== 'string') throw invalid('invalid_field', `${name} must hold strings.`);
    return each;
  });
}

/** The account that an id names. */
export function accountOf(state: SandboxState, id: string): PhylloAccount {
  const account = state.phyllo.accounts.get(toUuid(id) ?? '');
  if (!account) throw notFound('account');
  return account;
}

export function userOf(state: SandboxState, id: string): PhylloUser {
  const user = state.phyllo.users.get(toUuid(id) ?? '');
  if (!user) throw notFound('user');
  return user;
}

/** Refuses what this stand-in does not know of a question, rather than ignoring it. */
export function refuseOthers({ query }: PhylloCall, known: readonly string[]): void {
  const other = [...query.keys()].find((name) => !known.includes(name));
  if (other !== undefined)
    throw invalid('unknown_parameter', `The sandbox does not know the parameter ${other}.`);
}
