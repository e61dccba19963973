import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { findApiKeyPrincipal } from '../../server/auth/api-keys.ts';
import { verifyPassword } from '../../server/auth/passwords.ts';
import { readArguments } from '../../server/cli/admin/arguments.ts';
import { commands } from '../../server/cli/admin/commands.ts';
import { CommandError } from '../../server/cli/launcher/command.ts';
import { useTestDatabase } from '../support/database.ts';

const database = useTestDatabase();
const folder = mkdtempSync(path.join(os.tmpdir(), 'spokestack-admin-'));
// The database's user must enter it, or the database would be kept, and left, outside.
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command as a person would, with these settings and no other. */
function adminWith(settings: Readonly<Record<string, string>>, args: readonly string[]): Promise<Outcome> {
  const env = {
    NODE_ENV: 'production',
    PATH: process.env['PATH'],
    SPOKESTACK_DATA_DIR: folder,
    ...settings,
  } as const;
  return new Promise((resolve) => {
    const program = ['--import', 'tsx', 'server/cli/admin/main.ts', ...args];
    execFile(process.execPath, program, { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}

const admin = (...args: string[]) => adminWith({ DATABASE_OWNER_URL: database().ownerUrl }, args);

async function select(sql: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database().ownerUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  const made = await admin(
    ...['create-organization', '--name', 'Acme Media', '--slug', 'acme', '--owner-email', 'jo.doe@acme.test'],
    ...['--currency', 'aed', '--time-zone', 'Asia/Dubai', '--json'],
  );
  expect(made).toMatchObject({ code: 0, stderr: '' });
  owner = (JSON.parse(made.stdout) as { owner: typeof owner }).owner;
  expect(
    await admin('create-brand', '--organization', 'acme', '--name', 'Brand One', '--slug', 'one'),
  ).toMatchObject({
    code: 0,
    stdout: 'Brand Brand One (one) of Acme Media is made.\n',
  });
});
let owner: { userId: string; email: string; password: string };

test('create-organization makes an agency whose owner signs in with the printed password', async () => {
  expect(
    await select(
      `select o.type, o.reporting_currency, o.time_zone, m.role, u.name from organizations o
         join memberships m on m.organization_id = o.id join users u on u.id = m.user_id where o.slug = 'acme'`,
    ),
  ).toEqual([
    { type: 'AGENCY', reporting_currency: 'AED', time_zone: 'Asia/Dubai', role: 'OWNER', name: 'Jo Doe' },
  ]);
  const [row] = (await select('select password_hash from users where id = $1', [owner.userId])) as {
    password_hash: string;
  }[];
  expect(await verifyPassword(row?.password_hash ?? null, owner.password)).toBe(true);
});

test('create-organization refuses a slug that is taken and leaves no owner behind', async () => {
  const refused = await admin(
    ...[
      'create-organization',
      '--name',
      'Other',
      '--slug',
      'ACME'.toLowerCase(),
      '--owner-email',
      'x@other.test',
    ],
  );
  expect(refused).toEqual({
    code: 1,
    stdout: '',
    stderr: 'There is an organization with the slug acme already.\n',
  });
  expect(await select(`select 1 from users where email = 'x@other.test'`)).toEqual([]);
});

test('create-user makes an assigned member, a client of a brand, and joins a known person to a second agency', async () => {
  const member = await admin(
    ...['create-user', '--organization', 'acme', '--email', 'm@acme.test', '--role', 'MEMBER'],
    ...['--assign', 'one', '--password', 'a given password'],
  );
  expect(member).toEqual({
    code: 0,
    stderr: '',
    stdout: 'm@acme.test is MEMBER at Acme Media.\npassword: as given\n',
  });
  const client = await admin(
    ...[
      'create-user',
      '--organization',
      'acme',
      '--email',
      'c@acme.test',
      '--role',
      'VIEWER',
      '--brand',
      'one',
    ],
  );
  expect(client.stdout).toMatch(/^c@acme\.test is VIEWER at brand one of Acme Media\.\npassword: \S{16} /);

  const second = [
    'create-organization',
    '--name',
    'Second',
    '--slug',
    'second',
    '--owner-email',
    'M@acme.test',
  ];
  expect((await admin(...second)).stdout).toContain('password: the one that they have');
  expect(
    await select(
      `select o.slug, m.role, m.brand_id is not null as at_brand,
              (select count(*)::int from brand_assignments a where a.user_id = u.id) as assigned
         from memberships m join users u on u.id = m.user_id join organizations o on o.id = m.organization_id
        where u.email in ('m@acme.test', 'c@acme.test') order by u.email, o.slug`,
    ),
  ).toEqual([
    { slug: 'acme', role: 'VIEWER', at_brand: true, assigned: 0 },
    { slug: 'acme', role: 'MEMBER', at_brand: false, assigned: 1 },
    { slug: 'second', role: 'OWNER', at_brand: false, assigned: 1 },
  ]);
});

test('create-user refuses a second membership, and a password for somebody who has one', async () => {
  const again = ['create-user', '--organization', 'acme', '--email', owner.email, '--role', 'VIEWER'];
  expect(await admin(...again)).toMatchObject({
    code: 1,
    stderr: `${owner.email} is a member of this organization already.\n`,
  });
  expect(await admin(...again, '--password', 'taken over now')).toMatchObject({
    code: 1,
    stderr: `${owner.email} has a password already: leave --password out.\n`,
  });
});

test('create-api-key prints a key that opens the API and nothing else', async () => {
  const { code, stdout, stderr } = await admin('create-api-key', '--organization', 'acme', '--role', 'ADMIN');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^spk_[\w-]{43}\n$/);
  const app = openDatabase({ url: database().appUrl, name: 'test' });
  try {
    expect(await findApiKeyPrincipal(app, stdout.trim())).toMatchObject({ kind: 'API_KEY', role: 'ADMIN' });
  } finally {
    await app.close();
  }
});

test('an unknown organization, brand or database is one line and a failure', async () => {
  const key = (organization: string) => [
    ...['create-api-key', '--organization', organization, '--role', 'ADMIN', '--brand', 'none'],
  ];
  expect(await admin(...key('nowhere'))).toEqual({
    code: 1,
    stdout: '',
    stderr: 'There is no organization with the slug nowhere.\n',
  });
  expect(await admin(...key('acme'))).toMatchObject({
    code: 1,
    stderr: 'This organization has no brand with the slug none.\n',
  });
  const DATABASE_OWNER_URL = 'postgres://nobody@127.0.0.1:1/none';
  expect(await adminWith({ DATABASE_OWNER_URL }, key('acme'))).toMatchObject({
    code: 1,
    stderr: 'The database does not answer: check DATABASE_OWNER_URL and that it runs.\n',
  });
});

test('admin starts the embedded database for its own time where none is set', async () => {
  const args = [
    'create-organization',
    '--name',
    'Embedded',
    '--slug',
    'embedded',
    '--owner-email',
    'e@e.test',
  ];
  expect((await adminWith({}, args)).stdout).toContain('Agency Embedded (embedded, USD, UTC) is made.');
  expect((await adminWith({}, args)).stderr).toContain(
    'There is an organization with the slug embedded already.',
  );
});

describe('a command line', () => {
  const read = (...args: string[]) => readArguments(commands, args);
  const organization = (...changes: string[]) => [
    ...['create-organization', '--name', 'A', '--slug', 'a', '--owner-email', 'a@a.test'],
    ...changes,
  ];

  const helpful: [string[], string][] = commands.map(({ name }) => [
    [name, '--help'],
    `npm run -s admin -- ${name} `,
  ]);
  test.each<[string[], string]>([[[], 'create-organization'], [['--help'], 'create-api-key'], ...helpful])(
    '%j is answered with help',
    (args, text) => {
      expect(read(...args)).toMatchObject({ kind: 'help', text: expect.stringContaining(text) as string });
    },
  );

  test.each<[string[], string]>([
    [['no-such'], 'There is no command no-such.'],
    [['create-brand', '--organization', 's', '--name', 'n'], '--slug is missing.'],
    [['create-brand', '--bogus'], "Unknown option '--bogus'."],
    [['create-brand', 'extra'], '"extra" is one argument too many.'],
    [organization('--currency', 'XYZ'), '--currency: This is not a currency'],
    [organization('--time-zone', 'Mars/Base'), '--time-zone: This is not a time zone'],
    [organization('--time-zone', '+04:00'), '--time-zone: This is not a time zone'],
    [organization('--owner-email', 'nobody'), '--owner-email: This is not a mail address.'],
    [organization('--slug', 'No Slug'), '--slug: Use lower-case letters'],
    [organization('--name', ''), '--name: This is required.'],
    [
      ['create-user', '--organization', 's', '--email', 'a@a.test', '--role', 'BOSS'],
      '--role: This is not a role',
    ],
    [
      [
        'create-user',
        '--organization',
        's',
        '--email',
        'a@a.test',
        '--role',
        'MEMBER',
        '--password',
        'short',
      ],
      '--password: At least 8 characters.',
    ],
    [
      ['create-user', '--organization', 's', '--email', 'a@a.test', '--role', 'ADMIN', '--assign', 'b'],
      '--assign: Only a MEMBER is assigned to brands',
    ],
    [
      [
        'create-user',
        '--organization',
        's',
        '--email',
        'a@a.test',
        '--role',
        'MEMBER',
        '--assign',
        'b',
        '--brand',
        'b',
      ],
      "--assign: A client's own login",
    ],
  ])('%j is refused with one line', (args, reason) => {
    let message = '';
    try {
      read(...args);
    } catch (error) {
      expect(error).toBeInstanceOf(CommandError);
      message = (error as Error).message;
    }
    expect(message).toContain(reason);
    expect(message).not.toContain('\n');
    expect(message).toContain('--help');
  });
});
