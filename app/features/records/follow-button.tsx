import { useFetcher, useLocation } from '@remix-run/react';
import { Bell, BellOff } from 'lucide-react';
import type { FollowedRef, Followers } from '../../../server/domain/record-followers/schema.ts';
import { paths } from '../../lib/paths.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { useMay } from '../shell/use-account.ts';

export interface FollowButtonProps {
  /** The record: `{ companyId }`, `{ contactId }`, `{ dealId }` or `{ campaignId }`. */
  record: FollowedRef;
  /** What recordFollowers.list answered. */
  followers: Followers;
}

/** Turns being told of somebody else's changes of a record on and off; shown as done until the server says otherwise. */
export function FollowButton({ record, followers }: FollowButtonProps) {
  const canFollow = useMay('record-followers.write');
  const hasScript = useHasScript();
  const { pathname, search } = useLocation();
  const fetcher = useFetcher<Followers>();
  if (!canFollow) return null;
  const asked = fetcher.formData?.get('intent');
  const isFollowing = asked ? asked === 'follow' : (fetcher.data ?? followers).isFollowing;
  const names = (fetcher.data ?? followers).followers.map(({ name }) => name);
  return (
    <fetcher.Form method="post" action={paths.recordFollowers()}>
      {Object.entries(record).map(
        ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
      )}
      {hasScript ? (
        <input type="hidden" name="answer" value="json" />
      ) : (
        <input type="hidden" name="returnTo" value={pathname + search} />
      )}
      <input type="hidden" name="intent" value={isFollowing ? 'unfollow' : 'follow'} />
      <Button
        type="submit"
        title={names.length === 0 ? 'Nobody follows it yet' : `Followed by ${names.join(', ')}`}
      >
        {isFollowing ? <BellOff aria-hidden="true" /> : <Bell aria-hidden="true" />}
        {isFollowing ? 'Unfollow' : 'Follow'}
      </Button>
    </fetcher.Form>
  );
}
