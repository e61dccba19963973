import { Form, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import { Button, type ButtonLook } from '../../ui/button.tsx';

export interface IntentButtonProps extends ButtonLook {
  intent: string;
  /** What it is done to: the form's other fields. */
  fields?: Readonly<Record<string, string>>;
  /** The button's full name where what it shows needs its row to be understood. */
  label?: string;
  /** It does its work already. */
  isBusy?: boolean;
  children: ReactNode;
}

/** A form of one button, so that it acts before the script as well. It keeps its focus while it waits. */
export function IntentButton({
  intent,
  fields = {},
  label,
  isBusy = false,
  children,
  ...look
}: IntentButtonProps) {
  const sent = useNavigation().formData;
  const isSent =
    sent?.get('intent') === intent &&
    Object.entries(fields).every(([name, value]) => sent.get(name) === value);
  return (
    <Form method="post" preventScrollReset>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button
        type="submit"
        name="intent"
        value={intent}
        isPending={isBusy || isSent}
        {...(label && { 'aria-label': label })}
        {...look}
      >
        {children}
      </Button>
    </Form>
  );
}
