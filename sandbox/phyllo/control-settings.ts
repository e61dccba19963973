import { type PhylloSettings } from './memory.ts';
import { type SenderSettings } from './outbox.ts';
import { Refusal } from './refusal.ts';

type Body = Readonly<Record<string, unknown>>;
type Reader = (value: unknown, name: string) => unknown;

const LONGEST_MS = 100 * 86_400_000;

function wholeNumber(least: number, most: number): (value: unknown, name: string) => number {
  return (value, name) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new Refusal(400, `${name} must be a whole number from ${least} to ${most}`);
  };
}

function flag(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new Refusal(400, `${name} must be true or false`);
}

const ms = wholeNumber(0, LONGEST_MS);

function delays(value: unknown, name: string): number[] {
  if (Array.isArray(value) && value.length <= 10) return value.map((each) => ms(each, name));
  throw new Refusal(400, `${name} must be a list of at most ten waits in ms`);
}

function secret(value: unknown, name: string): string | null {
  if (value === null || (typeof value === 'string' && value !== '')) return value;
  throw new Refusal(400, `${name} must be a text, or null for none`);
}

const SENDER: Record<keyof SenderSettings, Reader> = {
  copies: wholeNumber(1, 20),
  shuffle: flag,
  secondSecret: secret,
  dropEvery: wholeNumber(0, 1_000_000),
  delayMs: ms,
  parallel: wholeNumber(1, 50),
  timeoutMs: wholeNumber(1, 60_000),
  retryDelaysMs: delays,
  sameId: flag,
};

const TIMES: Record<keyof PhylloSettings, Reader> = {
  ...{ syncMs: ms, refreshMs: ms, historicMs: ms, tokenMs: ms, mediaMs: ms },
};

function read(body: Body, readers: Readonly<Record<string, Reader>>): Record<string, unknown> {
  const entries = Object.entries(body).map(([name, value]) => {
    const reader = readers[name];
    if (!reader) throw new Refusal(400, `unknown field ${name}; there is ${Object.keys(readers).join(', ')}`);
    return [name, reader(value, name)] as const;
  });
  return Object.fromEntries(entries);
}

/** Reads what is to change of the sender. `duplicate: true` is two copies, a number so many. */
export function readSenderSettings({ duplicate, ...body }: Body): Partial<SenderSettings> {
  const copies = typeof duplicate === 'boolean' ? (duplicate ? 2 : 1) : duplicate;
  return read(copies === undefined ? body : { ...body, copies }, SENDER);
}

/** Reads what is to change of how long things take. */
export const readTimes = (body: Body): Partial<PhylloSettings> => read(body, TIMES);
