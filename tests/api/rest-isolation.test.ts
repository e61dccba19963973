import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiDocument } from '../../server/api/openapi.ts';
import { appRouter } from '../../server/api/root.ts';
import type { ProcedureMeta } from '../../server/api/trpc.ts';
import { isAgencyOnly, type Permission } from '../../server/auth/permissions.ts';
import { createFixture, type Fixture } from '../rls/fixture.ts';
import type { Slot } from '../rls/rows.ts';
import { useTestDatabase } from '../support/database.ts';
import { apiKey } from '../support/world.ts';
import { comparable, Doors, expectError, fieldsOf, routes } from './door.ts';
import { checksumOf, idAt, TABLE_OF } from './foreign.ts';
import { minimalBody, type Schema } from './minimal-body.ts';

interface Operation {
  parameters: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
}

const database = useTestDatabase();
let fixture: Fixture;
let doors: Doors;
let keys: { owner: string; brand: string };

beforeAll(async () => {
  fixture = await createFixture(database());
  const { world } = fixture;
  doors = await Doors.open(world.services);
  keys = {
    owner: await apiKey(world, world.demo, 'OWNER'),
    brand: await apiKey(world, world.demo, 'MEMBER', world.demo.brands.first),
  };
});
afterAll(async () => {
  await doors.close();
  await fixture.close();
});

const document = openApiDocument('http://localhost').paths as unknown as Record<
  string,
  Record<string, Operation>
>;
const operationOf = (template: string, method: string) =>
  document[template]?.[method.toLowerCase()] as Operation;
const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { meta: ProcedureMeta } }>;
const withIds = routes.filter(({ template }) => template.includes('{'));
const lists = routes.filter(({ method, template }) => method === 'GET' && !template.includes('{'));

describe.each(withIds.map(({ method, template }) => [`${method} ${template}`, method, template] as const))(
  '%s',
  (_name, method, template) => {
    test.each([
      ['another agency', 'owner', 'foreign'],
      ['another brand, asked by a brand’s own key', 'brand', 'second'],
    ] as const)(
      'answers a record of %s as one that is not there, and changes nothing',
      async (_whose, who, where) => {
        // The names of an agency's own fields are no secret within it.
        if (who === 'brand' && template.includes('{customFieldId}')) return;
        const slot = fixture.slots[where];
        const before = await checksumOf(fixture);
        const theirs = await ask({ method, template, key: keys[who], idOf: (name) => idAt(slot, name) });
        const none = await ask({ method, template, key: keys[who], idOf: () => randomUUID() });
        expect(comparable(theirs)).toEqual(comparable(none));
        expect([400, 403, 404]).toContain(theirs.status);
        if (who === 'owner') expectError(theirs, 404, 'not_found');
        expect(await checksumOf(fixture)).toBe(before);
      },
    );

    if (method === 'GET' || method === 'DELETE') return;
    test('takes no reference to a record of others into one’s own, whichever field it stands in', async () => {
      const schema = operationOf(template, method).requestBody?.content['application/json'].schema ?? {};
      const names = Object.keys(schema.properties ?? {}).filter((name) => name in TABLE_OF);
      for (const [who, where] of [
        ['owner', 'foreign'],
        ['brand', 'second'],
      ] as const) {
        for (const name of names) {
          const answer = await refer({ method, template, key: keys[who] }, name, fixture.slots[where]);
          expect([name, answer.status]).toEqual([name, expect.toBeOneOf(refusals(name))]);
          if (answer.status === 400) expect(fieldsOf(answer).join()).toContain(name);
        }
      }
    });
  },
);

describe.each(
  routes
    .filter(({ method, template }) => method === 'POST' && !template.includes('{'))
    .map(({ template }) => template),
)('POST %s', (template) => {
  test('makes no record that refers to one of others', async () => {
    const schema = operationOf(template, 'POST').requestBody?.content['application/json'].schema ?? {};
    for (const name of Object.keys(schema.properties ?? {}).filter((field) => field in TABLE_OF)) {
      const before = await checksumOf(fixture);
      const foreign = await refer({ method: 'POST', template, key: keys.owner }, name, fixture.slots.foreign);
      expectError(foreign, 400, 'invalid');
      // Of a list it is the one in its place.
      expect(fieldsOf(foreign)).toEqual([expect.toBeOneOf([name, `${name}.0`])]);
      const sibling = await refer({ method: 'POST', template, key: keys.brand }, name, fixture.slots.second);
      expect([name, sibling.status]).toEqual([name, expect.toBeOneOf([400, 403])]);
      expect(await checksumOf(fixture)).toBe(before);
    }
  });
});

