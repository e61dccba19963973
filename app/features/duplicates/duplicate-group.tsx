import { useFetcher } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { DuplicateGroup, DuplicateOf } from '../../../server/domain/duplicates/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.ts';
import { GlanceLine, Likeness } from './duplicate-facts.tsx';

export interface DuplicateGroupProps {
  group: DuplicateGroup;
  canMerge: boolean;
  /** Whether these were said to be two. */
  isDismissed: boolean;
}

/** The eldest of a group, and those that may be it. */
export function DuplicateGroupCard({ group, canMerge, isDismissed }: DuplicateGroupProps) {
  const { record, others, noun } = group;
  const hrefOf = noun === 'CONTACT' ? paths.contact : paths.company;
  const mergeHrefOf = noun === 'CONTACT' ? paths.mergeContact : paths.mergeCompany;
  const headingId = `group-${group.id}`;
  return (
    <article
      aria-labelledby={headingId}
      className="overflow-clip rounded-lg border border-line bg-surface"
      data-duplicate-group=""
    >
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-2.5">
        <h2 id={headingId} className="sr-only">
          {record.name}
        </h2>
        <GlanceLine record={record} href={hrefOf(record.id)} />
        <span className="text-sm text-muted">The eldest of {others.length + 1}</span>
      </header>
      <ul className="divide-y divide-line-faint">
        {others.map((other) => (
          <li key={other.duplicatePairId} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
            <div className="grid min-w-0 flex-[1_1_16rem] gap-1">
              <GlanceLine record={other.record} href={hrefOf(other.record.id)} />
              <Likeness score={other.score} reasons={other.reasons} />
            </div>
            {canMerge && (
              <div className="flex flex-wrap gap-2">
                <Judgement other={other} isDismissed={isDismissed} eldest={record.name} />
                {!isDismissed && (
                  <LinkButton href={mergeHrefOf(record.id, other.record.id)} variant="primary" size="small">
                    Compare and merge
                    <span className="sr-only">
                      {' '}
                      {other.record.name} into {record.name}
                    </span>
                  </LinkButton>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
    </article>
  );
}

interface Judged {
  intent: 'dismiss' | 'restore';
}

/** Says that two are two, or takes that back. */
function Judgement({
  other,
  isDismissed,
  eldest,
}: {
  other: DuplicateOf;
  isDismissed: boolean;
  eldest: string;
}) {
  const fetcher = useFetcher<Judged>();
  const told = useRef<Judged | undefined>(undefined);
  const { data, submit, state } = fetcher;
  const { duplicatePairId } = other;
  useEffect(() => {
    if (!data || told.current === data) return;
    told.current = data;
    if (data.intent === 'restore') toast.success('Back in the queue');
    else
      toast.undo({
        message: 'Kept as two',
        onUndo: () => void submit({ intent: 'restore', duplicatePairId }, { method: 'post' }),
      });
  }, [data, submit, duplicatePairId]);
  return (
    <fetcher.Form method="post">
      <input type="hidden" name="duplicatePairId" value={duplicatePairId} />
      <Button
        type="submit"
        size="small"
        name="intent"
        value={isDismissed ? 'restore' : 'dismiss'}
        isPending={state !== 'idle'}
      >
        {isDismissed ? 'Back to the queue' : 'Not a duplicate'}
        <span className="sr-only">
          : {other.record.name} and {eldest}
        </span>
      </Button>
    </fetcher.Form>
  );
}
