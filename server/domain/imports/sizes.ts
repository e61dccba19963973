import type { Parsed } from './values.ts';

/** How many people a company of each size has at most; above the last it is an ENTERPRISE. */
const BANDS = [
  ['SOLO', 1],
  ['SMALL', 10],
  ['MEDIUM', 50],
  ['LARGE', 200],
] as const;

/** The size of a company by its number of people. */
export function sizeOf(people: number): Parsed<string> {
  if (people < 1) return { problem: `"${people}" is not a number of people` };
  return { value: BANDS.find(([, most]) => people <= most)?.[0] ?? 'ENTERPRISE' };
}
