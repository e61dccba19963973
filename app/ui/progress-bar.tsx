import { useId } from 'react';

export interface ProgressBarProps {
  label: string;
  /** Left out while the amount of work is unknown. */
  value?: number;
  max?: number;
  /** What stands at the right: "4,200 of 8,800 rows". */
  detail?: string;
}

export function ProgressBar({ label, value, max = 100, detail }: ProgressBarProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <div className="flex justify-between gap-4 text-sm">
        <label htmlFor={id}>{label}</label>
        {detail && <span className="figures text-muted">{detail}</span>}
      </div>
      <progress id={id} className="meter" max={max} {...(value !== undefined && { value })} />
    </div>
  );
}
