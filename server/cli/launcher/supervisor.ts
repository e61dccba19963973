import { type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedDatabase } from '../../../db/embedded.ts';
import { type Logger } from '../../kernel/log.ts';
import { outcomeOf, startProgram, stopChild, type Program } from './child.ts';
import { CommandError } from './command.ts';
import { createRestartBudget } from './restart-budget.ts';

export type SupervisorOptions = {
  logger: Logger;
  /** Called when a process died too often; everything is to stop with this reason. */
  onGiveUp: (reason: Error) => void;
};

export type Supervisor = {
  /** Starts a program and keeps it running until it is stopped. */
  start(program: Program): void;
  /** Keeps the embedded database running, as it does programs. */
  watch(database: EmbeddedDatabase): void;
  /** Ends the named programs side by side; they are not started again. */
  stop(names: readonly string[]): Promise<void>;
  /** Calls `listener` after every start and restart: process ids have changed. */
  onChange(listener: () => void): void;
  pidOf(name: string): number | null;
  pids(): number[];
};

/** Starts what dies again with a log line, at most five times in a minute each. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { logger, onGiveUp } = options;
  const listeners: (() => void)[] = [];
  const changed = () => listeners.forEach((listener) => listener());
  const children = new Map<string, ChildProcess>();
  const stopped = new Set<string>();
  const mayRestart = createRestartBudget();

  const died = (name: string, outcome: string, restart: () => void | Promise<void>) => {
    if (stopped.has(name)) return;
    if (!mayRestart(name)) {
      onGiveUp(
        new CommandError(`${name} died more than five times in a minute, the last time by ${outcome}.`),
      );
      return;
    }
    logger.warn({ child: name, outcome }, 'a process died and is started again');
    // Not at once: what it needs, such as the database, may be coming back at the same time.
    sleep(200)
      .then(() => (stopped.has(name) ? undefined : restart()))
      .catch((error: unknown) => died(name, String(error), restart));
  };

  const start = (program: Program): void => {
    const child = startProgram(program);
    children.set(program.name, child);
    void outcomeOf(child).then((outcome) => died(program.name, outcome, () => start(program)));
    changed();
  };

  return {
    start,
    watch: (database) => {
      const restart = async () => {
        await database.restart();
        changed();
      };
      database.onExit((outcome) => died('postgres', outcome, restart));
      changed();
    },
    stop: async (names) => {
      names.forEach((name) => stopped.add(name));
      const running = names.map((name) => children.get(name)).filter((child) => child !== undefined);
      await Promise.all(running.map(stopChild));
    },
    onChange: (listener) => void listeners.push(listener),
    pidOf: (name) => children.get(name)?.pid ?? null,
    pids: () => [...children.values()].map(({ pid }) => pid).filter((pid) => pid !== undefined),
  };
}
