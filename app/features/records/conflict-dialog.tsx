import { useAccount } from '../shell/use-account.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type FieldSpec, valueInWords } from './field-specs.ts';
import type { FieldRefusal } from './use-field-edit.ts';

export interface ConflictDialogProps {
  spec: FieldSpec;
  /** Null while there is none. */
  refusal: FieldRefusal | null;
  /** What the page knows of names. */
  names: Readonly<Record<string, string>>;
  onKeepTheirs: () => void;
  /** Takes what stands there now: the base of the next try. */
  onUseMine: (current: unknown) => void;
}

/** Both values of a field that two people changed, and the choice between them. */
export function ConflictDialog({ spec, refusal, names, onKeepTheirs, onUseMine }: ConflictDialogProps) {
  const { timeZone } = useAccount().current.organization;
  const conflict = refusal?.conflict ?? null;
  const inWords = (json: string) =>
    valueInWords(spec, JSON.parse(json) as unknown, { names: { ...names, ...refusal?.names }, timeZone });
  return (
    <Dialog
      isOpen={conflict !== null}
      onClose={onKeepTheirs}
      title={`Somebody else changed ${spec.label.toLowerCase()}`}
      description={
        conflict && `When you began it was ${inWords(conflict.base)}. Nothing of yours is saved yet.`
      }
      footer={
        conflict && (
          <>
            <Button onClick={onKeepTheirs}>Keep theirs</Button>
            <Button variant="primary" onClick={() => onUseMine(JSON.parse(conflict.current) as unknown)}>
              Use mine
            </Button>
          </>
        )
      }
    >
      {conflict && (
        <dl className="grid gap-3 sm:grid-cols-2">
          <Side label="Theirs" value={inWords(conflict.current)} />
          <Side label="Yours" value={inWords(conflict.yours)} />
        </dl>
      )}
    </Dialog>
  );
}

function Side({ label, value }: { label: string; value: string }) {
  return (
    <div className="rounded-md border border-line p-3">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="break-words whitespace-pre-wrap">{value}</dd>
    </div>
  );
}
