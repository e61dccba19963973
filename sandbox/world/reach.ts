/**
 * How many people of an audience were met at least once, when groups of the given sizes were met independently.
 * Never more than the sum, never less than the largest group, and one group alone is itself. A part of an audience
 * fills up sooner than the whole, so sums over campaigns keep these properties too.
 */
export function peopleReached(groups: Iterable<number>, audience: number): number {
  let missed = 1;
  for (const group of groups) missed *= 1 - Math.min(1, group / audience);
  return Math.round(audience * (1 - missed));
}
