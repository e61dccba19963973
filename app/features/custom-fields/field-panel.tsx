import { Form, useNavigation } from '@remix-run/react';
import { ChevronDown, ChevronUp } from 'lucide-react';
import type { CustomField, CustomFieldOptionUse } from '../../../server/domain/custom-fields/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Textarea } from '../../ui/input.tsx';
import { kindLabels, takesOptions } from './labels.ts';
import { OptionRows } from './option-rows.tsx';

export interface FieldPanelProps {
  field: CustomField;
  /** Its place among the noun's fields, and how many there are. */
  index: number;
  count: number;
  canWrite: boolean;
  /** How many records say each of its options. */
  uses: readonly CustomFieldOptionUse[];
  /** The refusal of this field's own form. */
  failure: FormFailure | undefined;
}

/** One of the agency's own fields: what it is, its place, and what may be changed. */
export function FieldPanel({ field, index, count, canWrite, uses, failure }: FieldPanelProps) {
  return (
    <li className="grid gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-medium">{field.label}</h3>
        <Badge>{kindLabels[field.kind]}</Badge>
        <code className="text-sm break-all text-muted">{field.key}</code>
        {canWrite && (
          <div className="ml-auto flex items-center gap-1">
            <MoveButton field={field} to={index - 1} isOff={index === 0} />
            <MoveButton field={field} to={index + 1} isOff={index === count - 1} isDown />
          </div>
        )}
      </div>
      {field.hint && <p className="text-muted">{field.hint}</p>}
      {takesOptions(field.kind) && <p className="text-sm text-muted">{field.options.join(' · ')}</p>}
      {canWrite && (
        <details open={failure !== undefined}>
          <summary className="link inline-block py-1">Change {field.label}</summary>
          <div className="grid gap-4 pt-3">
            <FormErrorSummary formError={failure?.message} />
            <ChangeForm field={field} uses={uses} failure={failure} />
            <ArchiveForm field={field} />
          </div>
        </details>
      )}
    </li>
  );
}

function useIsSending(): boolean {
  return useNavigation().state !== 'idle';
}

function Hidden({ field, intent }: { field: CustomField; intent: string }) {
  return (
    <>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="customFieldId" value={field.id} />
      <input type="hidden" name="expectedVersion" value={field.version} />
    </>
  );
}

interface MoveButtonProps {
  field: CustomField;
  to: number;
  isOff: boolean;
  isDown?: boolean;
}

function MoveButton({ field, to, isOff, isDown = false }: MoveButtonProps) {
  const label = `Move ${field.label} ${isDown ? 'down' : 'up'}`;
  return (
    <Form method="post" preventScrollReset>
      <Hidden field={field} intent="move" />
      <input type="hidden" name="position" value={to} />
      <Button type="submit" variant="quiet" size="small" iconOnly aria-label={label} disabled={isOff}>
        {isDown ? <ChevronDown aria-hidden="true" /> : <ChevronUp aria-hidden="true" />}
      </Button>
    </Form>
  );
}

type ChangeFormProps = Pick<FieldPanelProps, 'field' | 'uses' | 'failure'>;

function ChangeForm({ field, uses, failure }: ChangeFormProps) {
  const typed = failure?.values ?? {};
  return (
    <Form method="post" preventScrollReset className="grid gap-4">
      <Hidden field={field} intent="update" />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="label" id={`label-${field.id}`} label="Label" required error={failure?.fields.label}>
          {(control) => <Input {...control} defaultValue={typed.label ?? field.label} autoComplete="off" />}
        </Field>
        <Field name="hint" id={`hint-${field.id}`} label="Hint" error={failure?.fields.hint}>
          {(control) => (
            <Input
              {...control}
              defaultValue={failure ? (typed.hint ?? '') : (field.hint ?? '')}
              placeholder="Stands at the field in forms"
              autoComplete="off"
            />
          )}
        </Field>
      </div>
      {takesOptions(field.kind) && (
        <>
          <OptionRows
            field={field}
            uses={uses}
            typed={failure ? typed : null}
            error={failure?.fields.options ?? failure?.fields.replacements}
          />
          <Field name="moreOptions" id={`more-${field.id}`} label="More options" hint="One a line">
            {(control) => <Textarea {...control} rows={2} defaultValue={typed.moreOptions ?? ''} />}
          </Field>
        </>
      )}
      <div>
        <Button type="submit" variant="primary" isPending={useIsSending()}>
          Save changes
        </Button>
      </div>
    </Form>
  );
}

function ArchiveForm({ field }: { field: CustomField }) {
  return (
    <Form method="post" preventScrollReset className="grid justify-items-start gap-2">
      <Hidden field={field} intent="archive" />
      <p className="text-muted">
        Archiving takes the field out of forms, lists and filters. Records keep their values, and it can be
        brought back.
      </p>
      <Button type="submit" isPending={useIsSending()}>
        Archive {field.label}
      </Button>
    </Form>
  );
}
