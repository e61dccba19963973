import { z } from 'zod';
import { findAgency } from '../../domain/organizations/provision.ts';
import { countKeyUsage, type KeyUsage, momentAfterAllKeys } from '../../domain/token-vault/key-usage.ts';
import { NOTHING_ROTATED, type RotationCounts, rotateKeys } from '../../domain/token-vault/rotation.ts';
import { createVault, type Vault } from '../../kernel/crypto.ts';
import { CommandError } from '../launcher/command.ts';
import { defineCommand } from './command.ts';
import type { Admin } from './context.ts';
import { organizationOption, organizationSlug } from './fields.ts';

const input = z
  .strictObject({
    organization: organizationSlug.optional(),
    newDataKeys: z.boolean().default(false),
    olderThan: z.iso
      .datetime({ offset: true, error: 'This is no time: write it as 2026-11-22T18:00:00Z.' })
      .transform((value) => new Date(value))
      .optional(),
  })
  .refine(({ newDataKeys, olderThan }) => newDataKeys || olderThan === undefined, {
    path: ['olderThan'],
    message: 'This goes with --new-data-keys.',
  });
type Input = z.infer<typeof input>;

export const rotateTokenKeyCommand = defineCommand({
  name: 'rotate-token-key',
  summary:
    'Wrap all data keys by the first key of TOKEN_ENCRYPTION_KEYS, and say what still hangs on which key. May be ended and begun again at any time.',
  options: [
    { ...organizationOption, help: "The agency's slug; else every agency", isRequired: false },
    {
      flag: 'new-data-keys',
      help: 'Also make a new data key for each agency and seal its tokens with it: for a leak',
    },
    {
      flag: 'older-than',
      value: 'T',
      help: 'Only where the newest data key is older than this time: so as to go on where one was ended',
    },
  ],
  input,
  async run(admin, given) {
    const vault = vaultOf(admin);
    const done = await rotate(admin, vault, given);
    const keys = await countKeyUsage(admin.ownerDb, vault);
    return {
      text: describe(done, keys),
      json: { ...done, keys },
      hasFailed: done.unopened.length > 0,
    };
  },
});

function vaultOf({ config }: Admin): Vault {
  if (config.tokenEncryptionKeys.length === 0)
    throw new CommandError('TOKEN_ENCRYPTION_KEYS is not set: there is no key to rotate to.');
  return createVault(config.tokenEncryptionKeys);
}

async function rotate({ ownerDb, log }: Admin, vault: Vault, given: Input): Promise<RotationCounts> {
  const { organization } = given;
  const organizationId =
    organization === undefined ? undefined : (await findAgency(ownerDb, organization)).organizationId;
  const replaceOlderThan = given.newDataKeys
    ? (given.olderThan ?? (await momentAfterAllKeys(ownerDb)))
    : undefined;
  if (replaceOlderThan)
    log.info(
      `if this is ended early, go on with --new-data-keys --older-than ${replaceOlderThan.toISOString()}`,
    );
  let done = NOTHING_ROTATED;
  for await (const step of rotateKeys({ ownerDb, vault, organizationId, replaceOlderThan })) {
    done = sum(done, step);
    log.info({ ...done, unopened: done.unopened.length }, 'keys are being rotated');
  }
  return done;
}

function sum(done: RotationCounts, step: RotationCounts): RotationCounts {
  return {
    dataKeysMade: done.dataKeysMade + step.dataKeysMade,
    tokensSealedAnew: done.tokensSealedAnew + step.tokensSealedAnew,
    dataKeysWrappedAnew: done.dataKeysWrappedAnew + step.dataKeysWrappedAnew,
    unopened: [...done.unopened, ...step.unopened],
  };
}

function describe(done: RotationCounts, keys: readonly KeyUsage[]): string {
  const lines = [
    `Data keys wrapped anew: ${done.dataKeysWrappedAnew}. Tokens sealed anew: ${done.tokensSealedAnew}. New data keys: ${done.dataKeysMade}.`,
    ...keys.map(describeKey),
  ];
  if (done.unopened.length === 0) return lines.join('\n');
  const missing = [...new Set(done.unopened.map(({ keyId }) => keyId ?? 'none: altered'))].join(', ');
  const left = `${done.unopened.length} could not be opened and stay as they are (keys: ${missing}). Set the key again, or have the agency connect its platforms again.`;
  return [...lines, left].join('\n');
}

function describeKey({ id, keyId, isFirst, dataKeys, tokens, mayGo }: KeyUsage): string {
  const hangs = `wraps ${dataKeys} data keys${tokens > 0 ? ` and sealed ${tokens} tokens itself` : ''}`;
  if (id === null) return `${keyId}, which is not set: ${hangs}.`;
  const advice = mayGo ? ': nothing hangs on it. Keep it as long as your backups, then take it out' : '';
  return `${id} (${keyId})${isFirst ? ', the first' : ''} ${hangs}${advice}.`;
}
