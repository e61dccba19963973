import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import type { Mode, TenantTx } from '../../../db/tenant.ts';
import { may, type Principal } from '../../auth/principal.ts';
import type { FileStore } from '../../integrations/file-store.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { type Inspected, Inspection } from '../attachments/inspect.ts';
import { requireHarmlessName, safeFileName, storageKeyOf } from '../attachments/rules.ts';
import { requireActive } from '../records/store.ts';
import { contractFileTypes, MAX_CONTRACT_FILE_BYTES } from './fields.ts';
import type { ContractFile, UploadContractFileInput } from './schema.ts';
import { type Columns, lockContract } from './store.ts';
import { tellOfContract } from './tell.ts';

/** What an upload works with: no transaction is open while bytes come in. */
export interface FileServices {
  principal: Principal;
  files: FileStore;
  inTenant: <T>(mode: Mode, work: (tx: TenantTx) => Promise<T>) => Promise<T>;
}

/**
 * Takes in the signed file of a contract, in place of the one that it had. Its row is there before its bytes, so that
 * whatever breaks leaves nothing that the clean-up does not know.
 * Errors: `not_found`; `forbidden` where it would take the place of a signed contract's file and the caller may not amend
 * it; `conflict` in the recycle bin; `invalid` for anything but PDF, PNG, JPEG and DOCX by its bytes; `too_large`;
 * `upstream` where the store does not answer.
 */
export async function uploadContractFile(
  services: FileServices,
  input: UploadContractFileInput,
): Promise<ContractFile> {
  const { principal, files, inTenant } = services;
  const fileName = safeFileName(input.fileName);
  requireHarmlessName(fileName);
  const fileId = uuidV7();
  const key = storageKeyOf(principal.organizationId, fileId);
  await inTenant('write', async (tx) => {
    await lockReplaceable(tx, principal, input.creatorContractId);
    await tx
      .insertInto('contract_files')
      .values({
        organization_id: principal.organizationId,
        id: fileId,
        creator_contract_id: input.creatorContractId,
        file_name: fileName,
        storage_key: key,
        created_by_id: principal.userId,
      })
      .execute();
  });
  const inspection = new Inspection(fileName, MAX_CONTRACT_FILE_BYTES);
  try {
    await files.put(key, inspection.pass(input.content));
    const inspected = inspection.result();
    requireDocument(fileName, inspected.contentType);
    return await inTenant('write', (tx) => keep(tx, services, { fileId, inspected, input }));
  } catch (error) {
    await inTenant('write', (tx) => forget(tx, [fileId]));
    throw error;
  }
}

interface Stored {
  fileId: string;
  inspected: Inspected;
  input: UploadContractFileInput;
}

/** The contract is held meanwhile, so that of two files that come in at once the later stays, and one alone. */
async function keep(
  tx: TenantTx,
  { principal }: FileServices,
  { fileId, inspected, input }: Stored,
): Promise<ContractFile> {
  const contract = await lockReplaceable(tx, principal, input.creatorContractId);
  const { contentType, bytes, sha256 } = inspected;
  if (contract.file) await forget(tx, [contract.file.id]);
  const row = await tx
    .updateTable('contract_files')
    .set({ content_type: contentType, bytes, sha256, stored_at: sql<Date>`now()` })
    .where('id', '=', fileId)
    .returning(['id', 'file_name', 'stored_at'])
    .executeTakeFirstOrThrow();
  await tellOfContract(tx, principal, {
    contract,
    entries: [
      {
        type: 'CONTRACT_UPDATED',
        description: `File of contract ${contract.title} ${contract.file ? 'replaced' : 'added'}`,
        metadata: { creatorContractId: contract.id },
      },
    ],
  });
  return {
    id: row.id,
    fileName: row.file_name,
    contentType,
    bytes,
    createdAt: (row.stored_at ?? new Date(0)).toISOString(),
  };
}

/** Takes the file away. Errors: `not_found` where there is none, `forbidden` and `conflict` as uploadContractFile. */
export async function removeContractFile(
  tx: TenantTx,
  principal: Principal,
  creatorContractId: string,
): Promise<ContractFile> {
  const contract = await lockReplaceable(tx, principal, creatorContractId);
  if (!contract.file) throw notFound('file');
  await forget(tx, [contract.file.id]);
  await tellOfContract(tx, principal, {
    contract,
    entries: [
      {
        type: 'CONTRACT_UPDATED',
        description: `File of contract ${contract.title} removed`,
        metadata: { creatorContractId: contract.id },
      },
    ],
  });
  return toFile(contract.file);
}

/** The stored file of a contract that the reader sees. Errors: `not_found`. */
export async function getContractFile(tx: TenantTx, creatorContractId: string): Promise<ContractFile> {
  const row = await tx
    .selectFrom('contract_files')
    .select(['id', 'file_name', 'content_type', 'bytes', 'stored_at'])
    .where('creator_contract_id', '=', creatorContractId)
    .where('stored_at', 'is not', null)
    .executeTakeFirst();
  if (!row?.stored_at) throw notFound('file');
  return {
    id: row.id,
    fileName: row.file_name,
    contentType: row.content_type ?? 'application/octet-stream',
    bytes: row.bytes ?? 0,
    createdAt: row.stored_at.toISOString(),
  };
}

/** What both parties signed is evidence: an administrator alone takes it away or puts another in its place. */
async function lockReplaceable(
  tx: TenantTx,
  principal: Principal,
  creatorContractId: string,
): Promise<Columns> {
  const contract = await lockContract(tx, creatorContractId);
  requireActive(contract);
  const isEvidence = contract.file && (contract.status === 'SIGNED' || contract.status === 'TERMINATED');
  if (isEvidence && !may(principal, 'creator-contracts.amend')) {
    throw new AppError(
      'forbidden',
      'This contract is signed and has its file. An owner or admin of the agency replaces or removes it.',
    );
  }
  return contract;
}

function requireDocument(fileName: string, contentType: string): void {
  if (Object.hasOwn(contractFileTypes, contentType)) return;
  const kinds = Object.values(contractFileTypes).join(', ');
  throw invalidField('content', `${fileName} is none of ${kinds}, by what it holds.`);
}

/** The trigger behind the deletion has the bytes removed. */
async function forget(tx: TenantTx, fileIds: readonly string[]): Promise<void> {
  await tx.deleteFrom('contract_files').where('id', 'in', fileIds).execute();
}

function toFile(file: ContractFile): ContractFile {
  return { ...file, createdAt: new Date(file.createdAt).toISOString() };
}
