import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { type z } from 'zod';
import { type Secret, type VaultKey } from './crypto.ts';
import { type LogLevel } from './log.ts';
import { groups, settingNames, settings, type Settings } from './settings.ts';

/** Settings that are wrong, each named with what to do. Commands print `message` and exit 1. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly issues: readonly string[];

  constructor(issues: readonly string[]) {
    super(`The settings are wrong:\n${issues.map((issue) => `  ${issue}`).join('\n')}`);
    this.issues = issues;
  }
}

/** Addresses of an outside PostgreSQL; each process needs its own role's alone. */
export type DatabaseConfig = { url: string | null; jobsUrl: string | null; ownerUrl: string | null };
export type MetaConfig = {
  appId: string;
  appSecret: Secret;
  apiVersion: string;
  graphUrl: string;
  dialogUrl: string;
  webhookVerifyToken: Secret | null;
};
export type GoogleConfig = {
  clientId: string;
  clientSecret: Secret;
  /** null: none is sent. Google ignores it since September 2026, when access moved to the Cloud project. */
  developerToken: Secret | null;
  /** How many operations a day Google grants the project. */
  dailyOperations: number;
  apiVersion: string;
  adsUrl: string;
  authUrl: string;
  tokenUrl: string;
  revokeUrl: string;
};
export type TiktokConfig = {
  appId: string;
  appSecret: Secret;
  apiVersion: string;
  apiUrl: string;
  authUrl: string;
};
export type PhylloConfig = {
  clientId: string;
  clientSecret: Secret;
  environment: 'sandbox' | 'staging' | 'production';
  apiUrl: string;
  connectScriptUrl: string;
};
export type BigqueryConfig = {
  projectId: string;
  /** The service account's key file as JSON. */
  serviceAccountKey: Secret;
  dataset: string;
  apiEndpoint: string | null;
  syncSchedule: string;
};
export type Config = {
  /** Absolute path of the data folder. */
  dataDirectory: string;
  /** null: none is set, the embedded PostgreSQL serves. */
  database: DatabaseConfig | null;
  web: { port: number; host: string; appUrl: string };
  logLevel: LogLevel;
  metricsToken: Secret | null;
  /** The first encrypts, all decrypt; empty when unset. */
  tokenEncryptionKeys: VaultKey[];
  meta: MetaConfig | null;
  google: GoogleConfig | null;
  tiktok: TiktokConfig | null;
  phyllo: PhylloConfig | null;
  bigquery: BigqueryConfig | null;
  smtp: { url: Secret | null; from: string };
  mailIn: { host: string; port: number; domain: string } | null;
  fxRatesUrl: string | null;
  s3: { endpoint: string; bucket: string; accessKeyId: string; secretAccessKey: Secret } | null;
  sandbox: { port: number };
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads every setting once, from the environment and, beneath it, from the file .env of the folder the command
 * runs in. An empty setting counts as unset. Throws ConfigError that lists all wrong settings by name.
 */
export function loadConfig(env: Environment = environment()): Config {
  const given = Object.fromEntries(settingNames.map((name) => [name, env[name]?.trim() || undefined]));
  const parsed = settings.safeParse(given);
  const issues = [...(parsed.success ? [] : explain(parsed.error, given)), ...partialGroups(given)];
  if (!parsed.success || issues.length > 0) throw new ConfigError(issues);
  return toConfig(parsed.data);
}

/** This process's environment with `changes` over it, for a process that it starts. An empty change unsets. */
export function childEnvironment(changes: Environment): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

function environment(): Environment {
  return { ...(existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {}), ...process.env };
}

/** The address that this kind of process connects to, or a ConfigError that names the setting it lacks. */
export function requireDatabaseUrl(config: Config, role: 'web' | 'jobs' | 'owner'): string {
  const [name, value] = {
    web: ['DATABASE_URL', config.database?.url],
    jobs: ['DATABASE_JOBS_URL', config.database?.jobsUrl],
    owner: ['DATABASE_OWNER_URL', config.database?.ownerUrl],
  }[role] as [string, string | null | undefined];
  if (value) return value;
  throw new ConfigError([
    `${name} is not set: give the address of the ${role}'s database role, or use npm start.`,
  ]);
}

function explain(error: z.ZodError, given: Environment): string[] {
  return error.issues.map((issue) => {
    const name = String(issue.path[0]);
    // Addresses may carry a password and keys are secrets: those are not repeated.
    const shown = /SECRET|TOKEN|KEY|URL/.test(name) ? '' : ` (it is "${given[name]}")`;
    return `${name} ${issue.message}${shown}`;
  });
}

function partialGroups(given: Environment): string[] {
  return groups.flatMap((group) => {
    const missing = group.filter((name) => !given[name]);
    if (missing.length === 0 || missing.length === group.length) return [];
    const present = group.filter((name) => given[name]);
    return missing.map((name) => `${name} is missing: ${present.join(', ')} would do nothing without it`);
  });
}

function toConfig(s: Settings): Config {
  const hasDatabase = s.DATABASE_URL ?? s.DATABASE_JOBS_URL ?? s.DATABASE_OWNER_URL;
  return {
    dataDirectory: path.resolve(s.SPOKESTACK_DATA_DIR),
    database: hasDatabase
      ? {
          url: s.DATABASE_URL ?? null,
          jobsUrl: s.DATABASE_JOBS_URL ?? null,
          ownerUrl: s.DATABASE_OWNER_URL ?? null,
        }
      : null,
    web: { port: s.PORT, host: s.HOST, appUrl: s.APP_URL ?? `http://localhost:${s.PORT}` },
    logLevel: s.LOG_LEVEL,
    metricsToken: s.METRICS_TOKEN ?? null,
    tokenEncryptionKeys: s.TOKEN_ENCRYPTION_KEYS,
    meta: metaOf(s),
    google: googleOf(s),
    tiktok: tiktokOf(s),
    phyllo: phylloOf(s),
    bigquery: bigqueryOf(s),
    smtp: { url: s.SMTP_URL ?? null, from: s.MAIL_FROM },
    mailIn:
      s.MAIL_IN_HOST && s.MAIL_IN_DOMAIN
        ? { host: s.MAIL_IN_HOST, port: s.MAIL_IN_PORT, domain: s.MAIL_IN_DOMAIN }
        : null,
    fxRatesUrl: s.FX_RATES_URL ?? null,
    s3: s3Of(s),
    sandbox: { port: s.SANDBOX_PORT },
  };
}

function metaOf(s: Settings): MetaConfig | null {
  if (!s.META_APP_ID || !s.META_APP_SECRET) return null;
  return {
    appId: s.META_APP_ID,
    appSecret: s.META_APP_SECRET,
    apiVersion: s.META_API_VERSION,
    graphUrl: s.META_GRAPH_URL,
    dialogUrl: s.META_DIALOG_URL,
    webhookVerifyToken: s.META_WEBHOOK_VERIFY_TOKEN ?? null,
  };
}

function googleOf(s: Settings): GoogleConfig | null {
  if (!s.GOOGLE_ADS_CLIENT_ID || !s.GOOGLE_ADS_CLIENT_SECRET) return null;
  return {
    clientId: s.GOOGLE_ADS_CLIENT_ID,
    clientSecret: s.GOOGLE_ADS_CLIENT_SECRET,
    developerToken: s.GOOGLE_ADS_DEVELOPER_TOKEN ?? null,
    dailyOperations: s.GOOGLE_ADS_DAILY_OPERATIONS,
    apiVersion: s.GOOGLE_ADS_API_VERSION,
    adsUrl: s.GOOGLE_ADS_URL,
    authUrl: s.GOOGLE_AUTH_URL,
    tokenUrl: s.GOOGLE_TOKEN_URL,
    revokeUrl: s.GOOGLE_REVOKE_URL,
  };
}

function tiktokOf(s: Settings): TiktokConfig | null {
  if (!s.TIKTOK_APP_ID || !s.TIKTOK_APP_SECRET) return null;
  return {
    appId: s.TIKTOK_APP_ID,
    appSecret: s.TIKTOK_APP_SECRET,
    apiVersion: s.TIKTOK_API_VERSION,
    apiUrl: s.TIKTOK_API_URL,
    authUrl: s.TIKTOK_AUTH_URL,
  };
}

function phylloOf(s: Settings): PhylloConfig | null {
  if (!s.PHYLLO_CLIENT_ID || !s.PHYLLO_CLIENT_SECRET) return null;
  const host = s.PHYLLO_ENVIRONMENT === 'production' ? 'api' : `api.${s.PHYLLO_ENVIRONMENT}`;
  return {
    clientId: s.PHYLLO_CLIENT_ID,
    clientSecret: s.PHYLLO_CLIENT_SECRET,
    environment: s.PHYLLO_ENVIRONMENT,
    apiUrl: s.PHYLLO_API_URL ?? `https://${host}.getphyllo.com`,
    connectScriptUrl: s.PHYLLO_CONNECT_SCRIPT_URL,
  };
}

function bigqueryOf(s: Settings): BigqueryConfig | null {
  if (!s.GCP_PROJECT_ID || !s.GCP_SERVICE_ACCOUNT_KEY) return null;
  return {
    projectId: s.GCP_PROJECT_ID,
    serviceAccountKey: s.GCP_SERVICE_ACCOUNT_KEY,
    dataset: s.BIGQUERY_DATASET,
    apiEndpoint: s.BIGQUERY_API_ENDPOINT ?? null,
    syncSchedule: s.BIGQUERY_SYNC_SCHEDULE,
  };
}

function s3Of(s: Settings): Config['s3'] {
  if (!s.S3_ENDPOINT || !s.S3_BUCKET || !s.S3_ACCESS_KEY_ID || !s.S3_SECRET_ACCESS_KEY) return null;
  return {
    endpoint: s.S3_ENDPOINT,
    bucket: s.S3_BUCKET,
    accessKeyId: s.S3_ACCESS_KEY_ID,
    secretAccessKey: s.S3_SECRET_ACCESS_KEY,
  };
}
