import type { CreatorInvitation } from '../../../server/domain/creator-platforms/connect-schema.ts';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import { formatDateTime } from '../../lib/format.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Callout } from '../../ui/callout.tsx';
import { ConnectForm } from './connect-form.tsx';

/** What a creator decides on: who asks, what is read and why, and the button that begins. */
export function InvitationView({ invitation, action }: { invitation: CreatorInvitation; action: string }) {
  const { agencyName, askedBy, platform, platforms, expiresAt, timeZone } = invitation;
  const connected = invitation.accounts.filter(({ connectionState }) =>
    live.some((state) => state === connectionState),
  );
  return (
    <div className="grid gap-5">
      <p className="text-pretty">
        {askedBy ? `${askedBy} of ${agencyName}` : agencyName} works with you, and would like to read the
        figures of {platform ? `your ${platformLabels[platform]} account` : 'your accounts'} instead of asking
        you for screenshots.
      </p>
      <section aria-labelledby="what-is-read" className="grid gap-1">
        <h2 id="what-is-read" className="text-md">
          What is read
        </h2>
        <ul className="grid list-disc gap-1 pl-4 text-pretty text-muted">
          <li>your profile: name, picture, followers, number of posts</li>
          <li>your posts with their views, likes, comments, shares and saves</li>
          <li>who follows you in sum: countries, cities, age and gender, never a single person</li>
        </ul>
        <p className="text-pretty text-muted">
          Nothing is posted or changed, no messages are read, and your password stays with the network. You
          can take the access back at any time in the network’s own settings.
        </p>
      </section>
      {connected.length > 0 && <ConnectedAccounts accounts={connected} agencyName={agencyName} />}
      {platforms.length === 0 ? (
        <Callout tone="warning" title="Connecting is off for the moment">
          The service behind it is not set up at {agencyName}. Keep this link and try again later.
        </Callout>
      ) : (
        <ConnectForm action={action} platforms={[]} platform={platform} />
      )}
      <p className="text-sm text-pretty text-muted">
        This link is yours until {formatDateTime(expiresAt, timeZone)} ({timeZone.replaceAll('_', ' ')}). If
        you did not expect it, close this page: nothing happens.
      </p>
    </div>
  );
}

const live = ['CONNECTED', 'SYNCED', 'EXPIRING'] as const;

interface ConnectedAccountsProps {
  accounts: CreatorInvitation['accounts'];
  agencyName: string;
}

function ConnectedAccounts({ accounts, agencyName }: ConnectedAccountsProps) {
  return (
    <Callout tone="success" title="Thank you">
      <ul className="grid gap-0.5">
        {accounts.map(({ platform, handle }) => (
          <li key={`${platform} ${handle}`}>
            <StatusDot tone="success">
              {platformLabels[platform]} @{handle} is connected
            </StatusDot>
          </li>
        ))}
      </ul>
      <p>{agencyName} reads the figures from now on. You may close this page, or connect another account.</p>
    </Callout>
  );
}
