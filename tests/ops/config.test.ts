import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect, parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig, requireDatabaseUrl } from '../../server/kernel/config.ts';
import { settingNames } from '../../server/kernel/settings.ts';

const key = (bytes = 32) => randomBytes(bytes).toString('base64');

function issuesOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
    throw error;
  }
  return [];
}

describe('without any setting', () => {
  const config = loadConfig({});

  test('the database is the embedded one and every platform is off', () => {
    const { database, meta, google, tiktok, phyllo, bigquery, mailIn, s3, fxRatesUrl } = config;
    expect([database, meta, google, tiktok, phyllo, bigquery, mailIn, s3, fxRatesUrl]).toEqual(
      Array(9).fill(null),
    );
  });

  test('web listens on the loopback at 3000 and the sandbox at 4010', () => {
    expect(config.web).toEqual({ port: 3000, host: '127.0.0.1', appUrl: 'http://localhost:3000' });
    expect(config.sandbox.port).toBe(4010);
  });

  test('the data folder is .data in the folder of the command', () => {
    expect(config.dataDirectory).toBe(path.resolve('.data'));
  });
});

describe('a wrong setting', () => {
  test.each([
    ['PORT', 'eighty'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['SANDBOX_PORT', '4010.5'],
    ['MAIL_IN_PORT', 'smtp'],
    ['APP_URL', 'crm.example.com'],
    ['APP_URL', 'https://crm.example.com/path'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'mysql://root@localhost/x'],
    ['DATABASE_OWNER_URL', 'localhost'],
    ['META_API_VERSION', '26'],
    ['GOOGLE_ADS_DAILY_OPERATIONS', 'unlimited'],
    ['GOOGLE_ADS_DAILY_OPERATIONS', '0'],
    ['META_GRAPH_URL', 'graph.facebook.com'],
    ['PHYLLO_ENVIRONMENT', 'live'],
    ['BIGQUERY_SYNC_SCHEDULE', 'every morning'],
    ['SMTP_URL', 'http://mail.example.com'],
    ['MAIL_FROM', 'nobody'],
    ['TOKEN_ENCRYPTION_KEYS', 'no-colon'],
    ['TOKEN_ENCRYPTION_KEYS', `a:${key(16)}`],
    ['TOKEN_ENCRYPTION_KEYS', `a:${key()},a:${key()}`],
    ['TOKEN_ENCRYPTION_KEYS', `:${key()}`],
    ['GCP_SERVICE_ACCOUNT_KEY', '{"type":"service_account"}'],
  ])('%s=%s is refused by its name', (name, value) => {
    expect(issuesOf({ [name]: value })).toEqual(
      expect.arrayContaining([expect.stringMatching(new RegExp(`^${name} must `))]),
    );
  });

  test('is named together with every other wrong one', () => {
    const issues = issuesOf({ PORT: 'x', LOG_LEVEL: 'y', META_APP_ID: '1' });
    expect(issues.map((issue) => issue.split(' ')[0])).toEqual(['PORT', 'LOG_LEVEL', 'META_APP_SECRET']);
  });

  test('that may hold a password is not repeated', () => {
    const issues = issuesOf({
      DATABASE_URL: 'mysql://root:hunter2@localhost/x',
      TOKEN_ENCRYPTION_KEYS: 'hunter2',
    });
    expect(issues).toHaveLength(2);
    expect(issues.join()).not.toContain('hunter2');
  });
});

describe('a group', () => {
  test.each([
    ['META_APP_ID', 'META_APP_SECRET'],
    ['GOOGLE_ADS_CLIENT_ID', 'GOOGLE_ADS_CLIENT_SECRET'],
    ['TIKTOK_APP_SECRET', 'TIKTOK_APP_ID'],
    ['PHYLLO_CLIENT_ID', 'PHYLLO_CLIENT_SECRET'],
    ['GCP_PROJECT_ID', 'GCP_SERVICE_ACCOUNT_KEY'],
    ['MAIL_IN_HOST', 'MAIL_IN_DOMAIN'],
    ['S3_BUCKET', 'S3_ACCESS_KEY_ID'],
  ])('with %s alone is refused and names %s', (given, missing) => {
    expect(issuesOf({ [given]: 'given' })).toContainEqual(
      expect.stringMatching(new RegExp(`^${missing} is missing`)),
    );
  });

  test('with its credentials takes its platform’s own addresses', () => {
    const { meta } = loadConfig({ META_APP_ID: '1', META_APP_SECRET: 'canary' });
    expect(meta).toMatchObject({
      appId: '1',
      apiVersion: 'v26.0',
      graphUrl: 'https://graph.facebook.com',
      dialogUrl: 'https://www.facebook.com',
    });
    expect(meta?.appSecret.reveal()).toBe('canary');
  });

  test('of Google Ads needs no developer token, and takes one', () => {
    const given = { GOOGLE_ADS_CLIENT_ID: '1', GOOGLE_ADS_CLIENT_SECRET: 's' };
    expect(loadConfig(given).google).toMatchObject({ developerToken: null, dailyOperations: 15_000 });
    const { google } = loadConfig({ ...given, GOOGLE_ADS_DEVELOPER_TOKEN: 'canary' });
    expect(google?.developerToken?.reveal()).toBe('canary');
  });

  test('with addresses alone is off', () => {
    expect(loadConfig({ META_GRAPH_URL: 'http://127.0.0.1:4010/' }).meta).toBeNull();
  });
});

test('an empty setting counts as unset', () => {
  expect(loadConfig({ PORT: '', DATABASE_URL: ' ', META_APP_ID: '' })).toEqual(loadConfig({}));
});

test('a secret is not printed with the settings', () => {
  const config = loadConfig({ META_APP_ID: '1', META_APP_SECRET: 'canary', METRICS_TOKEN: 'canary' });
  expect(inspect(config, { depth: 9 }) + JSON.stringify(config)).not.toContain('canary');
});

test('keys are read in their order, the first first', () => {
  const [first, second] = [key(), key()];
  const { tokenEncryptionKeys } = loadConfig({ TOKEN_ENCRYPTION_KEYS: `2026:${first}, 2025:${second}` });
  expect(tokenEncryptionKeys.map(({ id, key: bytes }) => [id, bytes.toString('base64')])).toEqual([
    ['2026', first],
    ['2025', second],
  ]);
});

test('each kind of process is told which database setting it lacks', () => {
  const config = loadConfig({ DATABASE_URL: 'postgres://spokestack_app@localhost/spokestack' });
  expect(requireDatabaseUrl(config, 'web')).toBe('postgres://spokestack_app@localhost/spokestack');
  expect(() => requireDatabaseUrl(config, 'jobs')).toThrow('DATABASE_JOBS_URL');
  expect(() => requireDatabaseUrl(config, 'owner')).toThrow('DATABASE_OWNER_URL');
});

test('.env.example lists every setting and no other, and its values are the defaults', () => {
  const example = parseEnv(readFileSync('.env.example', 'utf8'));
  expect(Object.keys(example).sort()).toEqual([...settingNames].sort());
  expect(loadConfig(example as Record<string, string>)).toEqual(loadConfig({}));
});
