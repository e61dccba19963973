/** What one paste may hold. */
export const MOST_PASTED_LINES = 2000;
export const MOST_PASTED_CHARACTERS = 200_000;

/** The columns of pasted lines, in the order that they have where no first line names them. */
export const pastedColumns = ['date', 'conversions', 'value'] as const;
