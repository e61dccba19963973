import { Circle, CircleCheck } from 'lucide-react';
import { Panel } from '../../ui/panel.tsx';
import type { NextStep } from './next-steps.ts';

/** What is left of a campaign's plan, until all of it is done. */
export function NextStepsPanel({ steps }: { steps: readonly NextStep[] | null }) {
  if (steps === null) return null;
  const done = steps.filter(({ isDone }) => isDone).length;
  return (
    <Panel title="Finish the plan" description={`${done} of ${steps.length} done`}>
      <ol className="plan-steps">
        {steps.map(({ id, label, text, href, isDone }) => (
          <li key={id} data-done={isDone || undefined}>
            {isDone ? <CircleCheck aria-hidden="true" /> : <Circle aria-hidden="true" />}
            <div className="min-w-0">
              <a className="link font-medium" href={href}>
                {label}
              </a>
              {isDone && <span className="sr-only">: done</span>}
              {!isDone && <p className="text-sm text-muted">{text}</p>}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
