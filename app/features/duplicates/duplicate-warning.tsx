import { useRef } from 'react';
import type { DuplicateCandidate, DuplicateNoun } from '../../../server/domain/duplicates/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { classNames } from '../../ui/class-names.ts';
import { GlanceLine, Likeness } from './duplicate-facts.tsx';
import { useCandidates } from './use-candidates.ts';

export interface DuplicateWarningProps {
  noun: DuplicateNoun;
  /** The record that is being changed; a new one has none. */
  recordId?: string | undefined;
  /** What stopped the form before its script arrived. */
  stopped?: readonly DuplicateCandidate[] | undefined;
  className?: string;
}

/** Stands in a form under the fields that it reads and says, while one types, which records may be the one being written. Creating stays possible. */
export function DuplicateWarning({ noun, recordId, stopped, className }: DuplicateWarningProps) {
  const place = useRef<HTMLDivElement>(null);
  const live = useCandidates(place, noun, recordId);
  const candidates = live ?? stopped ?? [];
  const one = noun === 'CONTACT' ? 'contact' : 'company';
  const hrefOf = noun === 'CONTACT' ? paths.contact : paths.company;
  return (
    <div ref={place} aria-live="polite" className={classNames('empty:hidden', className)}>
      {candidates.length > 0 && (
        <Callout
          tone="warning"
          title={
            candidates.length === 1
              ? `This ${one} may exist already`
              : `${candidates.length} records are like this ${one}`
          }
        >
          <ul className="grid gap-2.5 pt-2">
            {candidates.map(({ record, score, reasons }) => (
              <li key={record.id} className="grid gap-1">
                <GlanceLine record={record} href={hrefOf(record.id)} inNewTab />
                <Likeness score={score} reasons={reasons} />
                <input type="hidden" name="duplicatesSeen" value={record.id} />
              </li>
            ))}
          </ul>
        </Callout>
      )}
    </div>
  );
}

/** The way past a warning that stopped the form. It stands after the form's own button: Enter never takes it. */
export function CreateAnyway({ stopped }: Pick<DuplicateWarningProps, 'stopped'>) {
  if (!stopped || stopped.length === 0) return null;
  return (
    <Button type="submit" name="createAnyway" value="yes">
      Create anyway
    </Button>
  );
}
