import { useRevalidator } from '@remix-run/react';
import { useCallback, useState } from 'react';
import { toast } from '../../ui/toast.ts';

interface Completable {
  id: string;
  title: string;
  recurrence: string | null;
}

/** What the person chose for each task whose change is under way. */
export type Chosen = ReadonlyMap<string, boolean>;

/**
 * Completes and reopens tasks at once in the eyes of the person; what the server refuses goes back, with its reason. A
 * completed one can be taken back for ten seconds.
 */
export function useCompletion() {
  const [chosen, setChosen] = useState<Chosen>(new Map());
  const { revalidate } = useRevalidator();

  const send = useCallback(
    async (task: Completable, completed: boolean): Promise<boolean> => {
      setChosen((now) => new Map(now).set(task.id, completed));
      const isDone = await ask(task, completed);
      // Where the list does not answer, the page stays as it is and the choice falls away.
      await Promise.resolve(revalidate());
      setChosen((now) => new Map([...now].filter(([id]) => id !== task.id)));
      return isDone;
    },
    [revalidate],
  );

  const change = useCallback(
    async (task: Completable, completed: boolean): Promise<void> => {
      const isDone = await send(task, completed);
      if (isDone && completed) {
        toast.undo({
          message: `“${task.title}” is done`,
          ...(task.recurrence !== null && { description: 'The next one of its series is planned.' }),
          onUndo: () => void send(task, false),
        });
      } else if (isDone) toast.success(`“${task.title}” is open again`);
    },
    [send],
  );

  return { chosen, change };
}

/** True where the server took it; its refusal is told. */
async function ask(task: Completable, completed: boolean): Promise<boolean> {
  try {
    const { liveApi } = await import('../../bridge/live.ts');
    await liveApi.tasks[completed ? 'complete' : 'reopen'].mutate({ taskId: task.id });
    return true;
  } catch (error) {
    const what = completed ? 'was not completed' : 'was not opened again';
    toast.error(`“${task.title}” ${what}`, error instanceof Error ? error.message : undefined);
    return false;
  }
}
