import { useRevalidator } from '@remix-run/react';
import { TRPCClientError } from '@trpc/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { toast } from '../../ui/toast.ts';
import { type Move, toInput, undoOf } from './board-state.ts';
import type { Standing } from './board-types.ts';
import { dealStatusLabels, stageLabels } from './labels.ts';

export interface Issue {
  path: string;
  message: string;
}

interface Refusal {
  code: string;
  message: string;
  issues: readonly Issue[];
}

export interface MoveEnds {
  /** Read out by the board's live region. */
  announce: (words: string) => void;
  /** The stage asks for fields: nothing was moved, and these are missing. */
  onMissing: (move: Move, issues: readonly Issue[]) => void;
}

/** Moves deals at once on the board, back again with the reason where the server refuses, undone from the toast. */
export function useBoardMoves(ends: MoveEnds) {
  const [moves, setMoves] = useState<readonly Move[]>([]);
  const { revalidate } = useRevalidator();
  const { announce, onMissing } = ends;
  // Two moves of one deal go one after the other; moves of different deals go side by side.
  const queue = useRef(new Map<string, Promise<void>>());
  // The way back is a move of its own.
  const runner = useRef<((move: Move, isUndo: boolean) => void) | undefined>(undefined);

  const send = useCallback(
    async (move: Move, isUndo: boolean) => {
      const refusal = await ask(move);
      setMoves((known) =>
        'version' in refusal
          ? known.map((item) => (item === move ? { ...item, version: refusal.version } : item))
          : known.filter((item) => item !== move),
      );
      revalidate();
      if ('version' in refusal)
        return sayDone(move, isUndo, {
          announce,
          onUndo: () => runner.current?.(undoOf(move, refusal.version), true),
        });
      if (isUndo && isAboutNeighbours(refusal)) return runner.current?.(withoutPlace(move), true);
      if (isMissing(refusal)) return onMissing(move, refusal.issues);
      const stays = `${move.card.name} stays in ${stageLabels[move.from.stage]}`;
      announce(`Refused: ${refusal.message} ${stays}.`);
      toast.error(stays, refusal.message);
    },
    [announce, onMissing, revalidate],
  );

  const run = useCallback(
    (move: Move, isUndo = false): void => {
      const dealId = move.card.id;
      setMoves((known) => [...known.filter(({ card }) => card.id !== dealId), move]);
      const before = queue.current.get(dealId) ?? Promise.resolve();
      const sent = before
        .then(() => send(move, isUndo))
        .finally(() => {
          if (queue.current.get(dealId) === sent) queue.current.delete(dealId);
        });
      queue.current.set(dealId, sent);
    },
    [send],
  );
  useEffect(() => {
    runner.current = run;
  }, [run]);
  return { moves, run };
}

/** The deal's version after the move, or why it was refused. */
async function ask(move: Move): Promise<{ version: number } | Refusal> {
  try {
    const { liveApi } = await import('../../bridge/live.ts');
    const { version } = await liveApi.deals.move.mutate(toInput(move));
    return { version };
  } catch (error) {
    if (error instanceof TRPCClientError) {
      const data = (error as TRPCClientError<never>).data as
        { code?: string; issues?: Issue[] } | null | undefined;
      if (data?.code) return { code: data.code, message: error.message, issues: data.issues ?? [] };
    }
    const message = 'The server could not be reached. Check the connection and move it again.';
    return { code: 'unreachable', message, issues: [] };
  }
}

function sayDone(
  { card, from, to }: Move,
  isUndo: boolean,
  { announce, onUndo }: { announce: (words: string) => void; onUndo: () => void },
): void {
  const isWithin = from.stage === to.stage && from.status === to.status;
  if (isUndo) {
    const message = `${card.name} is back in ${wordsOf(to)}`;
    announce(`${message}.`);
    toast.success(message);
    return;
  }
  const message = `${card.name} moved ${isWithin ? 'within' : 'to'} ${wordsOf(to)}`;
  announce(`${message}.`);
  toast.undo({ message, onUndo });
}

export function wordsOf({ stage, status }: Standing): string {
  return status === 'OPEN'
    ? stageLabels[stage]
    : `${stageLabels[stage]}, ${dealStatusLabels[status].toLowerCase()}`;
}

const askable = /^(amount|companyId|contactId|ownerId|expectedCloseOn|closeReason|customFields\..+)$/;

function isMissing({ code, issues }: Refusal): boolean {
  return code === 'invalid' && issues.length > 0 && issues.every(({ path }) => askable.test(path));
}

function isAboutNeighbours({ code, issues }: Refusal): boolean {
  return code === 'conflict' && issues.some(({ path }) => path === 'afterDealId' || path === 'beforeDealId');
}

/** To the top of the column: where it stood is no more. */
function withoutPlace({ afterDealId: _after, beforeDealId: _before, ...move }: Move): Move {
  return move;
}
