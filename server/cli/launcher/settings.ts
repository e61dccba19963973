import { SANDBOX_GOOGLE_CLIENT_ID, SANDBOX_GOOGLE_CLIENT_SECRET } from '../../../sandbox/google/app.ts';
import {
  SANDBOX_META_APP_ID,
  SANDBOX_META_APP_SECRET,
  SANDBOX_META_VERIFY_TOKEN,
} from '../../../sandbox/meta/app.ts';
import {
  SANDBOX_PHYLLO_CLIENT_ID,
  SANDBOX_PHYLLO_CLIENT_SECRET,
  SANDBOX_PHYLLO_ENVIRONMENT,
} from '../../../sandbox/phyllo/app.ts';
import { SANDBOX_TIKTOK_APP_ID, SANDBOX_TIKTOK_APP_SECRET } from '../../../sandbox/tiktok/app.ts';
import { childEnvironment, loadConfig, type Config } from '../../kernel/config.ts';
import { embeddedTokenKeys } from './token-keys.ts';

/** Changes to the environment, by setting. An empty one unsets what the process itself was given. */
export type Settings = Record<string, string>;

/** The addresses of the product's database by role, wherever it runs. */
export type DatabaseAddresses = { url: string; jobsUrl: string; ownerUrl: string | null };

/** Whether the platforms' stand-in takes their place: it does when none has credentials. */
export function needsSandbox(config: Config): boolean {
  return [config.meta, config.google, config.tiktok, config.phyllo, config.bigquery].every(
    (group) => group === null,
  );
}

/** What all parts of one product share beside its database: keys, folder, and the sandbox where it stands in. */
export function sharedSettings(config: Config, sandboxUrl: string | null): Settings {
  return {
    SPOKESTACK_DATA_DIR: config.dataDirectory,
    ...(config.tokenEncryptionKeys.length === 0 && config.database === null
      ? { TOKEN_ENCRYPTION_KEYS: embeddedTokenKeys(config.dataDirectory) }
      : {}),
    ...(sandboxUrl === null ? {} : sandboxSettings(config, sandboxUrl)),
  };
}

/** The database settings of a process that connects as the named roles alone. */
export function databaseSettings(
  addresses: DatabaseAddresses,
  roles: readonly ('web' | 'jobs' | 'owner')[],
): Settings {
  return {
    DATABASE_URL: roles.includes('web') ? addresses.url : '',
    DATABASE_JOBS_URL: roles.includes('jobs') ? addresses.jobsUrl : '',
    DATABASE_OWNER_URL: roles.includes('owner') ? (addresses.ownerUrl ?? '') : '',
  };
}

/** The settings as a process that is started with `changes` will read them. */
export function configWith(changes: Settings): Config {
  return loadConfig(childEnvironment(changes));
}

/** Every platform that the sandbox has a stand-in for is turned on, at its addresses there. */
export function sandboxSettings(config: Config, sandboxUrl: string): Settings {
  return {
    META_APP_ID: SANDBOX_META_APP_ID,
    META_APP_SECRET: SANDBOX_META_APP_SECRET,
    META_WEBHOOK_VERIFY_TOKEN: SANDBOX_META_VERIFY_TOKEN,
    META_GRAPH_URL: sandboxUrl,
    META_DIALOG_URL: sandboxUrl,
    GOOGLE_ADS_CLIENT_ID: SANDBOX_GOOGLE_CLIENT_ID,
    GOOGLE_ADS_CLIENT_SECRET: SANDBOX_GOOGLE_CLIENT_SECRET,
    GOOGLE_ADS_URL: sandboxUrl,
    GOOGLE_AUTH_URL: `${sandboxUrl}/o/oauth2/v2/auth`,
    GOOGLE_TOKEN_URL: `${sandboxUrl}/google/token`,
    GOOGLE_REVOKE_URL: `${sandboxUrl}/google/revoke`,
    TIKTOK_APP_ID: SANDBOX_TIKTOK_APP_ID,
    TIKTOK_APP_SECRET: SANDBOX_TIKTOK_APP_SECRET,
    TIKTOK_API_URL: sandboxUrl,
    TIKTOK_AUTH_URL: `${sandboxUrl}/portal/auth`,
    PHYLLO_CLIENT_ID: SANDBOX_PHYLLO_CLIENT_ID,
    PHYLLO_CLIENT_SECRET: SANDBOX_PHYLLO_CLIENT_SECRET,
    PHYLLO_ENVIRONMENT: SANDBOX_PHYLLO_ENVIRONMENT,
    PHYLLO_API_URL: sandboxUrl,
    PHYLLO_CONNECT_SCRIPT_URL: `${sandboxUrl}/connect/v2/phyllo-connect.js`,
    FX_RATES_URL: config.fxRatesUrl ?? `${sandboxUrl}/fx/eurofxref.xml`,
  };
}
