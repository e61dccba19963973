import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { modules, nodesOf, parse, projectFiles, textOf } from './source.ts';

const MAX_LINES = 400;
const all = modules();
const product = all.filter((file) => /^(app|server|db|jobs|migrations|sandbox)\//.test(file));

/** A node of these modules that the rule is about, as file:line. */
function places(files: readonly string[], matches: (node: ts.Node) => boolean): string[] {
  return files.flatMap((file) => {
    const source = parse(file);
    return [...nodesOf(source)].filter(matches).map((node) => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      return `${file}:${line + 1}`;
    });
  });
}

const isNamed = (node: ts.Node, name: string) => ts.isIdentifier(node) && node.text === name;

describe('the environment', () => {
  const isRead = (node: ts.Node) =>
    (ts.isPropertyAccessExpression(node) &&
      isNamed(node.expression, 'process') &&
      node.name.text === 'env') ||
    (ts.isElementAccessExpression(node) && isNamed(node.expression, 'process'));

  test('is read in server/kernel/config.ts alone', () => {
    expect(places(product, isRead).filter((place) => !place.startsWith('server/kernel/config.ts:'))).toEqual(
      [],
    );
    expect(places(['server/kernel/config.ts'], isRead)).not.toEqual([]);
  });
});

describe('the network', () => {
  const isFetch = (node: ts.Node) =>
    ts.isCallExpression(node) &&
    (isNamed(node.expression, 'fetch') ||
      (ts.isPropertyAccessExpression(node.expression) &&
        node.expression.name.text === 'fetch' &&
        isNamed(node.expression.expression, 'globalThis')));
  const isClient = (node: ts.Node) =>
    (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
    node.moduleSpecifier !== undefined &&
    ts.isStringLiteral(node.moduleSpecifier) &&
    /^(undici|axios|got|node-fetch|(node:)?(http|https|http2|net|tls))$/.test(node.moduleSpecifier.text);

  /** They listen, or speak with this machine alone. */
  const LOCAL: Readonly<Record<string, string>> = {
    'app/http/main.ts': 'serves the web',
    'sandbox/server.ts': 'serves the stand-ins',
    'db/embedded.ts': 'finds a free port for the database',
    'server/integrations/media.ts': 'judges addresses, and opens none',
    'server/cli/launcher/ports.ts': 'asks whether a port is free',
    'server/cli/launcher/ready.ts': 'asks the web process whether it is ready',
    'server/cli/demo/consent.ts': 'plays a person at the page of the sandbox',
  };

  test('is reached through server/integrations/http.ts alone, and by stand-ins on the loopback', () => {
    const senders = ['server/integrations/http.ts', 'sandbox/loopback.ts'];
    const allowed = (place: string) => senders.some((file) => place.startsWith(`${file}:`));
    expect(places(product, isFetch).filter((place) => !allowed(place))).toEqual([]);
    for (const file of senders) expect(places([file], isFetch)).toHaveLength(1);
  });

  test('has no other client, but where it stays on this machine, each with its reason', () => {
    const found = places(product, isClient).map((place) => place.split(':')[0] ?? '');
    expect([...new Set(found)].sort()).toEqual(Object.keys(LOCAL).sort());
  });
});

describe('a file', () => {
  test(`has at most ${MAX_LINES} lines, but for what is generated`, () => {
    const long = all
      .filter((file) => file !== 'db/types.ts')
      .map((file) => [file, textOf(file).trimEnd().split('\n').length] as const)
      .filter(([, lines]) => lines > MAX_LINES);
    expect(long).toEqual([]);
  });

  test('is no barrel: none does nothing but export what others declare', () => {
    const barrels = all.filter((file) => {
      const { statements } = parse(file);
      return (
        statements.length > 0 &&
        statements.every((one) => ts.isExportDeclaration(one) && one.moduleSpecifier !== undefined)
      );
    });
    expect(barrels).toEqual([]);
  });

  test('lies in no folder that says nothing of what is in it', () => {
    const vague = projectFiles().filter((file) =>
      path.posix
        .dirname(file)
        .split('/')
        .some((folder) => /^(utils?|helpers?|common|shared|misc)$/.test(folder)),
    );
    expect(vague).toEqual([]);
  });

  test('leaves nothing for later, silences no rule of types, and takes any for no type', () => {
    // XXX alone is ISO 4217's code of no currency.
    const marks = /\b(TODO|FIXME|XXX(?=:))\b|@ts-(ignore|nocheck)/;
    const mine = 'tests/architecture/habits.test.ts';
    expect(all.filter((file) => file !== mine && marks.test(textOf(file)))).toEqual([]);
    expect(places(product, (node) => node.kind === ts.SyntaxKind.AnyKeyword)).toEqual([]);
  });
});

test('the console is used by commands alone: a process tells its log', () => {
  const isConsole = (node: ts.Node) =>
    ts.isPropertyAccessExpression(node) && isNamed(node.expression, 'console');
  const speakers = product.filter((file) => !/^(server\/cli\/|sandbox\/main\.ts$)/.test(file));
  expect(places(speakers, isConsole)).toEqual([]);
});

test('a module exports names, but for those whose framework asks for a default', () => {
  const asked =
    /^(app\/(root|entry\.\w+|routes\/.+)\.tsx?|[\w.]+\.config\.ts|tests\/support\/(global-setup|tally-reporter)\.ts)$/;
  const isDefault = (node: ts.Node) =>
    ts.isExportAssignment(node) ||
    (ts.canHaveModifiers(node) &&
      (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword));
  expect(
    places(
      all.filter((file) => !asked.test(file)),
      isDefault,
    ),
  ).toEqual([]);
});

test('an id that stands in code is one: a version and a variant of RFC 9562', () => {
  const shaped = /['"`]([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})['"`]/gi;
  const isId = (text: string) =>
    /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
  const wrong = all.flatMap((file) =>
    [...textOf(file).matchAll(shaped)]
      .filter(([, text = '']) => !isId(text))
      .map(([text]) => `${file} ${text}`),
  );
  expect(wrong).toEqual([]);
});
