import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiDocument } from '../../server/api/openapi.ts';
import { useTestDatabase } from '../support/database.ts';
import { createWorld, type World } from '../support/world.ts';
import { Doors, routes } from './door.ts';

/** The addresses of contract.md whose nouns are there. Others may stand beside them; none of these may go. */
const PROMISED = [
  ...[
    'companies/companyId',
    'contacts/contactId',
    'deals/dealId',
    'campaigns/campaignId',
    'creators/creatorId',
  ].flatMap((noun) => {
    const [plural = '', id = ''] = noun.split('/');
    const one = `/${plural}/{${id}}`;
    return [
      `POST /${plural}`,
      `GET /${plural}`,
      `GET ${one}`,
      `PATCH ${one}`,
      `DELETE ${one}`,
      `POST ${one}/restore`,
    ];
  }),
  'PATCH /deals/{dealId}/stage',
  'GET /activities',
  'POST /campaigns/{campaignId}/ad-accounts',
  'GET /campaigns/{campaignId}/ad-accounts',
  'GET /campaigns/{campaignId}/metrics',
  'GET /ad-accounts',
  'GET /ad-accounts/{adAccountId}',
  'PATCH /ad-accounts/{adAccountId}',
  'POST /ad-accounts/connect',
  'POST /ad-accounts/{adAccountId}/sync',
  'GET /sync-runs/{syncRunId}',
  'GET /search',
];

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: object;
}
interface Operation {
  operationId: string;
  summary: string;
  security: unknown;
  parameters: Parameter[];
  requestBody?: { content: Record<string, { schema: { additionalProperties?: boolean } }> };
  responses: Record<string, { content?: Record<string, { schema: unknown }>; description: string }>;
}

const database = useTestDatabase();
let world: World;
let doors: Doors;
beforeAll(async () => {
  world = await createWorld(database());
  doors = await Doors.open(world.services);
});
afterAll(async () => {
  await doors.close();
  await world.close();
});

const document = JSON.parse(JSON.stringify(openApiDocument('https://spokestack.test'))) as Record<
  string,
  Json
>;
const paths = document.paths as unknown as Record<string, Record<string, Operation>>;
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(
    ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
  ),
);

test('the document is served to anybody, as JSON that a cache may keep', async () => {
  const answer = await doors.send('GET', '/api/openapi.json', {});
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(answer.headers.get('cache-control')).toMatch(/public/);
  expect(answer.body).toMatchObject({ openapi: '3.1.0', info: { title: 'SpokeStack' } });
  expect(answer.body.servers).toEqual([{ url: `${world.services.config.web.appUrl}/api/social-media` }]);
});

describe('the document', () => {
  test('holds every address that is promised', () => {
    const there = operations.map(([name]) => name);
    expect(PROMISED.filter((name) => !there.some((one) => one === name))).toEqual([]);
  });

  test('holds the addresses of the door, each of them and no other', () => {
    expect(operations.map(([name]) => name).sort()).toEqual(
      routes.map(({ method, template }) => `${method} ${template}`).sort(),
    );
  });

  test('refers to nothing that it does not hold, and holds nothing that it does not refer to', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, path = '']) => path,
    );
    const missing = references.filter(
      (path) =>
        path
          .split('/')
          .reduce<Json | undefined>(
            (at, part) =>
              typeof at === 'object' && at !== null && !Array.isArray(at) ? at[part] : undefined,
            document,
          ) === undefined,
    );
    expect(missing).toEqual([]);
    const { schemas = {} } = document.components as { schemas?: Record<string, Json> };
    const used = new Set(references.map((path) => path.split('/').at(-1)));
    expect(Object.keys(schemas).filter((name) => !used.has(name))).toEqual([]);
  });

  test('names each operation once', () => {
    const names = operations.map(([, { operationId }]) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe.each(operations)('%s', (name, operation) => {
  const [method = '', path = ''] = name.split(' ');

  test('says what it is, that it takes a key, and every parameter of its address', () => {
    expect(operation.summary).toMatch(/\S/);
    expect(operation.security).toEqual([{ apiKey: [] }]);
    const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
    expect(inPath.map((parameter) => `{${parameter.name}}`).sort()).toEqual(
      (path.match(/\{\w+\}/g) ?? []).sort(),
    );
    expect(inPath.every(({ required }) => required === true)).toBe(true);
  });

  test('takes no field that it does not name', () => {
    const schema = operation.requestBody?.content['application/json']?.schema;
    if (schema) expect(schema.additionalProperties).toBe(false);
    expect(JSON.stringify(operation)).not.toContain('expectedVersion');
  });

  test('answers what it says, and refuses in the one shape', () => {
    const route = routes.find((one) => one.method === method && one.template === path);
    const [success = '', ...others] = Object.keys(operation.responses).sort();
    expect(success).toBe(String(route?.status));
    expect(operation.responses[success]?.content?.['application/json']?.schema).toBeDefined();
    expect(others).toEqual(['400', '401', '403', '404', '409', '412', '413', '422', '429']);
    for (const status of others) {
      expect(operation.responses[status]?.content).toEqual({
        'application/json': { schema: { $ref: '#/components/schemas/Error' } },
      });
    }
  });
});
