import { Form, useLocation, useNavigation } from '@remix-run/react';
import { type MouseEvent, useState } from 'react';
import type { Campaign } from '../../../server/domain/campaigns/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useAccount, useMay } from '../shell/use-account.ts';
import { MoveFields } from './move-fields.tsx';
import { type Mover, movesOf, type StatusMove } from './status-moves.ts';

export type Movable = Pick<Campaign, 'id' | 'status' | 'nextStatuses' | 'submittedById' | 'version'>;

/**
 * What can be done with a campaign's status, as the reader's role allows. A move that asks first is a link to its page; a
 * script asks in place.
 */
export function StatusMoves({ campaign }: { campaign: Movable }) {
  const mover = useMover();
  const [asking, setAsking] = useState<StatusMove | null>(null);
  const moves = movesOf(campaign, mover);
  const ask = (event: MouseEvent<HTMLAnchorElement>, move: StatusMove) => {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!isPlain) return;
    event.preventDefault();
    setAsking(move);
  };
  return (
    <>
      {moves.map((move) =>
        move.question ? (
          <LinkButton
            key={move.to}
            size="small"
            variant={move.variant}
            href={paths.campaignStatus(campaign.id, move.to)}
            onClick={(event) => ask(event, move)}
          >
            {move.label}
          </LinkButton>
        ) : (
          <MoveNow key={move.to} campaign={campaign} move={move} />
        ),
      )}
      {asking?.question && (
        <Dialog
          isOpen
          onClose={() => setAsking(null)}
          title={asking.question.title}
          description={asking.question.text}
        >
          <MoveForm campaign={campaign} move={asking} />
        </Dialog>
      )}
    </>
  );
}

/** The reader, as the one who would move it. */
export function useMover(): Mover {
  const canApprove = useMay('campaigns.approve');
  return { canApprove, userId: useAccount().account.userId };
}

/** A move that is done at once: one button of a form. */
function MoveNow({ campaign, move }: { campaign: Movable; move: StatusMove }) {
  const isPending = useNavigation().formData?.get('status') === move.to;
  return (
    <Form method="post" action={paths.campaignStatus(campaign.id)} preventScrollReset>
      <MoveBasis campaign={campaign} to={move.to} />
      <Button type="submit" size="small" variant={move.variant} isPending={isPending}>
        {move.label}
      </Button>
    </Form>
  );
}

/** A move with its reason, inside the dialog. What the server refuses is said on the move's own page. */
function MoveForm({ campaign, move }: { campaign: Movable; move: StatusMove }) {
  const isPending = useNavigation().formData?.get('status') === move.to;
  return (
    <Form
      method="post"
      action={paths.campaignStatus(campaign.id, move.to)}
      preventScrollReset
      className="grid gap-4"
    >
      <MoveBasis campaign={campaign} to={move.to} />
      <MoveFields move={move} isPending={isPending} idPrefix="dialog-" />
    </Form>
  );
}

/** Which campaign as it was seen, where it goes, and where its reader comes back to. */
export function MoveBasis({ campaign, to }: { campaign: Movable; to: StatusMove['to'] }) {
  const { pathname, search } = useLocation();
  const home = paths.campaign(campaign.id);
  const isOwnPage = pathname === paths.campaignStatus(campaign.id);
  return (
    <>
      <input type="hidden" name="status" value={to} />
      <input type="hidden" name="expectedVersion" value={campaign.version} />
      <input type="hidden" name="returnTo" value={isOwnPage ? home : pathname + search} />
    </>
  );
}
