import { Check, RotateCcw } from 'lucide-react';
import type { FormEvent } from 'react';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';

export interface TaskCheckProps {
  task: { id: string; title: string };
  isDone: boolean;
  /** Where a page without a script goes on. */
  returnTo: string;
  onChange: (completed: boolean) => void;
}

/** The box that completes a task: a form of its own, so that it works before the script arrives. */
export function TaskCheck({ task, isDone, returnTo, onChange }: TaskCheckProps) {
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    onChange(!isDone);
  };
  return (
    <form method="post" action={paths.tasks()} onSubmit={onSubmit} className="flex-none">
      <input type="hidden" name="taskId" value={task.id} />
      <input type="hidden" name="returnTo" value={returnTo} />
      <button
        type="submit"
        name="intent"
        value={isDone ? 'reopen' : 'complete'}
        role="checkbox"
        aria-checked={isDone}
        aria-label={`“${task.title}” is done`}
        className="task-check"
        data-row-toggle=""
      >
        <span>
          <Check aria-hidden="true" />
        </span>
      </button>
    </form>
  );
}

/** The same for who may only read: what it says, and nothing to press. */
export function TaskMark({ isDone }: { isDone: boolean }) {
  return (
    <span className="task-check" data-done={isDone} role="img" aria-label={isDone ? 'Done' : 'Open'}>
      <span>
        <Check aria-hidden="true" />
      </span>
    </span>
  );
}

/** The same as a button with words, for a task's own page. */
export function CompleteButton({ task, isDone, returnTo, onChange }: TaskCheckProps) {
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    onChange(!isDone);
  };
  return (
    <form method="post" action={paths.tasks()} onSubmit={onSubmit}>
      <input type="hidden" name="taskId" value={task.id} />
      <input type="hidden" name="returnTo" value={returnTo} />
      <Button type="submit" name="intent" value={isDone ? 'reopen' : 'complete'}>
        {isDone ? <RotateCcw aria-hidden="true" /> : <Check aria-hidden="true" />}
        {isDone ? 'Open again' : 'Mark as done'}
      </Button>
    </form>
  );
}
