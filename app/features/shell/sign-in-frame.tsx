import type { ReactNode } from 'react';

/** The pages of who is not signed in: the product's mark and a form, in the middle of a quiet page. */
export function SignInFrame({
  title = 'Sign in to SpokeStack',
  children,
}: {
  title?: string;
  children: ReactNode;
}) {
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="grid w-full max-w-80 gap-6">
        <header className="grid justify-items-center gap-3 text-center">
          <SpokeMark />
          <h1 className="text-lg font-semibold tracking-tight text-balance">{title}</h1>
        </header>
        {children}
      </div>
    </main>
  );
}

/** A hub with its spokes. */
function SpokeMark() {
  return (
    <svg width="36" height="36" viewBox="0 0 36 36" fill="none" aria-hidden="true" className="text-accent">
      <rect width="36" height="36" rx="9" fill="currentColor" />
      <g stroke="white" strokeWidth="2" strokeLinecap="round">
        <circle cx="18" cy="18" r="3.5" fill="white" stroke="none" />
        <path d="M18 11V7.5M18 28.5V25M25 18h3.5M7.5 18H11M22.9 13.1l2.5-2.5M10.6 25.4l2.5-2.5M22.9 22.9l2.5 2.5M10.6 10.6l2.5 2.5" />
      </g>
    </svg>
  );
}
