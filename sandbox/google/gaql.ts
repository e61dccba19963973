import { queryError } from './failures.ts';

export const OPERATORS = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'IN',
  'NOT IN',
  'LIKE',
  'BETWEEN',
  'DURING',
] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Condition {
  field: string;
  operator: Operator;
  /** Texts and numbers alike, without quotes; two of BETWEEN, one of the others that take no list. */
  values: readonly string[];
}

export interface Ordering {
  field: string;
  isDescending: boolean;
}

export interface GaqlQuery {
  select: readonly string[];
  from: string;
  where: readonly Condition[];
  orderBy: readonly Ordering[];
  limit: number | null;
}

interface Token {
  kind: 'word' | 'text' | 'number' | 'sign' | 'end';
  text: string;
}

const PATTERN =
  /\s*(?:('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|(<=|>=|!=|[=<>(),]))/y;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const trimmed = text.trimEnd();
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < trimmed.length) {
    const at = PATTERN.lastIndex;
    const [, quoted, number, word, sign] = PATTERN.exec(trimmed) ?? [];
    if (quoted !== undefined)
      tokens.push({ kind: 'text', text: quoted.slice(1, -1).replace(/\\(.)/g, '$1') });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else
      throw queryError(
        'UNEXPECTED_INPUT',
        `Error in query: unexpected input ${trimmed.slice(at, at + 20).trim()}.`,
      );
  }
  return [...tokens, { kind: 'end', text: 'end of query' }];
}

/** Reads tokens from left to right. Keywords are known in either case. */
class Reader {
  #at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get next(): Token {
    return this.tokens[this.#at] ?? { kind: 'end', text: 'end of query' };
  }

  take(): Token {
    const token = this.next;
    this.#at += 1;
    return token;
  }

  takeIf(text: string): boolean {
    if (this.next.kind === 'text' || this.next.text.toUpperCase() !== text) return false;
    this.#at += 1;
    return true;
  }

  expect(text: string, code: string): void {
    if (this.takeIf(text)) return;
    throw queryError(code, `Error in query: expected ${text}, found ${this.next.text}.`);
  }

  takeField(): string {
    const token = this.take();
    if (token.kind === 'word' && /^[a-z]/.test(token.text)) return token.text;
    throw queryError('BAD_FIELD_NAME', `Error in query: ${token.text} is no field.`, token.text);
  }

  takeValue(): string {
    const token = this.take();
    if (token.kind === 'end')
      throw queryError('UNEXPECTED_END_OF_QUERY', 'Error in query: unexpected end of query.');
    if (token.kind === 'sign') throw queryError('BAD_VALUE', `Error in query: ${token.text} is no value.`);
    return token.text;
  }
}

function listOf<T>(reader: Reader, read: () => T): T[] {
  const items = [read()];
  while (reader.takeIf(',')) items.push(read());
  return items;
}

function readOperator(reader: Reader): Operator {
  const isNegated = reader.takeIf('NOT');
  const token = reader.take();
  const name = `${isNegated ? 'NOT ' : ''}${token.text.toUpperCase()}`;
  const operator = OPERATORS.find((known) => known === name);
  if (operator && token.kind !== 'text') return operator;
  throw queryError('BAD_OPERATOR', `Error in query: ${name} is no operator that the sandbox knows.`);
}

function readCondition(reader: Reader): Condition {
  const field = reader.takeField();
  const operator = readOperator(reader);
  if (operator === 'BETWEEN') {
    const low = reader.takeValue();
    reader.expect('AND', 'EXPECTED_AND');
    return { field, operator, values: [low, reader.takeValue()] };
  }
  if (operator !== 'IN' && operator !== 'NOT IN') return { field, operator, values: [reader.takeValue()] };
  reader.expect('(', 'EXPECTED_LIST');
  const values = listOf(reader, () => reader.takeValue());
  reader.expect(')', 'EXPECTED_LIST');
  return { field, operator, values };
}

function readConditions(reader: Reader): Condition[] {
  const conditions = [readCondition(reader)];
  while (reader.takeIf('AND')) conditions.push(readCondition(reader));
  return conditions;
}

function readOrdering(reader: Reader): Ordering {
  const field = reader.takeField();
  const isDescending = reader.takeIf('DESC');
  if (!isDescending) reader.takeIf('ASC');
  return { field, isDescending };
}

function readLimit(reader: Reader): number {
  const token = reader.take();
  if (token.kind === 'number' && /^[1-9]\d{0,8}$/.test(token.text)) return Number(token.text);
  throw queryError('BAD_LIMIT_VALUE', `Error in query: LIMIT ${token.text} must be a positive whole number.`);
}

/** What may stand behind: it changes nothing of what the sandbox has. */
function readParameters(reader: Reader): void {
  listOf(reader, () => {
    const name = reader.takeField();
    if (name !== 'include_drafts')
      throw queryError('BAD_PARAMETER_NAME', `Error in query: ${name} is no parameter.`);
    reader.expect('=', 'BAD_PARAMETER_VALUE');
    reader.takeValue();
  });
}

/**
 * Reads a question in Google's query language, as far as the sandbox has use for it.
 * Source: Google Ads API, query language grammar. Errors: AdsFailure of the family queryError.
 */
export function parseQuery(text: string): GaqlQuery {
  const reader = new Reader(tokensOf(text));
  reader.expect('SELECT', 'EXPECTED_SELECT');
  const select = listOf(reader, () => reader.takeField());
  reader.expect('FROM', 'EXPECTED_FROM');
  const from = reader.takeField();
  const where = reader.takeIf('WHERE') ? readConditions(reader) : [];
  let orderBy: Ordering[] = [];
  if (reader.takeIf('ORDER')) {
    reader.expect('BY', 'EXPECTED_BY');
    orderBy = listOf(reader, () => readOrdering(reader));
  }
  const limit = reader.takeIf('LIMIT') ? readLimit(reader) : null;
  if (reader.takeIf('PARAMETERS')) readParameters(reader);
  if (reader.next.kind !== 'end') {
    throw queryError('UNEXPECTED_INPUT', `Error in query: unexpected input ${reader.next.text}.`);
  }
  return { select, from, where, orderBy, limit };
}
