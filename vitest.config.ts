import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { POSTGRESQL_15 } from './tests/support/cluster.ts';

const shared = {
  environment: 'node' as const,
  pool: 'forks' as const,
  globalSetup: ['tests/support/global-setup.ts'],
  setupFiles: ['tests/support/setup.ts'],
  // Two cores that other work keeps busy must not turn a slow test into a failed one.
  testTimeout: 90_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'node',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/e2e/**', 'tests/ops/**'],
          sequence: { groupOrder: 0 },
        },
      },
      // What holds by the database alone must hold on the oldest one that is supported.
      ...(existsSync(`${POSTGRESQL_15}/postgres`)
        ? [
            {
              test: {
                ...shared,
                name: 'postgresql-15',
                include: ['tests/rls/**/*.test.ts', 'tests/architecture/catalog*.test.ts'],
                sequence: { groupOrder: 1 },
              },
            },
          ]
        : []),
      // These start and kill whole products, and drive a browser: one at a time.
      {
        test: {
          ...shared,
          name: 'ops',
          include: ['tests/ops/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: ['tests/e2e/**/*.test.{ts,tsx}'],
          testTimeout: 300_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
