import { LinkButton } from '../../ui/button.tsx';
import { useMay } from '../shell/use-account.ts';

/** Leads from a record to merging another into it; nothing for who may not, or in the recycle bin. */
export function MergeLink({ href, isActive }: { href: string; isActive: boolean }) {
  const may = useMay('merges.write');
  if (!may || !isActive) return null;
  return <LinkButton href={href}>Merge</LinkButton>;
}
