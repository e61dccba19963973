import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { LoadAnswer, LoadRequest } from './load.ts';
import { type Figure, interleave, median } from './measure.ts';
import { cpuMsOf } from './processes.ts';

/** An address and the process that answers it. */
export interface Subject {
  url: string;
  headers: Record<string, string>;
  pid: number;
}

/** One turn at one number of connections. */
export interface Turn extends LoadAnswer {
  cpuMs: number | null;
}

const WARM_UP = { requests: 1000, seconds: 8, connections: 8 };

/** Lets every subject compile its code before it is timed: a thousand requests, or as many as eight seconds hold. */
export async function warmUp(
  loader: ChildProcess,
  subjects: readonly Subject[],
  connections = WARM_UP.connections,
): Promise<void> {
  for (const subject of subjects) {
    const until = performance.now() + WARM_UP.seconds * 1000;
    let requests = 0;
    while (requests < WARM_UP.requests && performance.now() < until) {
      requests += (await takeTurn(loader, subject, { connections, seconds: 1 })).requests;
    }
  }
}

/** The subjects' turns at this many connections, in between each other. */
export function compare<Name extends string>(
  loader: ChildProcess,
  subjects: Record<Name, Subject>,
  load: { connections: number; seconds: number; rounds: number },
): Promise<Record<Name, Turn[]>> {
  const turns = Object.fromEntries(
    Object.entries<Subject>(subjects).map(([name, subject]) => [name, () => takeTurn(loader, subject, load)]),
  ) as Record<Name, () => Promise<Turn>>;
  return interleave(turns, load.rounds);
}

/** Errors: where an answer was no success, since a refusal is quick and would flatter. */
async function takeTurn(
  loader: ChildProcess,
  { url, headers, pid }: Subject,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Turn> {
  const before = cpuMsOf(pid);
  const request: LoadRequest = { url, headers, connections, seconds };
  loader.send(request);
  const [answer] = (await once(loader, 'message')) as [LoadAnswer];
  const after = cpuMsOf(pid);
  if (answer.failures > 0 || answer.requests === 0)
    throw new Error(`${answer.failures} of ${answer.requests} answers of ${url} were no success.`);
  return { ...answer, cpuMs: before === null || after === null ? null : (after - before) / answer.requests };
}

export function figureOf(turns: readonly Turn[], unit: 'requests/s' | 'ms'): Figure {
  const p50Ms = median(turns.map((turn) => turn.p50Ms));
  const cpu = turns.flatMap(({ cpuMs }) => (cpuMs === null ? [] : [cpuMs]));
  return {
    median: unit === 'ms' ? p50Ms : median(turns.map((turn) => turn.perSecond)),
    p50Ms,
    p95Ms: median(turns.map((turn) => turn.p95Ms)),
    cpuMs: cpu.length === 0 ? null : median(cpu),
  };
}
