import type { ReactNode } from 'react';
import { LinkButton } from './button.tsx';

export interface ErrorStateProps {
  /** A short mark above the title: "404", "Offline". */
  mark: string;
  title: string;
  description: ReactNode;
  action?: { label: string; href: string };
  /** What support needs to find the failure in the log. */
  requestId?: string | undefined;
  /** 1 where the message is the whole page, 2 inside a panel. */
  headingLevel?: 1 | 2;
}

export function ErrorState({
  mark,
  title,
  description,
  action,
  requestId,
  headingLevel = 1,
}: ErrorStateProps) {
  const Heading = headingLevel === 1 ? 'h1' : 'h2';
  return (
    <div className="grid justify-items-center gap-1 px-6 py-20 text-center">
      <p className="figures text-sm font-medium text-subtle">{mark}</p>
      <Heading className="text-lg">{title}</Heading>
      <p className="max-w-[28rem] text-pretty text-muted">{description}</p>
      {action && (
        <div className="pt-4">
          <LinkButton href={action.href} variant="primary">
            {action.label}
          </LinkButton>
        </div>
      )}
      {requestId && (
        <p className="pt-4 text-sm text-subtle">
          Request <code className="font-mono select-all">{requestId}</code>
        </p>
      )}
    </div>
  );
}
