import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT } from '../../ops/processes.ts';
import type { Stage } from './browser.ts';

const run = promisify(execFile);

/** Makes an agency in dollars as its operator would, and answers its owner's first password. */
export async function newAgency(
  { run: product }: Stage,
  agency: { name: string; slug: string; ownerEmail: string },
): Promise<string> {
  const args = ['--import', 'tsx', 'server/cli/admin/main.ts', 'create-organization', '--json'];
  const { name, slug, ownerEmail } = agency;
  const fields = ['--name', name, '--slug', slug, '--owner-email', ownerEmail, '--currency', 'USD'];
  const { stdout } = await run(process.execPath, [...args, ...fields], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_OWNER_URL: product.ownerDatabaseUrl ?? '' },
  });
  return (JSON.parse(stdout) as { owner: { password: string } }).owner.password;
}
