import type { Request } from 'express';
import { AppError } from '../../server/kernel/errors.ts';

/** More than a person has pages in sight. */
const MOST_OF_ONE = 10;

const open = new Map<string, number>();

/** Counts a person's open streams until this one ends. Errors: `rate_limited`. */
export function holdStream(request: Request, userId: string | null): void {
  if (userId === null) return;
  const held = open.get(userId) ?? 0;
  if (held >= MOST_OF_ONE) {
    throw new AppError('rate_limited', 'Too many pages listen at once. Close some of them.');
  }
  open.set(userId, held + 1);
  request.res?.once('close', () => {
    const left = (open.get(userId) ?? 1) - 1;
    if (left > 0) open.set(userId, left);
    else open.delete(userId);
  });
}
