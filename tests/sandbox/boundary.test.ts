import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../sandbox');
const OUTSIDE = new Set(['msw', 'express', '@mswjs/http-middleware']);

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

function strangers(file: string): string[] {
  const source = readFileSync(path.join(ROOT, file), 'utf8');
  const imports = [...source.matchAll(/(?:\bfrom |^import |\bimport\()'([^'\n]+)'/gm)].map(
    ([, name = '']) => name,
  );
  return imports.filter((name) => {
    if (name.startsWith('node:') || OUTSIDE.has(name)) return false;
    const target = path.resolve(ROOT, path.dirname(file), name);
    return !name.startsWith('.') || !target.startsWith(`${ROOT}${path.sep}`);
  });
}

test('the sandbox imports nothing of the product and does not read the environment', () => {
  expect(files.length).toBeGreaterThan(30);
  expect(files.flatMap((file) => strangers(file).map((name) => `${file} imports ${name}`))).toEqual([]);
  const readers = files.filter((file) => readFileSync(path.join(ROOT, file), 'utf8').includes('process.env'));
  expect(readers).toEqual([]);
});
