import { useFetcher } from '@remix-run/react';
import { useEffect, useId, useRef } from 'react';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.ts';
import { RecordPicker } from '../records/record-picker.tsx';
import type { DealStage } from './board-types.ts';
import { stageLabels } from './labels.ts';

/** What the new deal's address answers to the board's script. */
export type QuickAddAnswer =
  | { ok: true; name: string }
  | { ok: false; message: string; fields: Record<string, string>; values: Record<string, string> };

/** A new deal on top of a column: its name, and what is known of it already. It stays open for the next one. */
export function QuickAdd({ stage, onClose }: { stage: DealStage; onClose: () => void }) {
  const { data, state, Form } = useFetcher<QuickAddAnswer>();
  const form = useRef<HTMLFormElement>(null);
  const answered = useRef(data);
  const base = useId();
  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>('input[name=name]')?.focus();
  }, []);
  useEffect(() => {
    if (!data || data === answered.current) return;
    answered.current = data;
    if (!data.ok) return;
    toast.success(`${data.name} added to ${stageLabels[stage]}`);
    form.current?.reset();
    form.current?.querySelector<HTMLInputElement>('input[name=name]')?.focus();
  }, [data, stage]);
  const refused = data?.ok === false ? data : null;
  const idOf = (name: string) => `${base}${name}`;
  const added = data?.ok ? data.name : '';
  return (
    <Form
      ref={form}
      method="post"
      action={paths.newDeal()}
      className="board-add"
      aria-label={`New deal in ${stageLabels[stage]}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <input type="hidden" name="answer" value="json" />
      <input type="hidden" name="stage" value={stage} />
      <Field name="name" id={idOf('name')} label="Name" required error={refused?.fields.name}>
        {(control) => <Input {...control} autoComplete="off" />}
      </Field>
      <Field name="amount" id={idOf('amount')} label="Amount" error={refused?.fields.amount}>
        {(control) => <Input {...control} numeric autoComplete="off" />}
      </Field>
      <Field name="companyId" id={idOf('company')} label="Company" error={refused?.fields.companyId}>
        {(control) => (
          <RecordPicker key={added} control={control} noun="company" picked={null} emptyLabel="No company" />
        )}
      </Field>
      {refused && (
        <p className="text-sm text-danger-ink" role="alert">
          {refused.message}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" size="small" isPending={state !== 'idle'}>
          Add
        </Button>
        <Button variant="quiet" size="small" onClick={onClose}>
          Close
        </Button>
      </div>
    </Form>
  );
}
