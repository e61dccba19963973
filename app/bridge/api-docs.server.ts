import type { ApiDocs, ApiField, ApiGroup, ApiOperation } from '../features/docs/api-docs.ts';
import { openApiDocument } from '../../server/api/openapi.ts';
import { defaultOf, fieldsOf, type JsonSchema, sampleOf, typeOf } from './schema-words.ts';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: JsonSchema;
}

interface Body {
  content?: { 'application/json'?: { schema?: JsonSchema } };
}

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: Body;
  responses: Record<string, Body & { description?: string }>;
}

const methods = ['get', 'post', 'patch', 'put', 'delete'] as const;

/** The public OpenAPI document in words. It is the same document that /api/openapi.json answers. */
export function readApiDocs(appUrl: string): ApiDocs {
  const document = openApiDocument(appUrl);
  const server = document.servers?.[0]?.url ?? appUrl;
  const groups = new Map<string, ApiOperation[]>();
  let errors: ApiDocs['errors'] = [];
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods) {
      const operation = (item as Record<string, Operation | undefined>)[method];
      if (!operation) continue;
      const tag = operation.tags?.[0] ?? 'other';
      groups.set(tag, [...(groups.get(tag) ?? []), describe(operation, { method, path, server })]);
      errors = errorsOf(operation);
    }
  }
  return { description: document.info.description ?? '', server, groups: [...groups].map(toGroup), errors };
}

function toGroup([tag, operations]: [string, ApiOperation[]]): ApiGroup {
  const words = tag.replaceAll('-', ' ');
  return { id: tag, label: words.charAt(0).toUpperCase() + words.slice(1), operations };
}

function errorsOf({ responses }: Operation): ApiDocs['errors'] {
  return Object.entries(responses)
    .filter(([status]) => Number(status) >= 400)
    .map(([status, { description }]) => ({ status, meaning: description ?? '' }));
}

interface Place {
  method: (typeof methods)[number];
  path: string;
  server: string;
}

function describe(operation: Operation, place: Place): ApiOperation {
  const { operationId, summary = '', responses } = operation;
  const status = Object.keys(responses).find((code) => Number(code) < 400) ?? '200';
  return {
    id: operationId ?? `${place.method}-${place.path}`,
    method: place.method.toUpperCase() as ApiOperation['method'],
    path: place.path,
    summary,
    parameters: (operation.parameters ?? []).map(toParameter),
    body: fieldsOf(schemaOf(operation.requestBody)),
    status,
    answer: fieldsOf(schemaOf(responses[status])),
    example: exampleOf(operation, place),
  };
}

function schemaOf(body: Body | undefined): JsonSchema | undefined {
  return body?.content?.['application/json']?.schema;
}

function toParameter({ name, in: place, required = false, description, schema = {} }: Parameter): ApiField {
  return {
    name,
    ...(place === 'path' || place === 'query' || place === 'header' ? { place } : {}),
    type: typeOf(schema),
    isRequired: required,
    description: [description ?? schema.description, defaultOf(schema)].filter(Boolean).join(' '),
  };
}

/** A call that can be pasted into a shell once the key, and an id where there is one, are put in. */
function exampleOf(operation: Operation, { method, path, server }: Place): string {
  const schema = schemaOf(operation.requestBody);
  const lines = [
    `curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} '${server}${path}'`,
    `-H 'Authorization: Bearer YOUR_KEY'`,
  ];
  if (schema) {
    const body = JSON.stringify(sampleOf('record', { ...schema, type: 'object' }));
    lines.push(`-H 'Content-Type: application/json'`, `-d '${body}'`);
  }
  return lines.join(' \\\n  ');
}
