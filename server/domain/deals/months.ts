/** Calendar months, YYYY-MM. */
const MOST_MONTHS = 60;

/** The month so many later; earlier where it is negative. */
export function shiftMonth(month: string, by: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by;
  const year = String(Math.floor(count / 12)).padStart(4, '0');
  return `${year}-${String((((count % 12) + 12) % 12) + 1).padStart(2, '0')}`;
}

/** Both months and all between them, at most sixty. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to && months.length < MOST_MONTHS; month = shiftMonth(month, 1)) {
    months.push(month);
  }
  return months;
}
