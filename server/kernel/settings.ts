import { z } from 'zod';
import { Secret, type VaultKey } from './crypto.ts';

const text = z.string().optional();
const secret = z.string().transform((value) => new Secret(value));
const url = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((value) => value.replace(/\/+$/, ''));
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be postgres://user:password@host/database',
});
const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 1 to 65535')
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65_535, 'must be a port number from 1 to 65535');
const version = z.string().regex(/^v\d+(\.\d+)?$/, 'must be a version such as v26.0');

/** Every setting by its name: what it must look like, what it becomes, its default. */
export const settings = z.object({
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_JOBS_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  PORT: port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  APP_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address', abort: true })
    .refine((value) => ['/', ''].includes(new URL(value).pathname), 'must be an address without a path')
    .transform((value) => new URL(value).origin)
    .optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
  METRICS_TOKEN: secret.optional(),
  TOKEN_ENCRYPTION_KEYS: z.string().transform(parseKeys).default([]),
  PHYLLO_CLIENT_ID: text,
  PHYLLO_CLIENT_SECRET: secret.optional(),
  PHYLLO_ENVIRONMENT: z
    .enum(['sandbox', 'staging', 'production'], { error: 'must be sandbox, staging or production' })
    .default('production'),
  PHYLLO_API_URL: url.optional(),
  PHYLLO_CONNECT_SCRIPT_URL: url.default('https://cdn.getphyllo.com/connect/v2/phyllo-connect.js'),
  META_APP_ID: text,
  META_APP_SECRET: secret.optional(),
  META_API_VERSION: version.default('v26.0'),
  META_GRAPH_URL: url.default('https://graph.facebook.com'),
  META_DIALOG_URL: url.default('https://www.facebook.com'),
  META_WEBHOOK_VERIFY_TOKEN: secret.optional(),
  GOOGLE_ADS_CLIENT_ID: text,
  GOOGLE_ADS_CLIENT_SECRET: secret.optional(),
  GOOGLE_ADS_DEVELOPER_TOKEN: secret.optional(),
  GOOGLE_ADS_API_VERSION: version.default('v25'),
  GOOGLE_ADS_DAILY_OPERATIONS: z
    .string()
    .regex(/^[1-9]\d{2,8}$/, 'must be a number of operations from 100 to 999999999')
    .transform(Number)
    .default(15_000),
  GOOGLE_ADS_URL: url.default('https://googleads.googleapis.com'),
  GOOGLE_AUTH_URL: url.default('https://accounts.google.com/o/oauth2/v2/auth'),
  GOOGLE_TOKEN_URL: url.default('https://oauth2.googleapis.com/token'),
  GOOGLE_REVOKE_URL: url.default('https://oauth2.googleapis.com/revoke'),
  TIKTOK_APP_ID: text,
  TIKTOK_APP_SECRET: secret.optional(),
  TIKTOK_API_VERSION: version.default('v1.3'),
  TIKTOK_API_URL: url.default('https://business-api.tiktok.com'),
  TIKTOK_AUTH_URL: url.default('https://business-api.tiktok.com/portal/auth'),
  GCP_PROJECT_ID: text,
  GCP_SERVICE_ACCOUNT_KEY: z
    .string()
    .refine(
      isServiceAccountKey,
      'must be the service account key file as JSON, with client_email and private_key',
    )
    .transform((value) => new Secret(value))
    .optional(),
  BIGQUERY_DATASET: z.string().regex(/^\w+$/, 'must be letters, digits and _').default('campaign_metrics'),
  BIGQUERY_API_ENDPOINT: url.optional(),
  BIGQUERY_SYNC_SCHEDULE: z
    .string()
    .regex(/^[\d*,/-]+(\s+[\d*,/-]+){4}$/, 'must be a cron line of five fields, such as 0 6 * * *')
    .default('0 6 * * *'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be smtp://user:password@host:port' })
    .transform((value) => new Secret(value))
    .optional(),
  MAIL_FROM: z.string().regex(/@/, 'must hold a mail address').default('SpokeStack <no-reply@localhost>'),
  MAIL_IN_HOST: text,
  MAIL_IN_PORT: port.default(2525),
  MAIL_IN_DOMAIN: text,
  FX_RATES_URL: url.optional(),
  S3_ENDPOINT: url.optional(),
  S3_BUCKET: text,
  S3_ACCESS_KEY_ID: text,
  S3_SECRET_ACCESS_KEY: secret.optional(),
  SANDBOX_PORT: port.default(4010),
  SPOKESTACK_DATA_DIR: z.string().default('.data'),
});
export type Settings = z.infer<typeof settings>;
type SettingName = keyof Settings;

/** The names of all settings; .env.example lists each. */
export const settingNames: readonly SettingName[] = Object.keys(settings.shape) as SettingName[];

/** The settings without which a group does nothing: all or none. The others of the group have defaults. */
export const groups: readonly (readonly SettingName[])[] = [
  ['META_APP_ID', 'META_APP_SECRET'],
  ['GOOGLE_ADS_CLIENT_ID', 'GOOGLE_ADS_CLIENT_SECRET'],
  ['TIKTOK_APP_ID', 'TIKTOK_APP_SECRET'],
  ['PHYLLO_CLIENT_ID', 'PHYLLO_CLIENT_SECRET'],
  ['GCP_PROJECT_ID', 'GCP_SERVICE_ACCOUNT_KEY'],
  ['MAIL_IN_HOST', 'MAIL_IN_DOMAIN'],
  ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
];

function parseKeys(value: string, context: z.RefinementCtx): VaultKey[] {
  const keys = value.split(',').map((entry) => {
    const [id = '', encoded = ''] = entry.trim().split(/:(.*)/s);
    return { id, key: Buffer.from(encoded, 'base64') };
  });
  const isValid = keys.every(({ id, key }) => id !== '' && key.length === 32);
  if (!isValid || new Set(keys.map(({ id }) => id)).size !== keys.length) {
    context.addIssue({
      code: 'custom',
      message:
        'must be id:base64[,id:base64…] with ids that differ and keys of 32 bytes (openssl rand -base64 32)',
    });
  }
  return keys;
}

function isServiceAccountKey(value: string): boolean {
  try {
    const key: unknown = JSON.parse(value);
    return z.object({ client_email: z.string(), private_key: z.string() }).safeParse(key).success;
  } catch {
    return false;
  }
}
