import { useFetcher } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { paths } from '../../lib/paths.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.ts';
import { optionsOf, priorityLabels } from './labels.ts';

/** What the quick line answers to a script. */
export type AddAnswer = { ok: true; title: string } | FormFailure;

export interface QuickAddProps {
  /** The records that the new task hangs on. */
  of?: Readonly<Record<string, string>>;
  /** Whom it can be given to; without them it is the author's own, and the line is short. */
  members?: readonly { id: string; name: string }[];
  assigneeId?: string | null;
  returnTo: string;
  /** What a page without a script was answered. */
  failure?: FormFailure | undefined;
}

/** One line that makes a task and is ready for the next. */
export function QuickAdd({ of = {}, members, assigneeId, returnTo, failure: answered }: QuickAddProps) {
  const fetcher = useFetcher<AddAnswer>();
  const hasScript = useHasScript();
  const form = useRef<HTMLFormElement>(null);
  const { data, state } = fetcher;
  useEffect(() => {
    if (state !== 'idle' || !data?.ok) return;
    form.current?.reset();
    form.current?.querySelector<HTMLInputElement>('input[name=title]')?.focus();
    toast.success(`“${data.title}” added`);
  }, [data, state]);
  const failure = data?.ok === false ? data : answered;
  const value = (name: string) => (data ? '' : (answered?.values[name] ?? ''));
  const messages = failure ? Object.values(failure.fields) : [];
  return (
    <fetcher.Form
      ref={form}
      method="post"
      action={paths.tasks()}
      aria-label="New task"
      className={members ? 'task-add' : 'task-add task-add-narrow'}
    >
      <input type="hidden" name="intent" value="add" />
      <input type="hidden" name="returnTo" value={returnTo} />
      {hasScript && <input type="hidden" name="answer" value="data" />}
      {Object.entries(of).map(([name, id]) => (
        <input key={name} type="hidden" name={name} value={id} />
      ))}
      <div className="min-w-0">
        <Input
          name="title"
          aria-label="What is to be done"
          placeholder="Add a task"
          required
          maxLength={1000}
          defaultValue={value('title')}
          autoComplete="off"
          aria-invalid={Boolean(failure?.fields.title)}
        />
        {failure && (
          <p role="alert" className="pt-1 text-sm text-danger-ink">
            {messages.length > 0 ? messages.join(' ') : failure.message}
          </p>
        )}
      </div>
      <Input type="date" name="dueOn" aria-label="Due day" defaultValue={value('dueOn')} />
      {members && (
        <div className="task-add-more">
          <Input type="time" name="dueTime" aria-label="Due time" defaultValue={value('dueTime')} />
          <Select
            name="assigneeId"
            aria-label="Assignee"
            options={members.map(({ id, name }) => ({ value: id, label: name }))}
            emptyLabel="Nobody"
            defaultValue={value('assigneeId') || (assigneeId ?? '')}
          />
          <Select
            name="priority"
            aria-label="Priority"
            options={optionsOf(priorityLabels)}
            defaultValue={value('priority') || 'MEDIUM'}
          />
        </div>
      )}
      <Button type="submit" variant={members ? 'primary' : 'secondary'} isPending={state !== 'idle'}>
        Add
      </Button>
    </fetcher.Form>
  );
}
