import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../kernel/errors.ts';

// ASVS 5.0 appendix C: argon2id with m = 19,456 KiB, t = 2, p = 1 or more. argon2id is the library's default algorithm.
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const MAX_RUNNING = 2;
const MAX_WAITING = 20;

let running = 0;
const waiting: (() => void)[] = [];

/** A PHC string of argon2id. Errors: `rate_limited` where too many are being computed. */
export function hashPassword(password: string): Promise<string> {
  return capped(() => hash(password.normalize('NFKC'), PARAMETERS));
}

/**
 * Whether the password fits the hash. With no hash it verifies against a dummy of the same cost, so that an unknown
 * address takes as long as a known one.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const against = passwordHash ?? (await dummy());
  const fits = await capped(() => verify(against, password.normalize('NFKC')));
  return fits && passwordHash !== null;
}

let dummyHash: Promise<string> | undefined;

function dummy(): Promise<string> {
  dummyHash ??= hash('no account has this password', PARAMETERS);
  return dummyHash;
}

/** Two at a time and a short queue: uncapped, a hundred sign-ins a second would take both cores from everybody. */
async function capped<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MAX_RUNNING) {
    if (waiting.length >= MAX_WAITING) {
      throw new AppError(
        'rate_limited',
        'Too many people are signing in right now. Try again in a few seconds.',
        {
          retryAfterSeconds: 5,
        },
      );
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    // The place is handed to the next in line, or given back.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
