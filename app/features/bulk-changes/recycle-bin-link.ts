import type { ListAction } from '../records/list-actions.tsx';

/** Whether a list shows what was deleted of it. */
export function isRecycleBin(url: URL): boolean {
  return url.searchParams.get('deleted') === 'true';
}

/** From a list to what was deleted of it, and back. Search and filters do not go along. */
export function recycleBinAction(url: URL): ListAction {
  const isBin = isRecycleBin(url);
  const view = url.searchParams.get('view');
  const search = new URLSearchParams({
    ...(view && { view }),
    ...(!isBin && { deleted: 'true' }),
  }).toString();
  return {
    label: isBin ? 'Leave the recycle bin' : 'Recycle bin',
    href: search ? `${url.pathname}?${search}` : url.pathname,
  };
}
