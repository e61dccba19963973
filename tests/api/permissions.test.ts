import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MemberRole } from '../../db/types.ts';
import type { RequestContext } from '../../server/api/context.ts';
import { appRouter, createCaller } from '../../server/api/root.ts';
import type { ProcedureMeta } from '../../server/api/trpc.ts';
import { findApiKeyPrincipal } from '../../server/auth/api-keys.ts';
import { isAgencyOnly, type Permission, permissions, roleMay } from '../../server/auth/permissions.ts';
import type { Principal } from '../../server/auth/principal.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';
import { apiKey, contextOf, createWorld, signIn, type World } from '../support/world.ts';

/** Behind these stands nobody's right: they are how one gets it. */
const PUBLIC = [
  'auth.signIn',
  ...['briefInvitations.byToken', 'briefInvitations.answer'],
  ...['creatorInvitations.byToken', 'creatorInvitations.session', 'creatorInvitations.confirm'],
  ...['reconnect.invitation', 'reconnect.begin', 'reconnect.callback'],
];

interface Procedure {
  path: string;
  type: 'query' | 'mutation' | 'subscription';
  meta: ProcedureMeta | undefined;
  inputs: readonly unknown[];
  output: unknown;
}

const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: object }>,
).map(([path, { _def }]) => ({ ..._def, path }) as unknown as Procedure);
const guarded = procedures.filter(({ path }) => !PUBLIC.includes(path));
/** No procedure knows this field, so that one which lets its caller in answers `invalid` and does nothing. */
const MISFIT = { 'no such field': true };

interface Caller {
  name: string;
  role: MemberRole;
  isClient: boolean;
  isPerson: boolean;
  context: Partial<RequestContext>;
}

const database = useTestDatabase();
let world: World;
let callers: Caller[];

beforeAll(async () => {
  world = await createWorld(database());
  callers = [...(await people()), ...(await keys())];
});
afterAll(() => world.close());

describe.each(guarded.map((procedure) => [procedure.path, procedure] as const))('%s', (path, procedure) => {
  test('lets in whom the table lets in, and refuses all others before it looks at their input', async () => {
    const permission = procedure.meta?.permission;
    expect(permission, 'it names no permission').toBeDefined();
    for (const caller of callers) {
      const { code } = await refusal(call(path, caller.context));
      expect([caller.name, code]).toEqual([caller.name, expectedOf(permission as Permission, caller)]);
    }
  });

  test('asks who is there first of all', async () => {
    expect((await refusal(call(path, {}))).code).toBe('unauthenticated');
  });
});

describe('every procedure', () => {
  test('that is public is named here', () => {
    expect(procedures.filter(({ meta }) => meta?.permission === undefined).map(({ path }) => path)).toEqual(
      PUBLIC,
    );
  });

  test('says what it takes and what it answers', () => {
    const silent = procedures.filter(({ inputs, output }) => inputs.length === 0 || output === undefined);
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  test('that changes something asks for more than reading', () => {
    const lax = guarded.filter(
      ({ type, meta }) => type === 'mutation' && (meta?.permission ?? '').endsWith('.read'),
    );
    expect(lax.map(({ path }) => path)).toEqual([]);
  });
});

describe('the table of permissions', () => {
  const all = Object.keys(permissions) as Permission[];
  const of = (role: MemberRole) => all.filter((permission) => roleMay(role, permission));

  test('holds nothing that no procedure asks for', () => {
    const asked = new Set(guarded.map(({ meta }) => meta?.permission));
    expect(all.filter((permission) => !asked.has(permission))).toEqual([]);
  });

  test('gives owners and admins all of it', () => {
    expect([of('OWNER'), of('ADMIN')]).toEqual([all, all]);
  });

  test('lets a viewer read, and change their own account and what they have read alone', () => {
    expect(of('VIEWER').filter((permission) => !permission.endsWith('.read'))).toEqual([
      'account.write',
      'notifications.write',
    ]);
  });

  test('keeps members from what binds the agency', () => {
    expect(all.filter((permission) => !roleMay('MEMBER', permission))).toEqual([
      'brands.write',
      'custom-fields.write',
      'teams.write',
      'deal-stages.write',
      'ad-accounts.connect',
      'campaigns.approve',
      'budgets.approve',
      'margins.write',
      'creator-contracts.amend',
      'campaign-creators.override',
      'disclosure-terms.write',
      'platform-settings.write',
      'webhooks.read',
      'webhooks.write',
      'lead-forms.read',
      'lead-forms.write',
    ]);
  });

  test('gives no role more than the role above it', () => {
    const order: MemberRole[] = ['VIEWER', 'MEMBER', 'ADMIN', 'OWNER'];
    order.slice(1).forEach((role, index) => {
      expect(of(role)).toEqual(expect.arrayContaining(of(order[index] ?? 'VIEWER')));
    });
  });
});

/** What the table says, read apart from the code that reads it. */
function expectedOf(permission: Permission, caller: Caller): string {
  if (permission.startsWith('account.')) return caller.isPerson ? 'invalid' : 'unauthenticated';
  const holds = (permissions[permission] as readonly MemberRole[]).includes(caller.role);
  return holds && !(caller.isClient && isAgencyOnly(permission)) ? 'invalid' : 'forbidden';
}

async function call(path: string, context: Partial<RequestContext>): Promise<unknown> {
  const [noun = '', verb = ''] = path.split('.');
  const caller = createCaller(contextOf(world, context)) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  return caller[noun]?.[verb]?.(MISFIT);
}

async function people(): Promise<Caller[]> {
  const { people: all } = world.demo;
  return Promise.all(
    Object.entries(all).map(async ([name, person]) => {
      const signedIn = await signIn(world, person);
      const { role } = person.principal;
      const isClient = person.principal.brandId !== null;
      return { name, role, isClient, isPerson: true, context: { signedIn, principal: signedIn.principal } };
    }),
  );
}

async function keys(): Promise<Caller[]> {
  const kinds: readonly [MemberRole, string | null][] = [
    ['OWNER', null],
    ['ADMIN', null],
    ['MEMBER', null],
    ['VIEWER', null],
    ['MEMBER', world.demo.brands.first],
    ['ADMIN', world.demo.brands.first],
  ];
  return Promise.all(
    kinds.map(async ([role, brandId]) => {
      const principal = (await findApiKeyPrincipal(
        world.appDb,
        await apiKey(world, world.demo, role, brandId),
      )) as Principal;
      const name = `an API key of ${role}${brandId ? ' at a brand' : ''}`;
      return { name, role, isClient: brandId !== null, isPerson: false, context: { principal } };
    }),
  );
}
