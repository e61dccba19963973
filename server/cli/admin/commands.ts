import type { AdminCommand } from './command.ts';
import { createApiKey } from './create-api-key.ts';
import { createBrand } from './create-brand.ts';
import { createOrganization } from './create-organization.ts';
import { createUser } from './create-user.ts';
import { importCommand } from './import.ts';
import { rotateTokenKeyCommand } from './rotate-token-key.ts';
import { syncCommand } from './sync.ts';

/** Every admin command, in the order in which --help lists them. A new one is a file and its line here. */
export const commands: readonly AdminCommand[] = [
  createOrganization,
  createBrand,
  createUser,
  createApiKey,
  importCommand,
  syncCommand,
  rotateTokenKeyCommand,
];
