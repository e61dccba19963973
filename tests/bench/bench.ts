import type { ChildProcess } from 'node:child_process';
import type { Dataset } from './dataset.ts';
import type { Line } from './measure.ts';
import type { Options } from './options.ts';
import type { Served } from './processes.ts';

/** What a row works with. Servers are started when a row first asks for them. */
export interface Bench {
  options: Options;
  dataset: Dataset;
  loader: ChildProcess;
  web(): Promise<Served>;
  limit(program: LimitProgram): Promise<Served>;
}

export type LimitProgram = 'ad-platform.ts' | 'node-pg.ts' | 'react-stream.tsx' | 'remix-route.tsx';

export interface Row {
  name: string;
  title: string;
  measure(bench: Bench): Promise<Line[]>;
}
