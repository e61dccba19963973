import { mkdtempSync, chmodSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Report } from '../bench/report.ts';
import { runNode } from './processes.ts';

const directory = mkdtempSync(path.join(os.tmpdir(), 'spokestack-bench-test-'));
// As root, the database is another user's and must be able to enter.
chmodSync(directory, 0o755);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('the bench measures the list API beside its limit and writes its figures as JSON', async () => {
  const jsonFile = path.join(directory, 'report.json');
  const { code, output } = await runNode([
    ...['tests/bench/main.ts', '--quick', '--only', 'list-api', '--scale', '0.01', '--rounds', '1'],
    ...['--seconds', '0.5', '--directory', directory, '--json', jsonFile, '--keep-build'],
  ]);
  expect(code, output).toBe(0);
  const report = JSON.parse(readFileSync(jsonFile, 'utf8')) as Report;
  expect(report.lines.map(({ row, load }) => [row, load])).toEqual([
    ['list-api', '1 connections'],
    ['list-api', '16 connections'],
    ['list-api', '64 connections'],
  ]);
  for (const { product, limits, ratio, goal } of report.lines) {
    expect(product.median).toBeGreaterThan(0);
    expect(limits['node and pg']?.median).toBeGreaterThan(0);
    expect(ratio).toBeGreaterThan(0);
    expect(goal).toEqual({ atLeast: 0.5 });
  }
  expect(output).toContain('list-api');
});
