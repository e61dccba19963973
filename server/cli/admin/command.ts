import type { z } from 'zod';
import type { Admin } from './context.ts';

/** One `--flag` of a command. Its value arrives in the input under the flag's name in camelCase. */
export interface AdminOption {
  /** In kebab-case, without the dashes. */
  flag: string;
  /** What stands for the value in the usage, such as EMAIL; without one the flag is a switch. */
  value?: string;
  help: string;
  isRequired?: boolean;
  /** May be given several times: the input is a list. */
  isRepeatable?: boolean;
}

/** One argument without a flag, taken in order. */
export interface AdminOperand {
  /** In camelCase, as the input names it; the usage shows it in capitals. */
  name: string;
  help: string;
}

/** What a command prints: `json` with --json, else `text`. */
export interface AdminAnswer {
  text: string;
  json: unknown;
  /** The work was done and did not succeed: printed all the same, and the command exits with 1. */
  hasFailed?: boolean;
}

interface AdminCommandDefinition<I> {
  name: string;
  summary: string;
  operands?: readonly AdminOperand[];
  options: readonly AdminOption[];
  /** Checks what was given, before any database is opened. Messages say what to do. */
  input: z.ZodType<I>;
  /** Errors: AppError and CommandError become one line. */
  run(admin: Admin, input: I): Promise<AdminAnswer>;
}

/** A command with its input's type closed in. */
export interface AdminCommand {
  name: string;
  summary: string;
  operands: readonly AdminOperand[];
  options: readonly AdminOption[];
  /** Errors: ZodError where the input does not fit. */
  prepare(given: Record<string, unknown>): (admin: Admin) => Promise<AdminAnswer>;
}

export function defineCommand<I>(definition: AdminCommandDefinition<I>): AdminCommand {
  const { name, summary, operands = [], options, input } = definition;
  return {
    name,
    summary,
    operands,
    options,
    prepare: (given) => {
      const parsed = input.parse(given);
      return (admin) => definition.run(admin, parsed);
    },
  };
}
