import { Clapperboard } from 'lucide-react';
import type { Creator } from '../../../server/domain/creators/schema.ts';
import { paths } from '../../lib/paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { useMay } from '../shell/use-account.ts';

export interface ContactCreatorProps {
  contactId: string;
  /** Whether the contact can become one: those in the recycle bin cannot. */
  isActive: boolean;
  /** The creator that the contact is, or null. */
  creator: Pick<Creator, 'id' | 'name'> | null;
}

/** From a contact to the creator that they are, or may become. */
export function ContactCreator({ contactId, isActive, creator }: ContactCreatorProps) {
  const canCreate = useMay('creators.write');
  if (!creator && (!canCreate || !isActive)) return null;
  return (
    <LinkButton href={creator ? paths.creator(creator.id) : paths.newCreator(contactId)}>
      <Clapperboard aria-hidden="true" />
      {creator ? 'Creator' : 'Make a creator'}
    </LinkButton>
  );
}
