import type { CreatorBlock } from '../../../../server/domain/creator-blocks/schema.ts';
import type { ExclusivityConflicts } from '../../../../server/domain/creator-contracts/schema.ts';
import type { CreatorMetrics } from '../../../../server/domain/creator-platforms/schema.ts';
import type { Creator } from '../../../../server/domain/creators/schema.ts';
import { paths, withQuery } from '../../../lib/paths.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { LinkButton } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useAccount, useTimeZone } from '../../shell/use-account.ts';
import { CreatorAbout } from '../creator-summary.tsx';
import { AccountCard } from './account-card.tsx';
import { BlockPanel, type BlockPanelProps } from './block-panel.tsx';
import { ConflictsNotice } from './contract-list.tsx';
import { CreatorTotals } from './creator-totals.tsx';
import type { GrowthFigure, GrowthRange } from './growth.ts';
import { GrowthPanel } from './growth-panel.tsx';
import { useCanChange } from './profile-page.tsx';
import { StatusSteps } from './status-steps.tsx';

export interface ProfileOverviewProps {
  creator: Creator;
  metrics: CreatorMetrics;
  /** Null for a client's own login. */
  blocks: { items: readonly CreatorBlock[]; hasMore: boolean } | null;
  /** Null for who reads no contracts. */
  conflicts: ExclusivityConflicts | null;
  range: GrowthRange;
  figure: GrowthFigure;
  asked: string | null;
  today: string;
  typed: BlockPanelProps['typed'];
  now: string;
}

/** Who a creator is, where they stand, and their figures in all and by account. */
export function ProfileOverview(props: ProfileOverviewProps) {
  const { creator, metrics, blocks, conflicts, typed, now, ...growth } = props;
  const timeZone = useTimeZone();
  const { brands, role } = useAccount().current;
  const canChange = useCanChange(creator);
  const contracts = withQuery(paths.creator(creator.id), { tab: 'contracts' });
  return (
    <>
      {conflicts && <ConflictsNotice conflicts={conflicts} href={contracts} />}
      <div className="flex items-center gap-3">
        <Avatar name={creator.name} size="medium" />
        <div className="min-w-0 flex-1">
          <StatusSteps creator={creator} canMove={canChange} now={now} />
        </div>
      </div>
      <CreatorTotals creator={creator} now={now} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <CreatorAbout creator={creator} />
          {blocks && (
            <BlockPanel
              blocks={blocks.items}
              hasMore={blocks.hasMore}
              brands={brands}
              mayBlockAll={role === 'OWNER' || role === 'ADMIN'}
              canBlock={canChange}
              typed={typed}
              timeZone={timeZone}
            />
          )}
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <Accounts creator={creator} metrics={metrics} timeZone={timeZone} now={now} />
          <GrowthPanel metrics={metrics} {...growth} />
        </div>
      </div>
    </>
  );
}

type AccountsProps = Pick<ProfileOverviewProps, 'creator' | 'metrics' | 'now'> & { timeZone: string };

function Accounts({ creator, metrics, timeZone, now }: AccountsProps) {
  const canChange = useCanChange(creator);
  const href = paths.creatorPlatforms(creator.id);
  if (metrics.platforms.length === 0)
    return (
      <Panel title="Accounts">
        <EmptyState
          kind="unused"
          title="No accounts yet"
          description="An account at a network brings followers, posts and an audience: by hand, or by itself once the creator connects it."
        >
          {canChange && (
            <LinkButton href={href} variant="primary" data-reload="">
              Add or connect an account
            </LinkButton>
          )}
        </EmptyState>
      </Panel>
    );
  return (
    <Panel
      title="Accounts"
      padded={false}
      actions={
        canChange && (
          <LinkButton href={href} size="small" data-reload="">
            Connect and change
          </LinkButton>
        )
      }
    >
      <div className="account-cards">
        {metrics.platforms.map((account) => (
          <AccountCard key={account.id} account={account} timeZone={timeZone} now={now} />
        ))}
      </div>
    </Panel>
  );
}
