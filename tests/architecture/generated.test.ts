import { readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { generateTypes } from '../../db/generate-types.ts';
import { dumpSchema } from '../../db/schema-dump.ts';

const committed = (name: string) => readFileSync(new URL(`../../db/${name}`, import.meta.url), 'utf8');
const advice = 'it is stale: run npm run codegen';

test('db/types.ts is what the migrated schema gives', async () => {
  expect(await generateTypes(inject('cluster').ownerUrl), advice).toBe(committed('types.ts'));
});

test('db/schema.sql is what the migrated schema gives', async () => {
  expect(await dumpSchema(inject('cluster').ownerUrl), advice).toBe(committed('schema.sql'));
});
