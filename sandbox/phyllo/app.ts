/** The one pair of credentials that this stand-in knows. Neither value opens anything outside the sandbox. */
export const SANDBOX_PHYLLO_CLIENT_ID = '5a4db0c7-1570-45a4-8db0-c7157045a4db';
export const SANDBOX_PHYLLO_CLIENT_SECRET = 'c7157045-a4db-40c7-9570-45a4db0c7157';
/** As the Connect SDK is told: it must be the one that made the token. */
export const SANDBOX_PHYLLO_ENVIRONMENT = 'sandbox';
