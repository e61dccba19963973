import type { Campaign, PlatformStatus } from '../../../server/domain/campaigns/schema.ts';
import { Callout } from '../../ui/callout.tsx';
import { useAccount, useMay, useTimeZone } from '../shell/use-account.ts';
import { StatusMoves } from './status-moves-bar.tsx';
import { nextMoveByDate, statusStory } from './status-words.ts';

export interface StatusBarProps {
  campaign: Campaign;
  /** Where the page asked for them. */
  platforms?: PlatformStatus | null | undefined;
}

/** Where the campaign stands, who brought it there, what comes next, and where the platforms say otherwise. */
export function StatusBar({ campaign, platforms }: StatusBarProps) {
  const { timeZone: agencyZone } = useAccount().current.organization;
  const timeZone = useTimeZone();
  const isMovable = campaign.isActive && campaign.nextStatuses.length > 0;
  const byDate = campaign.isActive ? nextMoveByDate(campaign, agencyZone) : null;
  const { status, statusReason } = campaign;
  if (status === 'PENDING_APPROVAL') return <Waiting campaign={campaign} platforms={platforms} />;
  return (
    <>
      <div className="status-bar">
        <p role="status" className="min-w-0 flex-1 basis-80 text-muted">
          {statusStory(campaign, timeZone)}
          {byDate && ` ${byDate}`}
          {statusReason && status !== 'DRAFT' && ` “${statusReason}”`}
        </p>
        {isMovable && <StatusMoves key={campaign.version} campaign={campaign} />}
      </div>
      <div className="status-notes">
        {statusReason && status === 'DRAFT' && (
          <Callout tone="warning" title="Back to draft">
            {statusReason}
          </Callout>
        )}
        <Disagreements platforms={platforms} />
      </div>
    </>
  );
}

/** A plan that somebody has to decide on. */
function Waiting({ campaign, platforms }: StatusBarProps) {
  const timeZone = useTimeZone();
  const canApprove = useMay('campaigns.approve');
  return (
    <div className="status-notes">
      <Callout tone="warning" title="Waiting for approval">
        <p>
          {statusStory(campaign, timeZone)}{' '}
          {canApprove ? 'It is yours to decide.' : 'An owner or admin of the agency decides.'}
        </p>
        {campaign.isActive && (
          <div className="flex flex-wrap gap-2 pt-2">
            <StatusMoves key={campaign.version} campaign={campaign} />
          </div>
        )}
      </Callout>
      <Disagreements platforms={platforms} />
    </div>
  );
}

/** Where the platforms' own status says otherwise than the agency's. Nothing here is written to a platform. */
function Disagreements({ platforms }: Pick<StatusBarProps, 'platforms'>) {
  // That nothing is attached yet is a step of the plan, said by the checklist.
  const found = platforms?.disagreements.filter(({ kind }) => kind !== 'NOTHING_ATTACHED') ?? [];
  if (found.length === 0) return null;
  return (
    <Callout tone="warning" title="The platforms say otherwise">
      <ul className="grid gap-1">
        {found.map(({ kind, text }) => (
          <li key={`${kind} ${text}`}>{text}</li>
        ))}
      </ul>
    </Callout>
  );
}
