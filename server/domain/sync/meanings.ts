import type { AdPlatformId } from '../../integrations/ad-platform.ts';
import type { ErrorMeaning } from './schema.ts';

const busy: ErrorMeaning = {
  what: 'The platform limits how often it may be asked, and that limit was reached.',
  whatToDo: 'Nothing: the run goes on by itself as soon as the platform allows.',
};
const trouble: ErrorMeaning = {
  what: 'The platform failed on its own side while it answered.',
  whatToDo:
    'Nothing for now: it is tried again by itself. If it lasts for hours, look at the platform’s status page.',
};
const tooMuch: ErrorMeaning = {
  what: 'The platform could not put together so many figures at once.',
  whatToDo: 'Nothing: it is asked for less at a time. If it fails all the same, pull a shorter range.',
  help: 'range',
};
const dead: ErrorMeaning = {
  what: 'The access that somebody gave to the platform is no longer valid: it ran out, was withdrawn, or ended with a new password.',
  whatToDo:
    'Connect the platform again under Ad accounts, or send the person who owns the access a reconnect link.',
  help: 'reconnect',
};
const noAccess: ErrorMeaning = {
  what: 'The person whose access is used may not read this ad account, or the account is no longer there.',
  whatToDo: 'Have the account shared with that person at the platform, then connect again.',
  help: 'reconnect',
};
const disabled: ErrorMeaning = {
  what: 'The account is cancelled or not yet set up at the platform, which gives no figures of it.',
  whatToDo: 'Reactivate it at the platform, or archive the ad account here.',
};
const refused: ErrorMeaning = {
  what: 'The platform did not accept the question itself.',
  whatToDo: 'Tell your administrator: SpokeStack or its settings have to change.',
};
const oldVersion: ErrorMeaning = {
  what: 'The platform no longer serves the version of its interface that is set here.',
  whatToDo: 'Your administrator sets a newer version of the platform’s API.',
  help: 'settings',
};
const project: ErrorMeaning = {
  what: 'The platform does not let this installation read accounts.',
  whatToDo: 'Your administrator checks the platform’s credentials and what they are approved for.',
  help: 'settings',
};
const blocked: ErrorMeaning = {
  what: 'The platform has blocked these questions for now.',
  whatToDo: 'Look for a notice on the account’s quality page at the platform; then sync again.',
};

const noReport: ErrorMeaning = {
  what: 'The platform was asked for a report and did not make it, or lost it again.',
  whatToDo:
    'Nothing for now: it is asked for again, and for fewer days at a time. If it lasts, pull a shorter range.',
  help: 'range',
};

const outOfRange: ErrorMeaning = {
  what: 'The platform keeps no figures of the days that were asked for.',
  whatToDo: 'Pull a range that is not older than what the platform keeps, and not in the future.',
  help: 'range',
};

/** Codes of our own, the same for every platform. */
const OURS: Readonly<Record<string, ErrorMeaning>> = {
  pace: busy,
  timeout: trouble,
  network: {
    what: 'The platform could not be reached over the network.',
    whatToDo:
      'Nothing for now: it is tried again by itself. If every platform fails, the server’s connection is down.',
  },
  broken_answer: trouble,
  too_large: tooMuch,
  basis_changed: {
    what: 'The platform now keeps this account in another currency or time zone than its figures here are in.',
    whatToDo:
      'Ask at the platform whether that is meant. Figures of two currencies or time zones must not mix, so none are fetched until it is clear.',
  },
  circuit: {
    what: 'The platform failed several times in a row, so it is left alone for a minute.',
    whatToDo: 'Nothing: it is tried again by itself.',
  },
  report_pending: {
    what: 'The platform is still putting the report together.',
    whatToDo: 'Nothing: the same report is asked for again by itself.',
  },
  report_failed: noReport,
  report_stuck: noReport,
  report_skipped: noReport,
  report_gone: noReport,
  report_stale: noReport,
  lost_place: trouble,
  moving_list: {
    what: 'The platform’s list changed each time while it was read, so that it was never whole.',
    whatToDo: 'Nothing: it is read again by itself.',
  },
  contract: {
    what: 'The platform answered in a form that SpokeStack does not know, so that nothing of it was stored.',
    whatToDo: 'Tell your administrator: the platform may have changed its interface.',
  },
  platform_off: {
    what: 'This installation has no credentials for the platform.',
    whatToDo: 'Your administrator sets the platform up again.',
    help: 'settings',
  },
  inactive: { what: 'The ad account is archived here.', whatToDo: 'Restore it to have it synced again.' },
  time_zone: {
    what: 'The account’s days are of a time zone that this server does not know.',
    whatToDo: 'Tell your administrator: the server’s time zone data may be old.',
  },
  basis: {
    what: 'The account’s currency or time zone changed at the platform, and old and new figures must not mix.',
    whatToDo: 'Archive this ad account; take the changed one into use as a new one.',
  },
  not_connected: dead,
  refreshing: {
    what: 'The access to the platform runs out and is being renewed.',
    whatToDo: 'Nothing: the run goes on by itself once it is.',
  },
  access_outlived: {
    what: 'Reading took longer than an access to the platform lasts.',
    whatToDo: 'Nothing: it is tried again by itself. If it fails all the same, pull a shorter range.',
    help: 'range',
  },
  disconnected: {
    what: 'Somebody disconnected the platform here.',
    whatToDo: 'Connect it again to go on; the figures of before are kept.',
    help: 'reconnect',
  },
  sealed: {
    what: 'The stored access cannot be opened with the encryption keys that are set.',
    whatToDo: 'Connect again, or have your administrator restore TOKEN_ENCRYPTION_KEYS.',
    help: 'reconnect',
  },
  window: outOfRange,
  internal: {
    what: 'Something went wrong in SpokeStack itself.',
    whatToDo:
      'Nothing for now: it is tried again by itself. If it lasts, tell your administrator the run’s address.',
  },
  given_up: {
    what: 'The run was begun again and again and never got further.',
    whatToDo: 'Sync once more; if it ends so again, tell your administrator the run’s address.',
  },
};

