import type { ProcedureMeta } from './trpc.ts';

/** One address of the REST door and the procedure behind it. */
export interface RestRoute {
  method: string;
  /** As in the OpenAPI document: /companies/{companyId}. */
  template: string;
  segments: readonly string[];
  noun: string;
  verb: string;
  status: number;
  /** The names that the procedure's input knows. */
  fields: ReadonlySet<string>;
}

interface ProcedureLike {
  _def: { meta?: unknown; inputs: readonly unknown[] };
}

interface RouterLike {
  _def: { procedures: Record<string, unknown> };
}

/** Every procedure that has a place at the REST door. */
export function routesOf(router: RouterLike): RestRoute[] {
  return Object.entries(router._def.procedures).flatMap(([path, value]) => {
    const { meta, inputs } = (value as ProcedureLike)._def;
    const { openapi, status = 200 } = (meta ?? {}) as ProcedureMeta;
    if (!openapi) return [];
    const [noun = '', verb = ''] = path.split('.');
    const segments = openapi.path.split('/').slice(1);
    return [
      {
        method: openapi.method,
        template: openapi.path,
        segments,
        noun,
        verb,
        status,
        fields: fieldsOf(inputs),
      },
    ];
  });
}

function fieldsOf(inputs: readonly unknown[]): ReadonlySet<string> {
  const shape = (inputs[0] as { shape?: Record<string, unknown> } | undefined)?.shape;
  return new Set(Object.keys(shape ?? {}));
}

type Match = { route: RestRoute; params: Record<string, string> } | { allow: string } | null;

/** The route of a method and path; the allowed methods where only the method is wrong; null where nothing stands. */
export function matchRoute(routes: readonly RestRoute[], method: string, path: string): Match {
  const segments = path.split('/').slice(1);
  const fitting = routes.flatMap((route) => {
    const params = matchSegments(route.segments, segments);
    return params ? [{ route, params }] : [];
  });
  // A fixed word (/ad-accounts/connect) goes before a parameter (/ad-accounts/{adAccountId}).
  fitting.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length);
  const right = fitting.find(({ route }) => route.method === method);
  if (right) return right;
  return fitting.length > 0
    ? { allow: [...new Set(fitting.map(({ route }) => route.method))].join(', ') }
    : null;
}

function matchSegments(
  template: readonly string[],
  segments: readonly string[],
): Record<string, string> | null {
  if (template.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith('{')) params[part.slice(1, -1)] = decode(segment);
    else if (part !== segment) return null;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
