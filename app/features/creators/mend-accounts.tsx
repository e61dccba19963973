import { Form, useNavigation } from '@remix-run/react';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { paths } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { HandleFields, handleField, networks } from './handle-fields.tsx';

export interface MendAccountsProps {
  /** Who was made; the accounts below were not added. */
  creator: { id: string; name: string };
  failure: FormFailure;
}

/** After a creator was made: the accounts that were refused, each with why. */
export function MendAccounts({ creator, failure }: MendAccountsProps) {
  const isPending = useNavigation().state !== 'idle';
  const refused = networks.filter((platform) => handleField(platform) in failure.fields);
  return (
    <Form method="post" className="grid max-w-160 grid-cols-[minmax(0,1fr)] gap-4">
      <Callout tone="warning" title={`${creator.name} is a creator now`} isAnswer>
        {refused.length === 1 ? 'One account was' : `${refused.length} accounts were`} not added. Write{' '}
        {refused.length === 1 ? 'it' : 'them'} another way, or go on without.
      </Callout>
      <input type="hidden" name="creatorId" value={creator.id} />
      <HandleFields only={refused} failure={failure} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" name="intent" value="accounts" variant="primary" isPending={isPending}>
          {refused.length === 1 ? 'Add the account' : 'Add the accounts'}
        </Button>
        <LinkButton href={paths.creator(creator.id)}>Go to the creator</LinkButton>
      </div>
    </Form>
  );
}