describe.each(lists.map((route) => [route.template, route] as const))(
  'GET %s',
  (template, { fields, noun, verb }) => {
    const needed = template === '/search' ? '?q=a' : fields.has('limit') ? '?limit=100' : '';

    test('holds nothing of another agency, and for a brand’s key nothing of another brand', async () => {
      const strangers = {
        owner: [fixture.slots.foreign],
        brand: [fixture.slots.foreign, fixture.slots.second],
      };
      for (const who of ['owner', 'brand'] as const) {
        const { status, text } = await doors.rest(`GET ${template}${needed}`, { key: keys[who] });
        expect(status).toBe(statusFor(who, noun, verb));
        for (const slot of strangers[who]) expect(idsOf(slot).filter((id) => text.includes(id))).toEqual([]);
      }
    });

    test('asked for another agency’s records answers as for none', async () => {
      for (const name of [...fields].filter((field) => field in TABLE_OF)) {
        const query = (id: string) => doors.rest(`GET ${template}?${name}=${id}`, { key: keys.owner });
        const theirs = await query(idAt(fixture.slots.foreign, name));
        expect(comparable(theirs)).toEqual(comparable(await query(randomUUID())));
      }
    });
  },
);

test('one’s own records are there: the same questions find them', async () => {
  // A private view is its owner's, and a key is somebody else.
  const reads = withIds.filter(
    ({ method, template }) => method === 'GET' && !/\/metrics$|\{savedViewId\}/.test(template),
  );
  for (const { method, template, noun, verb } of reads) {
    for (const who of ['owner', 'brand'] as const) {
      const idOf = (name: string) => idAt(fixture.slots.first, name);
      const { status } = await ask({ method, template, key: keys[who], idOf });
      expect([template, who, status]).toEqual([template, who, statusFor(who, noun, verb)]);
    }
  }
});

/** What reading one's own comes to: a brand's own key is a client, and some of its records are the agency's alone. */
function statusFor(who: 'owner' | 'brand', noun: string, verb: string): number {
  const { permission } = procedures[`${noun}.${verb}`]?._def.meta ?? {};
  return who === 'brand' && isAgencyOnly(permission as Permission) ? 403 : 200;
}

/** A place beside a deal that is not in the column, whoever's it is, is a conflict. */
function refusals(name: string): number[] {
  return /^(after|before)DealId$/.test(name) ? [400, 403, 404, 409] : [400, 403, 404];
}

interface Question {
  method: string;
  template: string;
  key: string;
}

function ask({ method, template, key, idOf }: Question & { idOf: (name: string) => string }) {
  const path = template.replace(/\{(\w+)\}/g, (_match, name: string) => idOf(name));
  const body = method === 'GET' || method === 'DELETE' ? {} : { body: bodyOf(template, method, idOf) };
  return doors.rest(`${method} ${path}`, { key, ...body });
}

/** One's own record, with one field that refers to a record of somebody else's. */
function refer({ method, template, key }: Question, field: string, slot: Slot) {
  const own = (name: string) => idAt(fixture.slots.first, name);
  const path = template.replace(/\{(\w+)\}/g, (_match, name: string) => own(name));
  const id = idAt(slot, field);
  const body = { ...bodyOf(template, method, own), [field]: field.endsWith('Ids') ? [id] : id };
  return doors.rest(`${method} ${path}`, { key, body });
}

function bodyOf(template: string, method: string, idOf: (name: string) => string): Record<string, unknown> {
  const schema = operationOf(template, method).requestBody?.content['application/json'].schema;
  return schema ? minimalBody(schema, idOf) : {};
}

/** Every id of the slot's rows, its references left out: those of people may be shown. */
function idsOf(slot: Slot): string[] {
  return [...slot.rows].flatMap(([table, row]) =>
    typeof row.id === 'string' && row.id.length === 36 && !isOfWholeAgency(table, slot) ? [row.id] : [],
  );
}

/** The names of an agency's own fields are for all of its people, whatever their brand. */
function isOfWholeAgency(table: string, slot: Slot): boolean {
  return table === 'custom_fields' && slot === fixture.slots.second;
}
