import { Undo2 } from 'lucide-react';
import type { FormEvent } from 'react';
import type { FieldChange } from '../../../server/domain/records/schema.ts';
import { formatDateTime, formatRelative } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { useAccount } from '../shell/use-account.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { specOf, valueInWords, type ValueWords } from './field-specs.ts';
import { isSameValue } from './inline-values.ts';
import { useRecordEditing } from './record-edits.tsx';
import { type FieldDraft, useFieldEdit } from './use-field-edit.ts';

/** A change as a page carries it. */
export type ShownChange = Omit<FieldChange, 'from' | 'to'> & { from?: unknown; to?: unknown };

export interface RecordHistoryProps {
  changes: readonly ShownChange[];
  /** The record as it stands. */
  record: Readonly<Record<string, unknown>>;
  /** This page, to come back to. */
  here: string;
  now: string;
  olderHref: string | null;
}

/** What each field said before, when and by whom it was changed, with the way back to a value. Inside RecordEdits. */
export function RecordHistory({ changes, record, here, now, olderHref }: RecordHistoryProps) {
  const { names, specs, saveHref } = useRecordEditing();
  const { timeZone } = useAccount().current.organization;
  const edit = useFieldEdit(saveHref);
  const { draft, refusal, state } = edit;
  if (changes.length === 0) return <p className="text-muted">No field was changed yet.</p>;
  return (
    <>
      <ol className="history">
        {changes.map((change) => (
          <li key={`${change.activityId}:${change.field}`}>
            <Change change={change} words={{ names, timeZone }} now={now} />
            <Restore
              change={change}
              record={record}
              here={here}
              words={{ names, timeZone }}
              onSave={edit.save}
            />
          </li>
        ))}
      </ol>
      <p role="status" className="sr-only">
        {state === 'saved' && draft && `${draft.label} restored`}
      </p>
      {draft && (
        <ConflictDialog
          spec={specOf(specs, draft.field)}
          refusal={refusal}
          names={names}
          onKeepTheirs={edit.forget}
          onUseMine={(current) => edit.save({ ...draft, base: current })}
        />
      )}
      {olderHref && (
        <p className="pt-3">
          <a className="link" href={olderHref}>
            Older changes
          </a>
        </p>
      )}
    </>
  );
}

function Change({ change, words, now }: { change: ShownChange; words: ValueWords; now: string }) {
  const { specs } = useRecordEditing();
  const spec = specOf(specs, change.field);
  return (
    <div className="min-w-0 flex-1">
      <p className="break-words">
        <strong className="font-medium">{spec.label}</strong>{' '}
        <del className="text-muted">{valueInWords(spec, change.from, words)}</del> →{' '}
        <ins className="no-underline">{valueInWords(spec, change.to, words)}</ins>
      </p>
      <p className="text-sm text-muted">
        {change.actorName ?? (change.actorKind === 'JOB' ? 'SpokeStack' : 'Somebody who left')} ·{' '}
        <time dateTime={change.createdAt} title={formatDateTime(change.createdAt, words.timeZone)}>
          {formatRelative(change.createdAt, now)}
        </time>
      </p>
    </div>
  );
}

interface RestoreProps extends Pick<RecordHistoryProps, 'record' | 'here'> {
  change: ShownChange;
  words: ValueWords;
  onSave: (draft: FieldDraft) => void;
}

/** Writes the value from before the change: a change like any other, told in the history as well. */
function Restore({ change, record, here, words, onSave }: RestoreProps) {
  const { specs, saveHref, canEdit } = useRecordEditing();
  const spec = specOf(specs, change.field);
  const current = currentOf(record, change.field);
  const isOwn = change.field.startsWith('customFields.');
  if (!canEdit || (spec.isFixed && !isOwn) || isSameValue(comparable(current), comparable(change.from)))
    return null;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    onSave({ field: change.field, label: spec.label, value: change.from, base: current });
  };
  return (
    <form method="post" action={saveHref} onSubmit={onSubmit}>
      <input type="hidden" name="field" value={change.field} />
      <input type="hidden" name="value" value={JSON.stringify(change.from ?? null)} />
      <input type="hidden" name="base" value={JSON.stringify(current ?? null)} />
      <input type="hidden" name="returnTo" value={here} />
      <Button
        type="submit"
        size="small"
        variant="quiet"
        aria-label={`Restore ${spec.label.toLowerCase()}: ${valueInWords(spec, change.from, words)}`}
      >
        <Undo2 aria-hidden="true" />
        Restore
      </Button>
    </form>
  );
}

function currentOf(record: Readonly<Record<string, unknown>>, field: string): unknown {
  if (field.startsWith('customFields.')) {
    const own = record.customFields as Record<string, unknown> | undefined;
    return own?.[field.slice('customFields.'.length)];
  }
  if (field !== 'currency') return record[field];
  const amount = (record.amount ?? record.budget) as { currency?: string } | null | undefined;
  return amount?.currency;
}

/** The stream holds an amount without its currency, and with all the decimals of its column. */
function comparable(value: unknown): unknown {
  const amount = typeof value === 'object' && value !== null && 'amount' in value ? value.amount : value;
  if (typeof amount !== 'string' || !/^\d+\.\d+$/.test(amount)) return amount;
  return amount.replace(/\.?0+$/, '');
}
