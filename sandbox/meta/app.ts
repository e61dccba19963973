/** The one application that this stand-in knows. Neither value opens anything outside the sandbox. */
export const SANDBOX_META_APP_ID = '841200000000417';
export const SANDBOX_META_APP_SECRET = '5a4db0c5a4db0c5a4db0c5a4db0c5a4d';
/** What Meta says at its webhook handshake. */
export const SANDBOX_META_VERIFY_TOKEN = 'spokestack-sandbox-handshake';
export const SANDBOX_META_APP_NAME = 'SpokeStack (sandbox)';

/** The version that answers are labelled with when the caller names none. */
export const NEWEST_VERSION = 'v26.0';
