import type { HttpAnswer } from '../http.ts';
import { contractError, PlatformError, type PlatformErrorDetail } from '../errors.ts';
import { failureWire } from './wire.ts';

const SLOWER = 'Phyllo asked us to slow down. We go on by ourselves as soon as it allows.';
const AGAIN = 'Phyllo had trouble answering. We try again by ourselves.';
const GONE =
  'Phyllo does not know this account any more. Ask the creator to connect it again; the figures so far are kept.';
const ENDED =
  'The creator’s access at the network has ended. Ask them to connect the account again; the figures so far are kept.';
const CREDENTIALS =
  'Phyllo does not accept this installation’s credentials. An administrator checks PHYLLO_CLIENT_ID and PHYLLO_CLIENT_SECRET, and that PHYLLO_ENVIRONMENT and PHYLLO_API_URL are the ones that they belong to.';
const FORBIDDEN =
  'Phyllo’s plan of this installation does not allow this. An administrator asks Phyllo to turn it on.';
const OURS =
  'Phyllo refused the request. This needs a change in SpokeStack or its settings; tell your administrator.';

/** Without a header that says how long: Phyllo documents none. */
const SLOW_DOWN_MS = 60_000;

/**
 * The error that an answer means, or null. Source: Phyllo's API errors; live answers carry `code` where the reference
 * has `error_code`.
 */
export function classifyPhyllo({ status, headers, body }: HttpAnswer): PlatformError | null {
  if (status < 400) return null;
  const parsed = failureWire.safeParse(body);
  const { type = '', code, error_code, message } = parsed.success ? parsed.data.error : {};
  const named = code ?? error_code ?? type;
  const verdict = judge(status, { named, type, headers });
  if (verdict === null) return contractError('Phyllo', 'status', `${status} without an error object`);
  return new PlatformError({ ...verdict, code: named || `http ${status}`, vendorMessage: message });
}

type Verdict = Pick<PlatformErrorDetail, 'kind' | 'message' | 'retryAfterMs' | 'isApplicationWide' | 'grant'>;

interface Told {
  named: string;
  type: string;
  headers: Headers;
}

function judge(status: number, { named, type, headers }: Told): Verdict | null {
  if (status === 401) return { kind: 'stop', message: CREDENTIALS };
  if (status === 403) return { kind: 'stop', message: FORBIDDEN };
  if (status === 429)
    return {
      kind: 'retry',
      message: SLOWER,
      retryAfterMs: waitOf(headers) ?? SLOW_DOWN_MS,
      isApplicationWide: true,
    };
  if (status >= 500) return { kind: 'retry', message: AGAIN };
  if (/session_expired/i.test(named)) return { kind: 'reauthorize', message: ENDED, grant: 'EXPIRED' };
  if (/not_connected|disconnected/i.test(named))
    return { kind: 'reauthorize', message: ENDED, grant: 'REVOKED' };
  if (status === 404 && (type !== '' || named !== '')) return { kind: 'skip', message: GONE };
  return named === '' ? null : { kind: 'stop', message: OURS };
}

/** Retry-After in ms; null where it is not there or no number of seconds. */
function waitOf(headers: Headers): number | null {
  const seconds = headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : null;
}

/** A network that does not tell it, rather than an account that is gone. */
export function isUntold(error: unknown): boolean {
  if (!(error instanceof PlatformError)) return false;
  if (/not_supported|unsupported/i.test(error.code)) return true;
  return error.kind === 'skip' && !/account/i.test(error.code);
}
