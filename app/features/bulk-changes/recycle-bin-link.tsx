import { LinkButton } from '../../ui/button.tsx';

/** From a list to what was deleted of it, and back. Search and filters do not go along. */
export function RecycleBinLink({ url }: { url: URL }) {
  const isBin = url.searchParams.get('deleted') === 'true';
  const view = url.searchParams.get('view');
  const search = new URLSearchParams({
    ...(view && { view }),
    ...(!isBin && { deleted: 'true' }),
  }).toString();
  return (
    <LinkButton href={search ? `${url.pathname}?${search}` : url.pathname} variant="quiet">
      {isBin ? 'Leave the recycle bin' : 'Recycle bin'}
    </LinkButton>
  );
}
