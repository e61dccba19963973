import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What one module names of another. */
export interface Import {
  /** As written: a package, or a path relative to the file. */
  specifier: string;
  /** The path from the project's root for a file of ours, else null. */
  target: string | null;
  /** Nothing of it is left when the program runs. */
  isTypeOnly: boolean;
}

const GENERATED = new Set(['node_modules', 'build']);

/** Every file of the project by its path from the root; what is generated or hidden left out. */
export function projectFiles(under = ''): string[] {
  return readdirSync(path.join(ROOT, under), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || GENERATED.has(entry.name)) return [];
    const file = path.posix.join(under, entry.name);
    return entry.isDirectory() ? projectFiles(file) : [file];
  });
}

/** Every TypeScript module of the project. */
export function modules(): string[] {
  return projectFiles().filter((file) => /\.tsx?$/.test(file));
}

export function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** The module as TypeScript reads it, so that comments and strings are not taken for code. */
export function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, false);
}

/** Every node below this one, itself first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  const waiting = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next;
    next.forEachChild((child) => void waiting.push(child));
  }
}

const known = new Map<string, readonly Import[]>();

export function importsOf(file: string): readonly Import[] {
  const found = known.get(file) ?? readImports(file);
  known.set(file, found);
  return found;
}

function readImports(file: string): Import[] {
  return [...nodesOf(parse(file))].flatMap((node) => {
    const found = readImport(node);
    return found ? [{ ...found, target: targetOf(file, found.specifier) }] : [];
  });
}

function readImport(node: ts.Node): Omit<Import, 'target'> | null {
  if (ts.isImportDeclaration(node)) return named(node.moduleSpecifier, isTypeImport(node));
  if (ts.isExportDeclaration(node) && node.moduleSpecifier)
    return named(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return named(node.argument.literal, true);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return named(node.arguments[0], false);
  return null;
}

function named(
  specifier: ts.Node | undefined,
  isTypeOnly: boolean,
): { specifier: string; isTypeOnly: boolean } | null {
  return specifier && ts.isStringLiteral(specifier) ? { specifier: specifier.text, isTypeOnly } : null;
}

function isTypeImport({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  if (importClause.isTypeOnly) return true;
  const bindings = importClause.namedBindings;
  if (importClause.name || !bindings || !ts.isNamedImports(bindings)) return false;
  return bindings.elements.length > 0 && bindings.elements.every((element) => element.isTypeOnly);
}

function targetOf(file: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  const [name = ''] = specifier.split('?');
  return path.posix.join(path.posix.dirname(file), name);
}
