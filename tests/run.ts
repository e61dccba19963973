import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { POSTGRESQL_15 } from './support/cluster.ts';
import { type Tally } from './support/tally-reporter.ts';

/** `npm test`: types, lint and every test, counted by single case; a case that cannot run here says why. */

const bin = (name: string, entry: string) => path.resolve('node_modules', name, entry);

type Outcome = { code: number; output: string };

function run(
  args: readonly string[],
  options: { shows: boolean; env?: Record<string, string> },
): Promise<Outcome> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', options.shows ? 'inherit' : 'pipe', options.shows ? 'inherit' : 'pipe'],
    env: { ...process.env, ...options.env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** One case: it passes when every one of its commands does. */
async function check(name: string, commands: readonly (readonly string[])[]): Promise<Tally> {
  const failures: string[] = [];
  for (const command of commands) {
    const { code, output } = await run(command, { shows: false });
    if (code !== 0) failures.push(output.trim() || `exit code ${code}`);
  }
  const isGreen = failures.length === 0;
  console.log(` ${isGreen ? '✓' : '✗'} ${name}`);
  const failed = isGreen ? [] : [{ name, error: failures.join('\n') }];
  return { passed: isGreen ? 1 : 0, failed, skipped: [] };
}

async function runVitest(): Promise<Tally> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'spokestack-tally-'));
  const file = path.join(folder, 'tally.json');
  const reporter = path.resolve('tests/support/tally-reporter.ts');
  const args = [bin('vitest', 'vitest.mjs'), 'run', '--reporter=default', `--reporter=${reporter}`];
  try {
    const { code } = await run(args, { shows: true, env: { SPOKESTACK_TALLY: file } });
    if (!existsSync(file))
      return { passed: 0, failed: [{ name: 'vitest', error: `exit code ${code}` }], skipped: [] };
    const tally = JSON.parse(readFileSync(file, 'utf8')) as Tally;
    const isUnexplained = code !== 0 && tally.failed.length === 0;
    return isUnexplained ? { ...tally, failed: [{ name: 'vitest', error: `exit code ${code}` }] } : tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the run leaves out as a whole. */
function missingParts(): Tally {
  const skipped = existsSync(path.join(POSTGRESQL_15, 'postgres'))
    ? []
    : [{ name: 'the database suites on PostgreSQL 15', reason: `${POSTGRESQL_15} is not there` }];
  return { passed: 0, failed: [], skipped };
}

function report(tallies: readonly Tally[], isCi: boolean): void {
  const failed = tallies.flatMap((tally) => tally.failed);
  const skipped = tallies.flatMap((tally) => tally.skipped);
  for (const { name, error } of failed) console.log(`\nFAILED ${name}\n${error.replace(/^/gm, '    ')}`);
  if (skipped.length > 0) console.log(`\nSkipped${isCi ? ', which CI=true counts as failed' : ''}:`);
  for (const { name, reason } of skipped) console.log(`  ${name}: ${reason}`);
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failures = failed.length + (isCi ? skipped.length : 0);
  process.exitCode = failures > 0 || passed === 0 ? 1 : 0;
  console.log(`\n${passed} passed, ${failures} failed, ${isCi ? 0 : skipped.length} skipped`);
}

const tallies = [
  ...(await Promise.all([
    check('types', [[bin('typescript', 'bin/tsc'), '--noEmit']]),
    check('lint', [
      [bin('eslint', 'bin/eslint.js'), '.', '--max-warnings', '0'],
      [bin('prettier', 'bin/prettier.cjs'), '--check', '.'],
    ]),
  ])),
  await runVitest(),
  missingParts(),
];
report(tallies, process.env.CI === 'true');
