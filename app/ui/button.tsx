import { forwardRef, type AnchorHTMLAttributes, type ButtonHTMLAttributes } from 'react';
import { classNames } from './class-names.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

export interface ButtonLook {
  /** One primary button a view; danger for what can't be undone. */
  variant?: ButtonVariant;
  size?: 'small' | 'medium';
  /** A square for one icon. Give the button an aria-label then. */
  iconOnly?: boolean;
}

export function buttonClass({
  variant = 'secondary',
  size = 'medium',
  iconOnly = false,
}: ButtonLook): string {
  return classNames(
    'button',
    `button-${variant}`,
    size === 'small' && 'button-small',
    iconOnly && 'button-icon',
  );
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement>, ButtonLook {
  /** Shows a turning ring and says so; the button stays focusable but does nothing. */
  isPending?: boolean;
}

/** A native button; `type` is "button" unless it says otherwise, so that none submits by accident. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { variant, size, iconOnly, isPending = false, className, type = 'button', children, onClick, ...rest },
  ref,
) {
  return (
    <button
      ref={ref}
      // The prop's own type is the closed set of a button's types.
      type={type}
      className={classNames(buttonClass(look(variant, size, iconOnly)), className)}
      {...(isPending ? { 'aria-disabled': true, 'aria-busy': true } : {})}
      onClick={isPending ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {isPending && <span className="button-spinner" aria-hidden="true" />}
      {children}
    </button>
  );
});

export interface LinkButtonProps extends AnchorHTMLAttributes<HTMLAnchorElement>, ButtonLook {
  href: string;
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export const LinkButton = forwardRef<HTMLAnchorElement, LinkButtonProps>(function LinkButton(
  { variant, size, iconOnly, className, children, ...rest },
  ref,
) {
  return (
    <a ref={ref} className={classNames(buttonClass(look(variant, size, iconOnly)), className)} {...rest}>
      {children}
    </a>
  );
});

function look(
  variant: ButtonVariant | undefined,
  size: ButtonLook['size'] | undefined,
  iconOnly: boolean | undefined,
): ButtonLook {
  return { ...(variant && { variant }), ...(size && { size }), ...(iconOnly && { iconOnly }) };
}
