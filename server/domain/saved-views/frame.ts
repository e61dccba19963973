import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { notFound } from '../../kernel/errors.ts';
import { listCustomFields, tableOfNoun } from '../custom-fields/queries.ts';
import { examineFilter } from '../records/filter-queries.ts';
import { listSavedViews } from './queries.ts';
import { type ListFrame, type ListFrameInput, viewQuery } from './schema.ts';

const MOST = 200;

/**
 * What a list's page stands on: its views, the agency's own fields, and the query that counts with its filter read.
 * Errors: `not_found` where the view is none that this person sees, or one of another noun.
 */
export async function getListFrame(
  tx: TenantTx,
  principal: Principal,
  { noun, savedViewId, query: asked }: ListFrameInput,
): Promise<ListFrame> {
  const [{ items: views }, customFields] = await Promise.all([
    listSavedViews(tx, principal, { noun, limit: MOST }),
    listCustomFields(tx, noun),
  ]);
  const view = views.find(({ id }) => id === savedViewId);
  if (savedViewId !== undefined && !view) throw notFound('saved view');
  const own = viewQuery(asked);
  const query = own === '' ? (view?.query ?? '') : own;
  const text = new URLSearchParams(query).get('filter');
  const { node, issues } = text
    ? await examineFilter(tx, tableOfNoun[noun], text)
    : { node: null, issues: [] };
  return {
    views,
    customFields: customFields.map(({ key, label, kind, options }) => ({ key, label, kind, options })),
    query,
    filter: node,
    issues: [...issues],
  };
}
