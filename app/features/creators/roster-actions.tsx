import { paths, withQuery } from '../../lib/paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { isRecycleBin, recycleBinAction } from '../bulk-changes/recycle-bin-link.ts';
import { ListActions } from '../records/list-actions.tsx';
import { useMay } from '../shell/use-account.ts';

/** What can be done beside reading the roster; nothing for who may only read. */
export function RosterActions({ url }: { url: URL }) {
  const canCreate = useMay('creators.write');
  const canImport = useMay('imports.write');
  if (!canCreate) return null;
  return (
    <>
      <ListActions
        actions={[
          recycleBinAction(url),
          ...(canImport
            ? [{ label: 'Import', href: withQuery(paths.newImport(), { kind: 'creators' }) }]
            : []),
        ]}
      />
      {!isRecycleBin(url) && (
        <LinkButton href={paths.newCreator()} variant="primary" data-shortcut="create" aria-keyshortcuts="c">
          New creator
        </LinkButton>
      )}
    </>
  );
}
