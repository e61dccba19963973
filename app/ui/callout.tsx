import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type CalloutTone = 'info' | 'success' | 'warning' | 'danger';

const looks = {
  info: { Icon: Info, box: 'bg-info-soft', mark: 'text-info-ink' },
  success: { Icon: CircleCheck, box: 'bg-success-soft', mark: 'text-success-ink' },
  warning: { Icon: TriangleAlert, box: 'bg-warning-soft', mark: 'text-warning-ink' },
  danger: { Icon: CircleAlert, box: 'bg-danger-soft', mark: 'text-danger-ink' },
} as const;

export interface CalloutProps {
  tone: CalloutTone;
  title: string;
  /** What happened and what to do about it, in plain words. */
  children?: ReactNode;
  actions?: ReactNode;
  /** True when it answers what the reader just did: it is then read out at once. */
  isAnswer?: boolean;
}

export function Callout({ tone, title, children, actions, isAnswer = false }: CalloutProps) {
  const { Icon, box, mark } = looks[tone];
  const role = tone === 'danger' ? 'alert' : 'status';
  return (
    <div className={classNames('flex gap-2.5 rounded-lg px-3 py-2.5', box)} {...(isAnswer && { role })}>
      <Icon aria-hidden="true" className={classNames('mt-0.5 size-4 flex-none', mark)} />
      <div className="min-w-0 flex-1">
        <p className={classNames('font-medium', mark)}>{title}</p>
        {children && <div className="text-pretty">{children}</div>}
      </div>
      {actions && <div className="flex flex-none items-center gap-2 self-center">{actions}</div>}
    </div>
  );
}
