import { createHash } from 'node:crypto';
import { DAY_MS } from '../world/calendar.ts';

/** Phyllo's times have microseconds and name no zone; they are UTC. The microseconds belong to the moment. */
export function naive(moment: number): string {
  const micros = createHash('md5').update(String(moment)).digest().readUInt16BE(0) % 1_000;
  return `${new Date(moment).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}`;
}

/** What a network tells to the second. */
export const naiveSecond = (moment: number): string =>
  `${new Date(moment).toISOString().slice(0, 19)}.000000`;

export const naiveDay = (day: number): string => naiveSecond(day * DAY_MS);

export const naiveOrNull = (moment: number | null): string | null => (moment === null ? null : naive(moment));

const FORMS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `${text}Z`,
  (text) => text.replace('T', ' '),
];

/** `last_updated_time` comes in three forms. Source: the samples of Phyllo's page on webhook events. */
export const looseTime = (moment: number, draw: number): string => {
  const form = FORMS[draw % FORMS.length];
  return form ? form(naive(moment)) : naive(moment);
};
