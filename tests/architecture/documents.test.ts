import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectFiles, ROOT, textOf } from './source.ts';

/** What the documents name and a clone does not hold: it is made by a command, or stands for a shape of names. */
const MADE = /^(\.data|build|node_modules)(\/|$)/;

const documents = projectFiles().filter(
  (file) => file.endsWith('.md') && !file.startsWith('tests/fixtures/'),
);
const files = projectFiles();
const folders = new Set(['.', ...files.flatMap(parents)]);
const tops = new Set([...folders].map((folder) => folder.split('/')[0] ?? ''));

describe.each(documents)('%s', (document) => {
  test('names no path that is not there', () => {
    expect(pathsIn(document).filter((named) => !isThere(named, document))).toEqual([]);
  });

  test('links to nothing that is not there', () => {
    const links = [...textOf(document).matchAll(/\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)/g)];
    const broken = links
      .map(([, target = '']) => path.posix.join(path.posix.dirname(document), target))
      .filter((target) => !existsSync(path.join(ROOT, target)));
    expect(broken).toEqual([]);
  });
});

test('the documents name enough paths for this check to mean something', () => {
  expect(documents.flatMap(pathsIn).length).toBeGreaterThan(50);
});

/** Words in backticks that begin with a folder or file of the project's root. */
function pathsIn(document: string): string[] {
  const code = textOf(document).replace(/```[\s\S]*?```/g, '');
  return [...code.matchAll(/`([^`\s]+)`/g)].map(([, text = '']) => text).filter(isPath);
}

function isPath(text: string): boolean {
  if (!/^[\w.@*<>{}$,-]+(\/[\w.@*<>{}$,-]*)*$/.test(text) || MADE.test(text)) return false;
  return text.includes('/') ? tops.has(text.split('/')[0] ?? '') : files.includes(text) && text.includes('.');
}

/** `*` and `<noun>` stand for any name. */
function isThere(named: string, document: string): boolean {
  const plain = named.replace(/\/$/, '');
  const here = path.posix.join(path.posix.dirname(document), plain);
  if (files.includes(plain) || folders.has(plain) || existsSync(path.join(ROOT, here))) return true;
  if (!/[*<]/.test(plain)) return existsSync(path.join(ROOT, plain));
  const escaped = plain.replace(/[.$+?()[\]\\]/g, '\\$&').replace(/\*|<[\w-]+>/g, '[^/]+');
  return [...files, ...folders].some((file) => new RegExp(`^${escaped}$`).test(file));
}

function parents(file: string): string[] {
  const folder = path.posix.dirname(file);
  return folder === '.' ? [] : [folder, ...parents(folder)];
}
