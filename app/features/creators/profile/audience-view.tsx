import type {
  AudienceHistory,
  Caution,
  CombinedAudience,
} from '../../../../server/domain/creator-platforms/audience-schema.ts';
import { platformLabels } from '../../../../server/domain/creators/fields.ts';
import type { Creator, CreatorAccount } from '../../../../server/domain/creators/schema.ts';
import { formatCount, formatDate, formatDateTime, formatRelative } from '../../../lib/format.ts';
import { paths, withQuery } from '../../../lib/paths.ts';
import { Callout } from '../../../ui/callout.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ViewSwitch } from '../../../ui/tabs.tsx';
import { figureSourceLabels } from '../labels.ts';
import { AudiencePartPanels } from './audience-parts.tsx';
import { AudienceMembers } from './audience-members.tsx';

/** All accounts together, or the one that the address names. */
export type ShownAudience =
  | { of: 'all'; combined: CombinedAudience }
  | { of: 'account'; account: CreatorAccount; history: AudienceHistory };

export interface AudienceViewProps {
  creator: Creator;
  shown: ShownAudience;
  timeZone: string;
  now: string;
}

/** Who follows a creator: of all accounts together or of each, as their networks estimate it. */
export function AudienceView({ creator, shown, timeZone, now }: AudienceViewProps) {
  if (creator.platforms.length === 0) return <NoAccounts creator={creator} />;
  return (
    <>
      <AccountSwitch creator={creator} shown={shown} />
      {shown.of === 'all' ? (
        <Combined combined={shown.combined} creator={creator} />
      ) : (
        <OfAccount {...shown} timeZone={timeZone} now={now} />
      )}
    </>
  );
}

function AccountSwitch({ creator, shown }: Pick<AudienceViewProps, 'creator' | 'shown'>) {
  const path = withQuery(paths.creator(creator.id), { tab: 'audience' });
  const all = { id: 'all', label: 'All accounts', href: path };
  const each = creator.platforms.map(({ creatorPlatformId, platform, handle }) => ({
    id: creatorPlatformId,
    label: `${platformLabels[platform]} @${handle}`,
    href: withQuery(path, { account: creatorPlatformId }),
  }));
  if (creator.platforms.length === 1) return null;
  return (
    <div className="flex overflow-x-auto">
      <ViewSwitch
        label="Whose audience"
        tabs={[all, ...each]}
        currentId={shown.of === 'all' ? 'all' : shown.account.creatorPlatformId}
      />
    </div>
  );
}

function Combined({ combined, creator }: { combined: CombinedAudience; creator: Creator }) {
  if (combined.included.length === 0)
    return (
      <>
        <EmptyState
          kind="unused"
          title="No audience is known"
          description="Networks tell who follows an account once the creator connects it: Instagram and YouTube do, others may not."
          action={{ label: 'Accounts', href: paths.creatorPlatforms(creator.id) }}
        />
        <AudienceMembers combined={combined} />
      </>
    );
  return (
    <>
      <p className="text-muted">
        {formatCount(combined.followers)} followers of {formatCount(combined.included.length)}{' '}
        {combined.included.length === 1 ? 'account' : 'accounts'}, each share weighted by its followers. Who
        follows two of them is counted twice: no network says who that is.
      </p>
      <AudiencePartPanels {...combined} />
      <AudienceMembers combined={combined} />
    </>
  );
}

type OfAccountProps = Extract<ShownAudience, { of: 'account' }> & Pick<AudienceViewProps, 'timeZone' | 'now'>;

function OfAccount({ account, history, timeZone, now }: OfAccountProps) {
  const { newest, earlier } = history;
  if (!newest)
    return (
      <EmptyState
        kind="unused"
        title="This account’s audience is not known"
        description={
          account.connectionState === 'NEVER'
            ? 'Networks tell it once the creator connects the account.'
            : `${platformLabels[account.platform]} told none. Not every network does, and some only above a number of followers.`
        }
      />
    );
  return (
    <>
      <Cautions cautions={newest.cautions} />
      <p className="text-muted">
        As of {formatDate(newest.date)}
        {newest.followers !== null && `, when it had ${formatCount(newest.followers)} followers`}. Source:{' '}
        {figureSourceLabels[newest.source]}, fetched{' '}
        <time dateTime={newest.fetchedAt} title={formatDateTime(newest.fetchedAt, timeZone)}>
          {formatRelative(newest.fetchedAt, now)}
        </time>
        .
        {earlier.length > 0 &&
          ` ${earlier.length} earlier ${earlier.length === 1 ? 'one is' : 'ones are'} kept.`}
      </p>
      <AudiencePartPanels {...newest} />
    </>
  );
}

/** Why the figures are to be read with care. */
export function Cautions({ cautions }: { cautions: readonly Caution[] }) {
  if (cautions.length === 0) return null;
  return (
    <Callout tone="warning" title="Read with care">
      <ul>
        {cautions.map(({ kind, text }) => (
          <li key={kind}>{text}</li>
        ))}
      </ul>
    </Callout>
  );
}

function NoAccounts({ creator }: { creator: Creator }) {
  return (
    <EmptyState
      kind="unused"
      title="No accounts yet"
      description="An audience belongs to an account at a network. Add one, or let the creator connect it."
      action={{ label: 'Accounts', href: paths.creatorPlatforms(creator.id) }}
    />
  );
}
