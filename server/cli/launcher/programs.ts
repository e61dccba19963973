import { createRequire } from 'node:module';
import path from 'node:path';
import { type Program } from './child.ts';
import { type Settings } from './settings.ts';

const require = createRequire(import.meta.url);

/** The entry of a package's command line, without a shell or a shim between it and its signals. */
function commandOf(name: string, entry: string): string {
  return path.join(path.dirname(require.resolve(`${name}/package.json`)), entry);
}

const environment = (isDev: boolean) => ({ NODE_ENV: isDev ? 'development' : 'production' });

export const BUILD: Program = {
  name: 'build',
  args: [commandOf('@remix-run/dev', 'dist/cli.js'), 'vite:build'],
  settings: environment(false),
};

export const SANDBOX = (settings: Settings): Program => ({
  name: 'sandbox',
  args: ['server/cli/sandbox.ts'],
  settings: { ...environment(false), ...settings },
});

export const SEED = (settings: Settings): Program => ({
  name: 'seed-demo',
  args: ['server/cli/seed-demo.ts'],
  settings: { ...environment(false), ...settings },
});

export const WEB = (settings: Settings, isDev: boolean): Program => ({
  name: 'web',
  args: isDev ? ['app/http/main.ts', '--dev'] : ['app/http/main.ts'],
  settings: { ...environment(isDev), ...settings },
});

export const JOBS = (settings: Settings, isDev: boolean): Program => ({
  name: 'jobs',
  args: isDev ? [commandOf('tsx', 'dist/cli.mjs'), 'watch', 'jobs/main.ts'] : ['jobs/main.ts'],
  settings: { ...environment(isDev), ...settings },
});
