import { useId, type ReactNode } from 'react';

/** What a control must carry to belong to its field; spread it onto Input, Select, Textarea or FileDrop. */
export interface FieldControl {
  id: string;
  name: string;
  required?: true;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}

export interface FieldProps {
  name: string;
  label: string;
  /** What to write and why, in a sentence; stands between label and control. */
  hint?: ReactNode;
  /** Said in words that tell what to do; several are joined. */
  error?: string | readonly string[] | undefined;
  required?: boolean;
  /** Says nothing of being optional: of a form where every field is. */
  hidesOptional?: boolean;
  /** Only needed when a page has two forms with a field of the same name. */
  id?: string;
  className?: string;
  children: (control: FieldControl) => ReactNode;
}

/** The id that a field's control has unless told otherwise; an error summary links to it. */
export function fieldId(name: string): string {
  return `field-${name}`;
}

/** Label, hint, control and error, tied together for eyes and for screen readers alike. */
export function Field({
  name,
  label,
  hint,
  error,
  required = false,
  hidesOptional = false,
  className,
  children,
  ...rest
}: FieldProps) {
  const base = useId();
  const id = rest.id ?? fieldId(name);
  const message = typeof error === 'string' ? error : error?.join(' ');
  const described = [hint ? `${base}hint` : '', message ? `${base}error` : ''].filter(Boolean).join(' ');
  return (
    <div className={className}>
      <label htmlFor={id} className="block pb-1 font-medium">
        {label}
        {!required && !hidesOptional && (
          <span className="pl-1.5 text-sm font-normal text-subtle">optional</span>
        )}
      </label>
      {hint && (
        <p id={`${base}hint`} className="pb-1.5 text-sm text-muted">
          {hint}
        </p>
      )}
      {children({
        id,
        name,
        ...(required && { required }),
        ...(described && { 'aria-describedby': described }),
        ...(message && { 'aria-invalid': true as const }),
      })}
      {message && (
        <p id={`${base}error`} className="pt-1 text-sm text-danger-ink">
          {message}
        </p>
      )}
    </div>
  );
}
