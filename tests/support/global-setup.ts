import { type TestProject } from 'vitest/node';
import { POSTGRESQL_15, startTestCluster, type TestCluster } from './cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    cluster: TestCluster;
  }
}

/** One cluster for each project of the run; returns what stops it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { cluster, stop } = await startTestCluster(
    project.name === 'postgresql-15' ? POSTGRESQL_15 : undefined,
  );
  project.provide('cluster', cluster);
  return stop;
}
