import type { OpenApiMethod } from 'trpc-to-openapi';
import type { ProcedureMeta } from './trpc.ts';

/** A procedure's place at the REST door, under /api/social-media. The tag is the path's first segment. */
export function rest(
  method: OpenApiMethod,
  path: `/${string}`,
  summary: string,
  status?: 201 | 202,
): Pick<ProcedureMeta, 'openapi' | 'status'> {
  const tag = path.split('/')[1] ?? '';
  return { openapi: { method, path, summary, tags: [tag], protect: true }, ...(status ? { status } : {}) };
}
