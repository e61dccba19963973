import { invalidParameter } from './failures.ts';
import { jsonParameter } from './fields.ts';

export interface Filter {
  field: string;
  operator: string;
  values: string[];
}

const FIELDS = ['id', 'name', 'effective_status'] as const;
const OPERATORS = ['EQUAL', 'NOT_EQUAL', 'IN', 'NOT_IN', 'CONTAIN', 'NOT_CONTAIN'];

function readFilter(value: unknown): Filter {
  if (typeof value !== 'object' || value === null)
    throw invalidParameter('param filtering must hold objects.');
  const { field, operator, value: wanted } = value as Record<string, unknown>;
  const bare = typeof field === 'string' ? field.replace(/^campaign\./, '') : '';
  if (!FIELDS.some((name) => name === bare)) {
    throw invalidParameter(
      `Filtering field ${String(field)} is invalid; the sandbox knows campaign.${FIELDS.join(', campaign.')}`,
    );
  }
  if (typeof operator !== 'string' || !OPERATORS.includes(operator)) {
    throw invalidParameter(`Filtering operator ${String(operator)} is invalid for field ${String(field)}.`);
  }
  return { field: bare, operator, values: Array.isArray(wanted) ? wanted.map(String) : [String(wanted)] };
}

/** The `filtering` parameter, on a campaign's id, name or status. Other fields are refused, never ignored. */
export function filtersOf(params: URLSearchParams): Filter[] {
  const value = jsonParameter(params, 'filtering');
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw invalidParameter('param filtering must be an array.');
  return value.map(readFilter);
}

export interface Filterable {
  id: string;
  name: string;
  effective_status: string;
}

export function matchesFilters(filters: readonly Filter[], subject: Filterable): boolean {
  return filters.every(({ field, operator, values }) => {
    const text = subject[field as keyof Filterable];
    const holds = operator.endsWith('CONTAIN')
      ? values.some((value) => text.includes(value))
      : values.includes(text);
    return operator.startsWith('NOT_') ? !holds : holds;
  });
}
