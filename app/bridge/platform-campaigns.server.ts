import type { PlatformCampaign } from '../../server/domain/platform-campaigns/schema.ts';
import { pickField, searchField } from '../lib/form-fields.ts';
import type { Api } from './api.server.ts';

const MOST = 100;

export interface PickerData {
  items: PlatformCampaign[];
  hasMore: boolean;
  chosen: Pick<PlatformCampaign, 'id' | 'name'>[];
  find: string;
}

/** What the picker shows for an address: those that fit its search, and those that it carries as chosen. */
export async function readPicker(caller: Api, search: URLSearchParams): Promise<PickerData> {
  const find = (search.get(searchField) ?? '').slice(0, 200);
  const ids = [...new Set(search.getAll(pickField))];
  const list = (q?: string) =>
    caller.platformCampaigns.list({ isAttached: false, limit: MOST, ...(q ? { q } : {}) });
  const [found, all] = await Promise.all([list(find), ids.length > 0 && find ? list() : null]);
  const known = new Map([...found.items, ...(all?.items ?? [])].map((item) => [item.id, item]));
  const chosen = ids.map((id) => ({ id, name: known.get(id)?.name ?? 'Chosen before this search' }));
  return { items: found.items, hasMore: found.nextCursor !== null, chosen, find };
}

/** The ids that a form's checkboxes sent. */
export function pickedIds(form: FormData): string[] {
  return form.getAll(pickField).filter((value) => typeof value === 'string');
}
