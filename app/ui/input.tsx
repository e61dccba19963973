import { ChevronDown } from 'lucide-react';
import {
  forwardRef,
  type InputHTMLAttributes,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react';
import { classNames } from './class-names.ts';

export interface InputProps extends InputHTMLAttributes<HTMLInputElement> {
  /** Right-aligned tabular figures, for amounts and counts. */
  numeric?: boolean;
}

export const Input = forwardRef<HTMLInputElement, InputProps>(function Input(
  { numeric = false, className, type = 'text', ...rest },
  ref,
) {
  const classes = classNames('control', numeric && 'control-number', className);
  return (
    <input ref={ref} type={type} className={classes} {...(numeric && { inputMode: 'decimal' })} {...rest} />
  );
});

export const Textarea = forwardRef<HTMLTextAreaElement, TextareaHTMLAttributes<HTMLTextAreaElement>>(
  function Textarea({ className, ...rest }, ref) {
    return <textarea ref={ref} className={classNames('control', className)} {...rest} />;
  },
);

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
}

export interface SelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  options: readonly SelectOption[];
  /** A first, empty choice: "Any stage", "No company". */
  emptyLabel?: string;
}

/** The platform's own list: it works before the script, with every keyboard and on every phone. */
export const Select = forwardRef<HTMLSelectElement, SelectProps>(function Select(
  { options, emptyLabel, className, ...rest },
  ref,
) {
  return (
    <div className={classNames('select-wrap', className)}>
      <select ref={ref} className="control" {...rest}>
        {emptyLabel !== undefined && <option value="">{emptyLabel}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden="true" />
    </div>
  );
});

export interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  label: string;
  hint?: string;
}

/** A checkbox with its label beside it; the whole line takes the click. */
export const Checkbox = forwardRef<HTMLInputElement, CheckboxProps>(function Checkbox(
  { label, hint, className, ...rest },
  ref,
) {
  return (
    <label className={classNames('flex min-h-6 items-start gap-2', className)}>
      <input ref={ref} type="checkbox" className="checkbox" {...rest} />
      <span>
        {label}
        {hint && <span className="block text-sm text-muted">{hint}</span>}
      </span>
    </label>
  );
});
