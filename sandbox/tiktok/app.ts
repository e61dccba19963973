/** The one application that this stand-in knows. Neither value opens anything outside the sandbox. */
export const SANDBOX_TIKTOK_APP_ID = '7398120000000000417';
export const SANDBOX_TIKTOK_APP_SECRET = '5a4db0c7157045a4db0c7157045a4db0c7157045';
export const SANDBOX_TIKTOK_APP_NAME = 'SpokeStack (sandbox)';

/** Calls a second that an application has at first. Source: API for Business, rate limits; code 40100. */
export const CALLS_PER_SECOND = 10;