type Rule = readonly [RegExp, ErrorMeaning];

/** Codes of the vendors; the first that fits. */
const VENDORS: Readonly<Partial<Record<AdPlatformId, readonly Rule[]>>> = {
  META: [
    [/^(2\/1504038|100\/1504018|100\/1487534|-3\/1504045)$/, tooMuch],
    [/^2\/150404[12]$/, refused],
    [/^(368|.*\/1404078|.*\/2859015|613\/1487632|613\/1487225)(\/|$)/, blocked],
    [/^(4|17|32|341|613|800\d\d)(\/|$)/, busy],
    [/^(102|190)(\/|$)/, dead],
    [/^(10|2\d\d)(\/|$)|^100\/(3191001|33)$/, noAccess],
    [/^2635(\/|$)/, oldVersion],
    [/^(1|2|960|-2)(\/|$)|\/99$/, trouble],
    [/^\d+(\/|$)/, refused],
  ],
  GOOGLE: [
    [/^(invalid_grant|authenticationError\.(OAUTH_|NOT_ADS_USER|GOOGLE_ACCOUNT|TWO_STEP|ADVANCED))/, dead],
    [/^(UNAUTHENTICATED|http 401|invalid_token|no_refresh_token|reason\.ACCESS_TOKEN_SCOPE)/, dead],
    [/^authorizationError\.(CUSTOMER_NOT_ENABLED|INCOMPLETE_SIGNUP|MISSING_TOS)$/, disabled],
    [
      /^(authorizationError\.(USER_PERMISSION|INVALID_LOGIN|ACTION_NOT|ACCESS_DENIED|METRIC_ACCESS))/,
      noAccess,
    ],
    [/^(headerError\.INVALID_LOGIN|authenticationError\.(CUSTOMER_NOT_FOUND|CLIENT_CUSTOMER))/, noAccess],
    [/^quotaError\.ACCESS_PROHIBITED$/, project],
    [/^quotaError\./, busy],
    [/^(requestError\.UNSUPPORTED_VERSION|NOT_FOUND|http 404)$/, oldVersion],
    [/^dateRangeError\.INVALID_DATE$/, outOfRange],
    [/^internalError\.DEADLINE_EXCEEDED$/, tooMuch],
    [/^(internalError|databaseError)\b/, trouble],
    [/^(authorizationError|authenticationError|reason|invalid_client|unauthorized_client)\b/, project],
    [/^(requestError|queryError|fieldError|dateRangeError)\b/, refused],
  ],
  TIKTOK: [
    [/^(40100|40016|40133|51021)$/, busy],
    [/^4010[2456]$|^40110$/, dead],
    [/^40067$/, tooMuch],
    [/^40001$/, noAccess],
    [/^(20001|5\d{4}|60001)$/, trouble],
    [/^40\d{3}$/, refused],
  ],
};

/** What the code of a run's error means and what to do about it; null where the error itself says all there is. */
export function meaningOf(platform: AdPlatformId, code: string): ErrorMeaning | null {
  const own = OURS[code];
  if (own) return own;
  if (/^http (429)$/.test(code)) return busy;
  if (/^http 5\d\d$/.test(code)) return trouble;
  return VENDORS[platform]?.find(([pattern]) => pattern.test(code))?.[1] ?? null;
}
