/** OPEN: its link waits for an answer; ACCEPTED and DECLINED decide; the others lead nowhere any more. */
export const briefStates = ['OPEN', 'ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN'] as const;
export type BriefState = (typeof briefStates)[number];

/** A link is open for so many days. */
export const BRIEF_DAYS = 14;

/** A link takes so many questions; then people talk. */
export const MOST_QUESTIONS = 20;
