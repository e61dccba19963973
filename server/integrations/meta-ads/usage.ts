import { z } from 'zod';

/**
 * Meta tells in headers how much of a limit is used, and never sends Retry-After. Percentages throughout; the account's
 * reset comes in seconds, a business use case's regain in minutes. Source: Marketing API rate limiting.
 */
const percent = z.number().optional().catch(undefined);
const appUsage = z.looseObject({ call_count: percent, total_time: percent, total_cputime: percent });
const accountUsage = z.looseObject({ acc_id_util_pct: percent, reset_time_duration: percent });
const businessUsage = z.record(
  z.string(),
  z.array(z.looseObject({ ...appUsage.shape, estimated_time_to_regain_access: percent })),
);
const insightsUsage = z.looseObject({ app_id_util_pct: percent, acc_id_util_pct: percent });

const NEARLY_ALL_PERCENT = 95;
const LEAST_PAUSE_MS = 60_000;

/** How long until the limit lifts, in ms, where an answer says so. */
export function regainMs(headers: Headers): number | null {
  const account = readHeader(headers, 'x-ad-account-usage', accountUsage);
  const waitMs = Math.max(businessRegainMs(headers), (account?.reset_time_duration ?? 0) * 1000);
  return waitMs > 0 ? waitMs : null;
}

function businessRegainMs(headers: Headers): number {
  const minutes = businessUses(headers).map((use) => use.estimated_time_to_regain_access ?? 0);
  return Math.max(0, ...minutes) * 60_000;
}

function businessUses(headers: Headers) {
  return Object.values(readHeader(headers, 'x-business-use-case-usage', businessUsage) ?? {}).flat();
}

/** How long the next call must wait, in ms: at least a minute once a limit is nearly used up. */
export function pauseMs(headers: Headers): number {
  if (mostUsedPercent(headers) < NEARLY_ALL_PERCENT && businessRegainMs(headers) === 0) return 0;
  return Math.max(LEAST_PAUSE_MS, regainMs(headers) ?? 0);
}

function mostUsedPercent(headers: Headers): number {
  const app = readHeader(headers, 'x-app-usage', appUsage);
  const account = readHeader(headers, 'x-ad-account-usage', accountUsage);
  const insights = readHeader(headers, 'x-fb-ads-insights-throttle', insightsUsage);
  const shares = [app, ...businessUses(headers)].flatMap((use) => [
    use?.call_count,
    use?.total_time,
    use?.total_cputime,
  ]);
  const others = [account?.acc_id_util_pct, insights?.acc_id_util_pct, insights?.app_id_util_pct];
  return Math.max(0, ...[...shares, ...others].map((value) => value ?? 0));
}

/** A header that is no JSON says nothing: it must not fail an answer that is good. */
function readHeader<T>(headers: Headers, name: string, schema: z.ZodType<T>): T | null {
  const text = headers.get(name);
  if (text === null) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
