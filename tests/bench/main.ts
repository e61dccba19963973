import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isBuildFresh } from '../../server/cli/launcher/build.ts';
import { ROOT, runProgram } from '../../server/cli/launcher/child.ts';
import { BUILD } from '../../server/cli/launcher/programs.ts';
import type { Bench, Row } from './bench.ts';
import { type Dataset, openDataset } from './dataset.ts';
import type { Line } from './measure.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { endChild, memoryOf, type Served, startLimit, startLoader, startWeb } from './processes.ts';
import { type Report, toReport, toText } from './report.ts';
import { board } from './rows/board.ts';
import { campaign } from './rows/campaign.ts';
import { dashboard } from './rows/dashboard.ts';
import { csvImport } from './rows/import.ts';
import { ingestion } from './rows/ingestion.ts';
import { listApi } from './rows/list-api.ts';
import { listPage } from './rows/list-page.ts';
import { policies } from './rows/policies.ts';
import { record } from './rows/record.ts';
import { search } from './rows/search.ts';
import { sync } from './rows/sync.ts';
import { webhook } from './rows/webhook.ts';
import { writeWork } from './work.ts';

const rows: readonly Row[] = [
  listApi,
  listPage,
  board,
  record,
  search,
  campaign,
  dashboard,
  policies,
  ingestion,
  sync,
  csvImport,
  webhook,
];
const MEMORY_GOAL_MIB = 300;

const say = (line: string) => void process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const unknown = options.only?.filter((name) => !rows.some((row) => row.name === name)) ?? [];
  if (unknown.length > 0) throw new Error(`There is no row ${unknown.join(', ')}.\n\n${USAGE}`);
  const chosen = rows.filter(({ name }) => options.only?.includes(name) ?? true);
  if (!options.keepsBuild && !isBuildFresh(ROOT)) await runProgram(BUILD, new AbortController().signal);
  const dataset = await openDataset(options.directory, options.scale, say);
  try {
    const report = await measureAll(options, dataset, chosen);
    process.stdout.write(`${toText(report)}\n`);
    if (options.jsonFile !== null) writeFileSync(options.jsonFile, `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await dataset.close();
  }
}

async function measureAll(options: Options, dataset: Dataset, chosen: readonly Row[]): Promise<Report> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'spokestack-bench-'));
  const workFile = path.join(folder, 'work.json');
  await writeWork(workFile, dataset);
  const started = new Map<string, Promise<Served>>();
  const once = (name: string, start: () => Promise<Served>) => {
    const served = started.get(name) ?? start();
    started.set(name, served);
    return served;
  };
  const loader = startLoader();
  const bench: Bench = {
    options,
    dataset,
    loader,
    web: () => once('web', () => startWeb(dataset.appUrl, path.join(folder, 'web.log'))),
    limit: (program) => once(program, () => startLimit(program, workFile)),
  };
  try {
    const lines: Line[] = [];
    for (const row of chosen) {
      say(`Measuring ${row.title} …`);
      const measured = await row.measure(bench);
      for (const { load, ratio, against } of measured) say(`  ${load}: ${ratio?.toFixed(2)} × ${against}`);
      lines.push(...measured);
    }
    return toReport(options, dataset, { lines, memory: await memoryLines(started) });
  } finally {
    for (const served of await Promise.allSettled(started.values()))
      if (served.status === 'fulfilled') await served.value.stop();
    await endChild(loader);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function memoryLines(started: ReadonlyMap<string, Promise<Served>>): Promise<Report['memory']> {
  const web = await started.get('web');
  const memory = web ? memoryOf(web.pid) : null;
  if (!memory) return [];
  return [{ process: 'web', ...memory, goalMiB: MEMORY_GOAL_MIB, isMet: memory.peakMiB <= MEMORY_GOAL_MIB }];
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
