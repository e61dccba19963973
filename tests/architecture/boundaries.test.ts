import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Import, importsOf, modules, ROOT } from './source.ts';

/** Who may import whom: the table of docs/architecture.md. The first row whose `of` a file fits is its row. */
interface Row {
  name: string;
  of: RegExp;
  may: readonly RegExp[];
  /** What may be named as a type alone. */
  types?: readonly RegExp[];
}

const KERNEL = /^server\/kernel\//;
const DB = /^db\//;
const AUTH = /^server\/auth\//;
/** What all platforms share: no single platform's folder. */
const PLATFORMS = /^server\/integrations\/[\w-]+\.ts$/;
const REGISTRY = /^server\/integrations\/(registry|file-store)\.ts$/;
/** What a slice shows to its neighbours. */
const SHOWN =
  /^server\/domain\/([\w-]+\/(queries|([\w-]+-)?schema|rules|fields)|activities\/record|ad-accounts\/(access|end-grant)|attachments\/inspect|budgets\/record|creator-contents\/ingest|creator-platforms\/(account|ingest)|creator-contracts\/check|metrics\/conversions|token-vault\/tokens)\.ts$/;
const RECORDS = /^server\/domain\/records\//;

const ROWS: readonly Row[] = [
  {
    name: 'app/bridge and app/http',
    of: /^app\/(bridge|http)\//,
    may: [
      /^app\/(bridge|http|lib)\//,
      /^server\/api\//,
      /^server\/domain\/[\w-]+\/(([\w-]+-)?schema|fields)\.ts$/,
      AUTH,
      KERNEL,
      DB,
    ],
    types: [/./],
  },
  {
    name: 'the rest of app',
    of: /^app\//,
    may: [/^app\/(?!http\/)/, /^server\/domain\/[\w-]+\/(([\w-]+-)?schema|fields)\.ts$/],
    types: [/./],
  },
  {
    name: 'server/api',
    of: /^server\/api\//,
    may: [/^server\/api\//, AUTH, /^server\/domain\//, REGISTRY, DB, KERNEL],
  },
  { name: 'server/auth', of: /^server\/auth\//, may: [AUTH, DB, KERNEL] },
  {
    name: 'server/domain/<noun>',
    of: /^server\/domain\/(?<noun>[\w-]+)\//,
    may: [SHOWN, RECORDS, PLATFORMS, AUTH, DB, KERNEL],
    types: [/^server\/domain\//],
  },
  {
    name: 'server/integrations/<platform>',
    of: /^server\/integrations\/(?<noun>[\w-]+)\//,
    may: [PLATFORMS, KERNEL],
  },
  { name: 'server/integrations', of: /^server\/integrations\//, may: [/^server\/integrations\//, KERNEL] },
  { name: 'server/kernel', of: KERNEL, may: [KERNEL] },
  {
    name: 'server/cli',
    of: /^server\/cli\//,
    may: [/^(server|db|jobs|sandbox|migrations)\//],
  },
  { name: 'jobs', of: /^jobs\//, may: [/^jobs\//, /^server\/domain\//, PLATFORMS, AUTH, DB, KERNEL] },
  { name: 'db', of: DB, may: [DB, /^server\/kernel\/(?!config\.ts|settings\.ts)/] },
  { name: 'migrations', of: /^migrations\//, may: [] },
  { name: 'sandbox', of: /^sandbox\//, may: [/^sandbox\//] },
];

const files = modules().filter((file) => !file.startsWith('tests/'));

describe.each(ROWS.map((row) => [row.name, row] as const))('%s', (_name, row) => {
  test('imports what the table lets it import', () => {
    const mine = files.filter((file) => rowOf(file) === row);
    expect(mine.length, 'no file has this row').toBeGreaterThan(0);
    expect(mine.flatMap((file) => trespasses(file, row))).toEqual([]);
  });
});

test('every folder with code has its row', () => {
  const without = files.filter((file) => file.includes('/') && !rowOf(file));
  expect(without).toEqual([]);
});

test('every import of ours names a file that is there, with its extension', () => {
  const broken = modules().flatMap((file) =>
    importsOf(file)
      .filter(({ target }) => target !== null && !isBuilt(target) && !existsSync(path.join(ROOT, target)))
      .map(({ specifier }) => `${file} → ${specifier}`),
  );
  expect(broken).toEqual([]);
});

test('what the tests are made of is imported by no product code', () => {
  const guilty = files.filter(
    (file) =>
      file.includes('/') && importsOf(file).some(({ target }) => target?.startsWith('tests/') === true),
  );
  expect(guilty).toEqual([]);
});

test('a trespass is found: the check itself can fail', () => {
  const [row] = ROWS.filter(({ name }) => name === 'sandbox');
  const file = 'tests/api/companies.test.ts';
  expect(row && trespasses(file, row)).not.toEqual([]);
});

function rowOf(file: string): Row | undefined {
  return ROWS.find(({ of }) => of.test(file));
}

function trespasses(file: string, row: Row): string[] {
  const noun = row.of.exec(file)?.groups?.noun;
  const isAllowed = ({ target, isTypeOnly }: Import) =>
    target === null ||
    (noun !== undefined && path.posix.dirname(file).startsWith(folderOf(target, file, noun))) ||
    row.may.some((pattern) => pattern.test(target)) ||
    (isTypeOnly && (row.types ?? []).some((pattern) => pattern.test(target)));
  return importsOf(file)
    .filter((found) => !isAllowed(found))
    .map(({ target }) => `${file} → ${target}`);
}

/** The slice's own folder where the target lies in it; else a name that nothing starts with. */
function folderOf(target: string, file: string, noun: string): string {
  const own = `${file.slice(0, file.indexOf(`/${noun}/`))}/${noun}`;
  return target.startsWith(`${own}/`) ? own : '\0';
}

/** What the build writes is there only after it. */
function isBuilt(target: string): boolean {
  return target.startsWith('build/') || target.includes('/+types/');
}
