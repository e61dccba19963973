import { z } from 'zod';
import type { Issue } from '../../kernel/errors.ts';
import { type FilterCondition, type FilterNode, type FilterOperator, operators, periods } from './fields.ts';

const MAX_LENGTH = 8000;
const MAX_DEPTH = 3;
const MAX_CONDITIONS = 50;
const MAX_VALUES = 100;

const names = [...new Set(Object.values(operators).flat())] as [FilterOperator, ...FilterOperator[]];
const scalar = z.union(
  [
    z
      .string()
      .max(400, 'At most 400 characters.')
      .refine((value) => !value.includes('\0') && value.isWellFormed(), 'This text is not valid Unicode.'),
    z.number(),
  ],
  'Write a text or a number.',
);

const condition: z.ZodType<FilterCondition> = z.strictObject({
  field: z.string('Name a field.').min(1, 'Name a field.').max(120),
  op: z.enum(names, `Write one of ${names.join(', ')}.`),
  value: z
    .union(
      [
        scalar,
        z.array(scalar).min(1).max(MAX_VALUES),
        z.strictObject({ period: z.enum(periods), days: z.number().int().min(1).max(3650).optional() }),
      ],
      `Write a text, a number, a list of 1 to ${MAX_VALUES} of them, or { period, days }.`,
    )
    .optional(),
});

/**
 * A filter as every list takes it: a text of JSON, `{ all: […] }` or `{ any: […] }` of conditions `{ field, op, value }`
 * and of further groups, at most three deep and of at most 50 conditions; docs/lists.md has the operators. Its form is
 * checked here, and that its fields are there where they are known, in filter-queries.ts.
 */
export const filterInput = z
  .string()
  .max(MAX_LENGTH, `A filter has at most ${MAX_LENGTH} characters.`)
  .superRefine((text, ctx) => {
    for (const { path, message } of parseFilter(text).issues) {
      ctx.addIssue({ code: 'custom', path: path === '' ? [] : path.split('.'), message });
    }
  })
  .optional();

/** Reads a filter that filterInput has let in. */
export function readFilter(text: string): FilterNode {
  const { node } = parseFilter(text);
  if (!node) throw new Error('This filter was not checked where it came in.');
  return node;
}

/** The tree of a filter's text, or null with what is wrong; paths are within the filter: `all.0.value`. */
export function parseFilter(text: string): { node: FilterNode | null; issues: readonly Issue[] } {
  const walk: Walk = { issues: [], conditions: 0 };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refusal('Write the filter as JSON, for example {"all":[…]}.');
  }
  if (joinOf(json) === null) return refusal('A filter begins with { "all": […] } or { "any": […] }.');
  const node = readNode(json, { path: '', depth: 1 }, walk);
  if (walk.conditions > MAX_CONDITIONS) return refusal(`A filter has at most ${MAX_CONDITIONS} conditions.`);
  return walk.issues.length > 0 ? { node: null, issues: walk.issues } : { node, issues: [] };
}

function refusal(message: string): { node: null; issues: readonly Issue[] } {
  return { node: null, issues: [{ path: '', message }] };
}

interface Walk {
  issues: Issue[];
  conditions: number;
}

interface Place {
  path: string;
  depth: number;
}

function joinOf(json: unknown): 'all' | 'any' | null {
  if (typeof json !== 'object' || json === null) return null;
  return 'all' in json ? 'all' : 'any' in json ? 'any' : null;
}

function readNode(json: unknown, place: Place, walk: Walk): FilterNode | null {
  const join = joinOf(json);
  if (join === null) return readCondition(json, place.path, walk);
  const refuse = (message: string) => {
    walk.issues.push({ path: place.path, message });
    return null;
  };
  const group = json as Record<string, unknown>;
  const parts = group[join];
  if (place.depth > MAX_DEPTH) return refuse(`Groups stand at most ${MAX_DEPTH} deep.`);
  if (Object.keys(group).length > 1) return refuse(`Beside "${join}" a group holds nothing.`);
  if (!Array.isArray(parts) || parts.length === 0)
    return refuse('A group is a list of at least one condition.');
  if (parts.length > MAX_CONDITIONS) return refuse(`A filter has at most ${MAX_CONDITIONS} conditions.`);
  const base = place.path === '' ? join : `${place.path}.${join}`;
  const nodes = parts.flatMap(
    (part, index) => readNode(part, { path: `${base}.${index}`, depth: place.depth + 1 }, walk) ?? [],
  );
  return join === 'all' ? { all: nodes } : { any: nodes };
}

function readCondition(json: unknown, path: string, walk: Walk): FilterCondition | null {
  walk.conditions += 1;
  const parsed = condition.safeParse(json);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    walk.issues.push({ path: [path, ...issue.path.map(String)].join('.'), message: issue.message });
  }
  return null;
}
