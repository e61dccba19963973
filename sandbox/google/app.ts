/** The one OAuth client that this stand-in knows. Neither value opens anything outside the sandbox. */
export const SANDBOX_GOOGLE_CLIENT_ID =
  '417000000000-sandboxsandboxsandboxsandboxsand.apps.googleusercontent.com';
export const SANDBOX_GOOGLE_CLIENT_SECRET = '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';
export const SANDBOX_GOOGLE_APP_NAME = 'SpokeStack (sandbox)';

/** The versions that answer. Sources: Google Ads API, sunset dates; v22 ended on 2026-10-07. */
export const OLDEST_VERSION = 23;
export const NEWEST_VERSION = 26;

/** Google gives 10,000 rows a page. Here are fewer, so that the questions of a small world have pages too. */
export const ROWS_PER_PAGE = 100;
export const ROWS_PER_BATCH = 60;
