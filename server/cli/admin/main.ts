import { AppError } from '../../kernel/errors.ts';
import { CommandError, runCommand } from '../launcher/command.ts';
import { readArguments } from './arguments.ts';
import type { AdminAnswer } from './command.ts';
import { commands } from './commands.ts';
import { type Admin, openAdmin } from './context.ts';

/** `npm run -s admin -- COMMAND …`: the answer on standard output, one clear line on standard error otherwise. */
let hasFailed = false;
await runCommand(async () => {
  const request = readArguments(commands, process.argv.slice(2));
  if (request.kind === 'help') {
    console.log(request.text);
    return;
  }
  const answer = await withAdmin(request.run);
  console.log(request.isJson ? JSON.stringify(answer.json, null, 2) : answer.text);
  hasFailed = answer.hasFailed ?? false;
});
if (hasFailed) process.exitCode = 1;

async function withAdmin(run: (admin: Admin) => Promise<AdminAnswer>): Promise<AdminAnswer> {
  const admin = await openAdmin();
  try {
    return await run(admin);
  } catch (error) {
    throw asCommandError(error);
  } finally {
    await admin.close();
  }
}

/** What the person at the keyboard can act on becomes one line; anything else keeps its stack. */
function asCommandError(error: unknown): unknown {
  if (error instanceof AppError) return new CommandError(error.message, { cause: error });
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') {
    return new CommandError('The database does not answer: check DATABASE_OWNER_URL and that it runs.', {
      cause: error,
    });
  }
  // PostgreSQL's undefined_table and invalid_schema_name.
  if (code === '42P01' || code === '3F000') {
    return new CommandError('The database is not migrated to this version: run npm run migrate.', {
      cause: error,
    });
  }
  return error;
}
