import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { Form } from '@remix-run/react';
import type { DealCloseReason } from '../../../server/domain/deal-stages/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';

export interface CloseReasonSettingsProps {
  status: DealCloseReason['status'];
  reasons: readonly DealCloseReason[];
  canWrite: boolean;
  /** The refusal of this list's own forms, with the reason that it is about: '' for a new one. */
  refused: { dealCloseReasonId: string; failure: FormFailure } | undefined;
}

const words = {
  WON: { title: 'Reasons for winning', none: 'No reasons yet: each closing writes its own.' },
  LOST: { title: 'Reasons for losing', none: 'No reasons yet: each closing writes its own.' },
} as const;

/** The reasons that closing offers for one outcome, in their order. */
export function CloseReasonSettings({ status, reasons, canWrite, refused }: CloseReasonSettingsProps) {
  const failureOf = (id: string) => (refused?.dealCloseReasonId === id ? refused.failure : undefined);
  return (
    <Panel title={words[status].title}>
      <div className="grid gap-3">
        {reasons.length === 0 && <p className="text-muted">{words[status].none}</p>}
        <ul className="grid gap-2">
          {reasons.map((reason, index) => (
            <li key={reason.id}>
              {canWrite ? (
                <ReasonForms
                  reason={reason}
                  isFirst={index === 0}
                  isLast={index === reasons.length - 1}
                  failure={failureOf(reason.id)}
                />
              ) : (
                reason.name
              )}
            </li>
          ))}
        </ul>
        {canWrite && <NewReason key={reasons.length} status={status} failure={failureOf('')} />}
      </div>
    </Panel>
  );
}

interface ReasonFormsProps {
  reason: DealCloseReason;
  isFirst: boolean;
  isLast: boolean;
  failure: FormFailure | undefined;
}

function ReasonForms({ reason, isFirst, isLast, failure }: ReasonFormsProps) {
  const { id, name, position } = reason;
  const hidden = <input type="hidden" name="dealCloseReasonId" value={id} />;
  return (
    <div className="flex flex-wrap items-start gap-2">
      <Form method="post" preventScrollReset className="flex min-w-48 flex-1 items-start gap-2">
        <input type="hidden" name="intent" value="rename" />
        {hidden}
        <div className="min-w-0 flex-1">
          <Input
            key={name}
            name="name"
            aria-label={`Rename ${name}`}
            defaultValue={failure?.values.name ?? name}
            maxLength={200}
            required
            autoComplete="off"
            {...(failure && { 'aria-invalid': true, 'aria-describedby': `reason-${id}` })}
          />
          {failure && (
            <p id={`reason-${id}`} className="pt-1 text-sm text-danger-ink" role="alert">
              {failure.message}
            </p>
          )}
        </div>
        <Button type="submit">Rename</Button>
      </Form>
      <Form method="post" preventScrollReset className="flex gap-1">
        {hidden}
        <input type="hidden" name="intent" value="place" />
        <Button
          type="submit"
          variant="quiet"
          iconOnly
          name="position"
          value={position - 1}
          disabled={isFirst}
          aria-label={`Move ${name} up`}
        >
          <ArrowUp aria-hidden="true" />
        </Button>
        <Button
          type="submit"
          variant="quiet"
          iconOnly
          name="position"
          value={position + 1}
          disabled={isLast}
          aria-label={`Move ${name} down`}
        >
          <ArrowDown aria-hidden="true" />
        </Button>
      </Form>
      <Form method="post" preventScrollReset>
        {hidden}
        <Button
          type="submit"
          variant="quiet"
          iconOnly
          name="intent"
          value="remove"
          aria-label={`Remove ${name}`}
        >
          <Trash2 aria-hidden="true" />
        </Button>
      </Form>
    </div>
  );
}

function NewReason({
  status,
  failure,
}: {
  status: DealCloseReason['status'];
  failure: FormFailure | undefined;
}) {
  return (
    <Form method="post" preventScrollReset className="flex items-end gap-2 border-t border-line pt-3">
      <input type="hidden" name="intent" value="add" />
      <input type="hidden" name="status" value={status} />
      <Field
        name="name"
        id={`new-reason-${status}`}
        label="Another reason"
        required
        error={failure?.fields.name}
        className="min-w-0 flex-1"
      >
        {(control) => (
          <Input {...control} maxLength={200} autoComplete="off" defaultValue={failure?.values.name} />
        )}
      </Field>
      <Button type="submit">Add</Button>
    </Form>
  );
}
