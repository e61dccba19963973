import { useRef, type ButtonHTMLAttributes, type ReactNode } from 'react';
import { buttonClass, type ButtonLook } from './button.tsx';
import { usePopoverDetails } from './use-popover-details.ts';

export interface MenuProps {
  /** What the trigger shows: text, or an icon together with `label`. */
  trigger: ReactNode;
  /** The trigger's name for screen readers where it shows only an icon. */
  label?: string;
  /** How the trigger looks; a class name replaces the button's look. */
  look?: ButtonLook;
  triggerClassName?: string;
  /** Which edge of the trigger the panel keeps to. */
  align?: 'start' | 'end';
  side?: 'bottom' | 'top';
  /** `trigger` makes the panel as wide as its trigger. */
  width?: 'content' | 'trigger';
  className?: string;
  children: ReactNode;
}

/** A button that opens a panel of links, forms and buttons. A <details>, so it opens before the script arrives. */
export function Menu({
  trigger,
  label,
  look = {},
  triggerClassName,
  className,
  children,
  ...place
}: MenuProps) {
  const details = useRef<HTMLDetailsElement>(null);
  usePopoverDetails(details);
  const { align = 'start', side = 'bottom', width = 'content' } = place;
  return (
    <details ref={details} className={`popover-details ${className ?? ''}`}>
      <summary className={triggerClassName ?? buttonClass(look)} {...(label && { 'aria-label': label })}>
        {trigger}
      </summary>
      <div className="popover-panel" data-align={align} data-side={side} data-width={width}>
        {children}
      </div>
    </details>
  );
}

export interface MenuLinkProps {
  href: string;
  icon?: ReactNode;
  isCurrent?: boolean;
  children: ReactNode;
}

export function MenuLink({ href, icon, isCurrent = false, children }: MenuLinkProps) {
  return (
    <a href={href} className="menu-item" {...(isCurrent && { 'aria-current': 'true' as const })}>
      {icon}
      {children}
    </a>
  );
}

export interface MenuButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon?: ReactNode;
  tone?: 'neutral' | 'danger';
}

/** Give it type="submit" and a form around it (or `form`), so that it acts without a script. */
export function MenuButton({ icon, tone = 'neutral', type = 'submit', children, ...rest }: MenuButtonProps) {
  return (
    <button type={type} className="menu-item" data-tone={tone} {...rest}>
      {icon}
      {children}
    </button>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <p className="menu-label">{children}</p>;
}

export function MenuRule() {
  return <hr className="menu-rule" />;
}
