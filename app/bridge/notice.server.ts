import { redirect } from '@remix-run/node';

const NAME = 'notice';
const SECONDS = 5;

/**
 * Leads to a page that says a refusal. The words travel in a cookie for that page, set by this answer alone: in the
 * address anybody could write words that read as ours.
 */
export function redirectWithNotice(path: string, message: string): ReturnType<typeof redirect> {
  return redirect(path, { headers: { 'Set-Cookie': cookieFor(path, encodeURIComponent(message), SECONDS) } });
}

/** Leads to a page after a success: what was refused there moments ago is not said any more. */
export function redirectDone(path: string): ReturnType<typeof redirect> {
  return redirect(path, { headers: { 'Set-Cookie': cookieFor(path, '', 0) } });
}

function cookieFor(path: string, value: string, seconds: number): string {
  return `${NAME}=${value}; Path=${path.split(/[?#]/, 1)[0]}; Max-Age=${seconds}; HttpOnly; SameSite=Strict`;
}

/** What the answer before had to say on this page, or null. */
export function readNotice(request: Request): string | null {
  for (const part of (request.headers.get('Cookie') ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === NAME && value) return decode(value);
  }
  return null;
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
