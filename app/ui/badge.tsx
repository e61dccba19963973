import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger' | 'info';

const fills: Record<Tone, string> = {
  neutral: 'bg-active text-muted',
  accent: 'bg-accent-soft text-accent-ink',
  success: 'bg-success-soft text-success-ink',
  warning: 'bg-warning-soft text-warning-ink',
  danger: 'bg-danger-soft text-danger-ink',
  info: 'bg-info-soft text-info-ink',
};

export interface BadgeProps {
  tone?: Tone;
  title?: string;
  children: ReactNode;
}

/** A state in a word. The word says it; the colour only repeats it. */
export function Badge({ tone = 'neutral', title, children }: BadgeProps) {
  const shape = 'inline-flex h-5 items-center rounded-sm px-1.5 text-sm font-medium whitespace-nowrap';
  return (
    <span className={classNames(shape, fills[tone])} title={title}>
      {children}
    </span>
  );
}

/** A dot and a word, for table cells where a filled badge in every row would shout: one element. */
export function StatusDot({ tone = 'neutral', title, children }: BadgeProps) {
  return (
    <span className="status-dot" data-tone={tone} title={title}>
      {children}
    </span>
  );
}
