import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ZodError } from 'zod';
import { CommandError } from '../launcher/command.ts';
import type { AdminAnswer, AdminCommand } from './command.ts';
import type { Admin } from './context.ts';

/** What a command line asks for. */
export type Request =
  | { kind: 'help'; text: string }
  | { kind: 'run'; isJson: boolean; run: (admin: Admin) => Promise<AdminAnswer> };

/** Reads a command line. Errors: CommandError with one line on what is wrong and how to see what is right. */
export function readArguments(commands: readonly AdminCommand[], args: readonly string[]): Request {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h')
    return { kind: 'help', text: overview(commands) };
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) throw new CommandError(`There is no command ${name}. See: npm run -s admin -- --help`);
  const { values, positionals } = parse(command, rest);
  if (values['help'] === true) return { kind: 'help', text: usage(command) };
  try {
    return {
      kind: 'run',
      isJson: values['json'] === true,
      run: command.prepare(given(command, values, positionals)),
    };
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    throw refusal(command, explain(command, error));
  }
}

/** All commands, each with its line. */
export function overview(commands: readonly AdminCommand[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `npm run -s admin -- COMMAND …\n\n${lines.join('\n')}\n\nEach answers --help, and prints JSON with --json.`;
}

function usage(command: AdminCommand): string {
  const operands = command.operands.map((operand) => ({ left: shown(operand.name), help: operand.help }));
  const options = [...command.options, ...COMMON].map((option) => ({
    left: `--${option.flag}${option.value ? ` ${option.value}` : ''}`,
    help: option.help + (option.isRepeatable ? ' (repeatable)' : ''),
  }));
  const width = Math.max(...[...operands, ...options].map(({ left }) => left.length));
  const lines = [...operands, ...options].map(({ left, help }) => `  ${left.padEnd(width)}  ${help}`);
  const flags = command.options.map((option) => {
    const text = `--${option.flag}${option.value ? ` ${option.value}` : ''}`;
    return option.isRequired ? text : `[${text}]`;
  });
  const call = [command.name, ...operands.map(({ left }) => left), ...flags].join(' ');
  return `npm run -s admin -- ${call}\n\n${command.summary}\n\n${lines.join('\n')}`;
}

const COMMON = [
  { flag: 'json', help: 'Print the answer as JSON' },
  { flag: 'help', help: 'Print this' },
].map((option) => ({ ...option, value: undefined, isRepeatable: false }));

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

function parse(command: AdminCommand, args: readonly string[]): { values: Values; positionals: string[] } {
  const options: ParseArgsConfig['options'] = {
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  };
  for (const { flag, value, isRepeatable = false } of command.options) {
    options[flag] = { type: value ? 'string' : 'boolean', multiple: isRepeatable };
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's message names the flag; what follows its first sentence is advice on its own syntax.
    if (!(error instanceof TypeError)) throw error;
    throw refusal(command, error.message.split(/[.\n]/)[0] ?? error.message);
  }
}

function given(command: AdminCommand, values: Values, positionals: string[]): Record<string, unknown> {
  const surplus = positionals[command.operands.length];
  if (surplus !== undefined) throw refusal(command, `"${surplus}" is one argument too many`);
  const input: Record<string, unknown> = {};
  command.operands.forEach(({ name }, index) => {
    if (positionals[index] === undefined) throw refusal(command, `${shown(name)} is missing`);
    input[name] = positionals[index];
  });
  for (const { flag, isRequired } of command.options) {
    if (values[flag] !== undefined) input[camelCase(flag)] = values[flag];
    else if (isRequired) throw refusal(command, `--${flag} is missing`);
  }
  return input;
}

/** The first thing that is wrong, under the name that was typed. */
function explain(command: AdminCommand, error: ZodError): string {
  const [issue] = error.issues;
  const key = String(issue?.path[0] ?? '');
  const option = command.options.find(({ flag }) => camelCase(flag) === key);
  const name = option ? `--${option.flag}` : shown(key);
  return `${name}: ${issue?.message ?? 'this does not fit'}`.replace(/\.$/, '');
}

function refusal(command: AdminCommand, reason: string): CommandError {
  return new CommandError(`${reason}. See: npm run -s admin -- ${command.name} --help`);
}

function camelCase(flag: string): string {
  return flag.replaceAll(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

function shown(operand: string): string {
  return operand.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
