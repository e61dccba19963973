import { Form } from '@remix-run/react';
import type { WorkPiece } from '../../../server/domain/campaign-creators/delivery-schema.ts';
import type { CampaignCreator } from '../../../server/domain/campaign-creators/schema.ts';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import { formatCount, formatDate } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Select } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { contentTypeLabels } from '../creator-contents/labels.ts';

export interface PiecesPanelProps {
  pieces: readonly WorkPiece[];
  deliverables: CampaignCreator['deliverables'];
  canWrite: boolean;
  /** Where posts are confirmed. */
  decideHref: string;
  /** What a placing that was refused says. */
  problem: string | null;
}

/** The posts of the work, and which deliverable each counts for: matched by network, type and day, or put there by hand. */
export function PiecesPanel({ pieces, problem, decideHref, ...shown }: PiecesPanelProps) {
  const undecided = pieces.filter(({ isConfirmed }) => !isConfirmed);
  return (
    <Panel title="Posts" description="Which deliverable each post counts for. Only confirmed posts earn.">
      <div className="grid gap-3">
        {problem && (
          <p role="alert" className="text-danger-ink">
            {problem}
          </p>
        )}
        {pieces.length === 0 && (
          <p className="text-muted">
            No post for this campaign yet. They come by themselves, or from the content page.
          </p>
        )}
        <PieceList pieces={pieces.filter(({ isConfirmed }) => isConfirmed)} {...shown} />
        {undecided.length > 0 && (
          <details>
            <summary className="link">{formatCount(undecided.length)} to decide</summary>
            <div className="grid gap-3 pt-3">
              <PieceList pieces={undecided} {...shown} />
              <div>
                <LinkButton size="small" href={decideHref}>
                  Decide on the content page
                </LinkButton>
              </div>
            </div>
          </details>
        )}
      </div>
    </Panel>
  );
}

type ListProps = Pick<PiecesPanelProps, 'pieces' | 'deliverables' | 'canWrite'>;

function PieceList({ pieces, deliverables, canWrite }: ListProps) {
  if (pieces.length === 0) return null;
  return (
    <ul className="grid gap-3">
      {pieces.map((piece) => (
        <li
          key={piece.campaignContentId}
          className="grid gap-1 border-t border-line pt-3 first:border-0 first:pt-0"
        >
          <Piece piece={piece} deliverables={deliverables} />
          {canWrite && piece.isConfirmed && deliverables.length > 0 && (
            <PlaceForm piece={piece} deliverables={deliverables} />
          )}
        </li>
      ))}
    </ul>
  );
}

interface PieceProps {
  piece: WorkPiece;
  deliverables: CampaignCreator['deliverables'];
}

function Piece({ piece, deliverables }: PieceProps) {
  const { creatorContentId, platform, type, title, publishedOn, views, isConfirmed } = piece;
  const placed = deliverables.find(({ id }) => id === piece.campaignDeliverableId);
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-3">
      <a className="link max-w-full truncate" href={paths.creatorContent(creatorContentId)}>
        {title ?? `${contentTypeLabels[type]} on ${platformLabels[platform]}`}
      </a>
      <StatusDot tone={isConfirmed ? 'success' : 'warning'}>
        {isConfirmed ? 'Confirmed' : 'To decide'}
      </StatusDot>
      <span className="text-sm text-muted">
        {formatDate(publishedOn)}, {views === null ? 'views unknown' : `${formatCount(views)} views`}
      </span>
      <span className="text-sm">
        {placed
          ? `${nameOf(placed)}, ${piece.isPlacedByHand ? 'put there by hand' : 'matched by itself'}`
          : 'For no deliverable'}
      </span>
    </p>
  );
}

function PlaceForm({ piece, deliverables }: PieceProps) {
  const { campaignContentId, campaignDeliverableId, isPlacedByHand, version } = piece;
  return (
    <Form method="post" preventScrollReset className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="campaignContentId" value={campaignContentId} />
      <input type="hidden" name="expectedVersion" value={version} />
      <Select
        key={version}
        name="campaignDeliverableId"
        aria-label="Deliverable of this post"
        emptyLabel="Match it by itself"
        options={deliverables.map((one) => ({ value: one.id, label: nameOf(one) }))}
        defaultValue={isPlacedByHand ? (campaignDeliverableId ?? '') : ''}
      />
      <Button type="submit" name="intent" value="place" size="small">
        Put it there
      </Button>
    </Form>
  );
}

function nameOf({ platform, type }: CampaignCreator['deliverables'][number]): string {
  return `${contentTypeLabels[type]}, ${platformLabels[platform]}`;
}
