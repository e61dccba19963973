import { DatabaseSetupError } from '../../../db/roles.ts';
import { ConfigError } from '../../kernel/config.ts';

/** A reason to stop that needs no stack: it says what the person at the keyboard can do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/**
 * Runs a command to its end and exits: 0, or 1 with one clear message on standard error. An error that nobody
 * foresaw is printed with its stack.
 */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
    process.exitCode = 0;
  } catch (error) {
    console.error(describe(error));
    process.exitCode = 1;
  }
}

function describe(error: unknown): string {
  const isForeseen =
    error instanceof CommandError || error instanceof ConfigError || error instanceof DatabaseSetupError;
  if (isForeseen) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
