import type { ReactNode } from 'react';
import type { MergeMoves, MergePreview } from '../../../server/domain/merges/schema.ts';
import { formatDateTime } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { type FieldSpecs, specOf, valueInWords } from '../records/field-specs.ts';
import { movedInWords } from './labels.ts';

/** What one knows a record by, where it has it. */
const known = ['emails', 'email', 'phones', 'domains', 'companyId', 'parentId', 'title', 'city', 'ownerId'];

export interface MergeSidesProps {
  preview: MergePreview;
  specs: FieldSpecs;
  timeZone: string;
  hrefOf: (recordId: string) => string;
  /** This page with the two swapped. */
  swapHref: string;
}

/** The two records beside each other, by what tells one from the other. */
export function MergeSides({ preview, swapHref, ...words }: MergeSidesProps) {
  return (
    <div className="merge-sides">
      <Side preview={preview} side="kept" belongings={preview.stays} {...words} />
      <Side preview={preview} side="merged" belongings={preview.moves} {...words}>
        <LinkButton href={swapHref} size="small">
          Keep this one instead
        </LinkButton>
      </Side>
    </div>
  );
}

interface SideProps extends Omit<MergeSidesProps, 'swapHref'> {
  side: 'kept' | 'merged';
  belongings: MergeMoves;
  children?: ReactNode;
}

function Side({ preview, side, belongings, specs, timeZone, hrefOf, children }: SideProps) {
  const record = preview[side];
  const facts = known.flatMap((name) => {
    const field = preview.fields.find((one) => one.field === name);
    const value = field?.[side];
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
      return [];
    const spec = specOf(specs, name);
    return [[spec.label, valueInWords(spec, value, { names: preview.names, timeZone })] as const];
  });
  const parts = belongings.flatMap(({ table, count }) => movedInWords(table, count) ?? []);
  return (
    <section
      className="merge-side"
      aria-label={side === 'kept' ? 'The record that stays' : 'The record that goes'}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={side === 'kept' ? 'success' : 'neutral'}>{side === 'kept' ? 'Stays' : 'Goes'}</Badge>
        <a className="link min-w-0 font-medium break-words" href={hrefOf(record.id)}>
          {record.name}
        </a>
      </div>
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-1">
        {[
          ['Made on', formatDateTime(record.createdAt, timeZone)] as const,
          ...facts,
          ['Has', parts.length > 0 ? parts.join(', ') : 'Nothing yet that you see'] as const,
        ].map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-muted">{term}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {children && <div>{children}</div>}
    </section>
  );
}
