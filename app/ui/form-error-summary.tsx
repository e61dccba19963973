import { useEffect, useRef } from 'react';
import { fieldId } from './field.tsx';

export interface FormErrorSummaryProps {
  /** What is wrong with the whole, not with one field. */
  formError?: string | undefined;
  /** Field name to its message or messages, as a validation gives them. */
  fieldErrors?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined;
  /** Field name to the label that the form shows. A name without a label shows as it is. */
  labels?: Readonly<Record<string, string>>;
}

/** Every refusal of a form in one place, linked to its fields. Takes the focus when it appears, so that it is read. */
export function FormErrorSummary({ formError, fieldErrors, labels = {} }: FormErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  const entries = Object.entries(fieldErrors ?? {}).filter(([, messages]) => messages && messages.length > 0);
  const isShown = Boolean(formError) || entries.length > 0;

  useEffect(() => {
    if (isShown) box.current?.focus();
    // A second refusal brings new objects, and the reader back here.
  }, [isShown, formError, fieldErrors]);

  if (!isShown) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="rounded-lg border border-danger-mark/40 bg-danger-soft px-3 py-2.5 text-danger-ink"
    >
      <p className="font-medium">{formError ?? 'Some fields need another look.'}</p>
      {entries.length > 0 && (
        <ul className="list-disc pt-1 pl-4.5">
          {entries.map(([name, messages]) => (
            <li key={name}>
              <a href={`#${fieldId(name)}`} className="underline underline-offset-2">
                {labels[name] ?? name}
              </a>
              : {typeof messages === 'string' ? messages : messages?.join(' ')}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
