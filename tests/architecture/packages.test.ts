import { expect, test } from 'vitest';
import { textOf } from './source.ts';

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

interface Lock {
  packages: Record<string, { version?: string; integrity?: string; inBundle?: boolean }>;
}

const { dependencies, devDependencies } = JSON.parse(textOf('package.json')) as Manifest;
const lock = JSON.parse(textOf('package-lock.json')) as Lock;

/** The oldest version of each that holds the security fixes which the product leans on. */
const MINIMUMS: Readonly<Record<string, readonly [version: string, reason: string]>> = {
  '@remix-run/server-runtime': ['2.17.5', 'GHSA-84g9-w2xq-vcv6: an action that another site asks for'],
  '@remix-run/router': ['1.23.2', 'open redirects and ScrollRestoration as ways to run script'],
  '@remix-run/express': ['2.17.5', 'moves with the runtime'],
  '@remix-run/node': ['2.17.5', 'moves with the runtime'],
  '@remix-run/react': ['2.17.5', 'moves with the runtime'],
  '@remix-run/dev': ['2.17.5', 'moves with the runtime'],
  kysely: ['0.28.18', 'CVE-2026-44635: SQL through JSON paths'],
};

test('package.json names every version exactly', () => {
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
});

test.each(Object.entries(MINIMUMS))('%s is installed in %s or newer', (name, [minimum]) => {
  const installed = Object.entries(lock.packages)
    .filter(([place]) => place === `node_modules/${name}` || place.endsWith(`/node_modules/${name}`))
    .map(([, { version = '0.0.0' }]) => version);
  expect(installed.length).toBeGreaterThan(0);
  expect(installed.filter((version) => isOlder(version, minimum))).toEqual([]);
});

test('the lock file pins what package.json names, and each package by its checksum', () => {
  const root = lock.packages[''] as unknown as Manifest;
  expect(root.dependencies).toEqual(dependencies);
  expect(root.devDependencies).toEqual(devDependencies);
  const unsealed = Object.entries(lock.packages).filter(
    // What is bundled comes inside its parent, under the parent's checksum.
    ([place, { integrity, inBundle }]) => place !== '' && !inBundle && integrity === undefined,
  );
  expect(unsealed.map(([place]) => place)).toEqual([]);
});

test('an older version is told from a newer one by its numbers', () => {
  expect([isOlder('0.28.9', '0.28.18'), isOlder('0.28.18', '0.28.18'), isOlder('1.0.0', '0.28.18')]).toEqual([
    true,
    false,
    false,
  ]);
});

function isOlder(version: string, minimum: string): boolean {
  const numbers = (text: string) => text.split(/[.-]/).slice(0, 3).map(Number);
  const [have, want] = [numbers(version), numbers(minimum)];
  const at = have.findIndex((part, index) => part !== want[index]);
  return at >= 0 && (have[at] ?? 0) < (want[at] ?? 0);
}
