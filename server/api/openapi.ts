import { generateOpenApiDocument, type OpenAPIObject } from 'trpc-to-openapi';
import { type RestRoute, routesOf } from './rest-routes.ts';
import { appRouter } from './root.ts';

const DESCRIPTION = `Lists answer { items, nextCursor } and page by key. Money is { amount, currency } with the amount as an exact decimal
string in major units; unknown is null and never 0. PATCH and DELETE take If-Match with a record's ETag; POST takes an
Idempotency-Key. An error is { code, message, issues?, requestId }.`;

let documents = new Map<string, OpenAPIObject>();

/** The OpenAPI 3.1 document of the REST door, made from the procedures themselves. */
export function openApiDocument(appUrl: string): OpenAPIObject {
  const known = documents.get(appUrl);
  if (known) return known;
  const document = generateOpenApiDocument(appRouter, {
    title: 'SpokeStack',
    description: DESCRIPTION,
    version: '1.0.0',
    openApiVersion: '3.1.0',
    baseUrl: `${appUrl}/api/social-media`,
    securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of the agency.' } },
  });
  const paths = document.paths as Record<string, Record<string, Operation>>;
  for (const route of routesOf(appRouter)) {
    const operation = paths[route.template]?.[route.method.toLowerCase()];
    if (!operation)
      throw new Error(`${route.method} ${route.template} is missing from the OpenAPI document.`);
    describe(operation, route);
  }
  // The library's own shapes of errors are none of this door's.
  document.components = { ...document.components, schemas: { Error: ERROR } };
  documents = new Map([[appUrl, document]]);
  return document;
}

interface Operation {
  operationId?: string;
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema: object }[];
  requestBody?: { content: Record<string, { schema: { properties?: Record<string, unknown> } }> };
  responses: Record<string, unknown>;
}

/** What the procedure's schema cannot say: the door's status, its conditional headers and its own shape of errors. */
function describe(operation: Operation, route: RestRoute): void {
  const parameters = (operation.parameters ?? []).filter((item) => item.name !== 'expectedVersion');
  if (route.fields.has('expectedVersion')) parameters.push(IF_MATCH);
  if (route.method === 'POST') parameters.push(IDEMPOTENCY_KEY);
  operation.parameters = parameters;
  const properties = operation.requestBody?.content['application/json']?.schema.properties;
  delete properties?.expectedVersion;
  if (route.fields.has('expectedVersion')) delete properties?.base;
  const success = operation.responses['200'];
  const errors = Object.entries(ERRORS).map(([status, description]) => [
    status,
    { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
  ]);
  operation.responses = {
    [route.status]: success,
    ...(Object.fromEntries(errors) as Record<string, unknown>),
  };
}

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  description: 'The ETag that the change is based on; a stale one is 412.',
  schema: { type: 'string' },
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'A key of your own; a repeat answers the first answer.',
  schema: { type: 'string', maxLength: 255 },
};

const ERROR = {
  type: 'object' as const,
  required: ['code', 'message', 'requestId'],
  properties: {
    code: { type: 'string' as const },
    message: { type: 'string' as const },
    issues: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        required: ['path', 'message'],
        properties: { path: { type: 'string' as const }, message: { type: 'string' as const } },
      },
    },
    requestId: { type: 'string' as const },
  },
};

const ERRORS: Record<string, string> = {
  400: 'The input does not fit; issues name the fields.',
  401: 'No valid API key.',
  403: 'The key’s role does not allow this.',
  404: 'There is no such record, or it is another’s.',
  409: 'It conflicts with what exists.',
  412: 'The record changed since the If-Match version.',
  413: 'The body is over 1 MiB.',
  422: 'The Idempotency-Key was used for another request.',
  429: 'Too many requests; see Retry-After.',
};
