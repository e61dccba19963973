import { z } from 'zod';
import { checkAssignment } from '../../domain/creator-contracts/check.ts';
import { createContract, updateContract } from '../../domain/creator-contracts/commands.ts';
import { conflictsOfContract, listConflicts } from '../../domain/creator-contracts/conflicts.ts';
import {
  getContractFile,
  removeContractFile,
  uploadContractFile,
} from '../../domain/creator-contracts/files.ts';
import {
  countContracts,
  countContractStates,
  getContract,
  listContracts,
} from '../../domain/creator-contracts/queries.ts';
import {
  changeContractStatusInput,
  checkAssignmentInput,
  contract,
  contractChange,
  contractFile,
  contractPage,
  contractRef,
  contractStateCounts,
  createContractInput,
  exclusivityConflict,
  exclusivityConflicts,
  exclusivityFindings,
  listConflictsInput,
  listContractsInput,
  updateContractInput,
  uploadContractFileInput,
} from '../../domain/creator-contracts/schema.ts';
import { changeContractStatus, setContractActive } from '../../domain/creator-contracts/status.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Services } from '../context.ts';
import { externalProcedure, router, tenantProcedure } from '../trpc.ts';

const actorOf = ({ principal, services }: { principal: Principal; services: Services }) => ({
  principal,
  now: services.now(),
});

export const creatorContractsRouter = router({
  list: tenantProcedure('creator-contracts.read')
    .input(listContractsInput)
    .output(contractPage)
    .query(({ ctx, input }) => listContracts(ctx.tx, ctx.services.now(), input)),
  count: tenantProcedure('creator-contracts.read')
    .input(listContractsInput)
    .output(z.number().int())
    .query(({ ctx, input }) => countContracts(ctx.tx, ctx.services.now(), input)),
  countStates: tenantProcedure('creator-contracts.read')
    .input(listContractsInput)
    .output(contractStateCounts)
    .query(({ ctx, input }) => countContractStates(ctx.tx, ctx.services.now(), input)),
  byId: tenantProcedure('creator-contracts.read')
    .input(contractRef)
    .output(contract)
    .query(({ ctx, input }) => getContract(ctx.tx, ctx.services.now(), input.creatorContractId)),
  create: tenantProcedure('creator-contracts.write')
    .input(createContractInput)
    .output(contract)
    .mutation(({ ctx, input }) => createContract(ctx.tx, actorOf(ctx), input)),
  update: tenantProcedure('creator-contracts.write')
    .input(updateContractInput)
    .output(contract)
    .mutation(({ ctx, input }) => updateContract(ctx.tx, actorOf(ctx), { ...input, mayAmend: false })),
  /** As update, also for the terms of a signed contract. */
  amend: tenantProcedure('creator-contracts.amend')
    .input(updateContractInput)
    .output(contract)
    .mutation(({ ctx, input }) => updateContract(ctx.tx, actorOf(ctx), { ...input, mayAmend: true })),
  changeStatus: tenantProcedure('creator-contracts.write')
    .input(changeContractStatusInput)
    .output(contract)
    .mutation(({ ctx, input }) => changeContractStatus(ctx.tx, actorOf(ctx), input)),
  archive: tenantProcedure('creator-contracts.write')
    .input(contractChange)
    .output(contract)
    .mutation(({ ctx, input }) => setContractActive(ctx.tx, actorOf(ctx), { ...input, isActive: false })),
  restore: tenantProcedure('creator-contracts.write')
    .input(contractChange)
    .output(contract)
    .mutation(({ ctx, input }) => setContractActive(ctx.tx, actorOf(ctx), { ...input, isActive: true })),
  /** What stands against an assignment before it is made. */
  checkAssignment: tenantProcedure('creator-contracts.read')
    .input(checkAssignmentInput)
    .output(exclusivityFindings)
    .query(({ ctx, input }) =>
      checkAssignment(ctx.tx, {
        ...input,
        startsOn: input.startsOn ?? null,
        endsOn: input.endsOn ?? null,
      }),
    ),
  /** What stands between one contract, signed or not, and all that its creator does. */
  check: tenantProcedure('creator-contracts.read')
    .input(contractRef)
    .output(z.array(exclusivityConflict))
    .query(({ ctx, input }) => conflictsOfContract(ctx.tx, input.creatorContractId)),
  conflicts: tenantProcedure('creator-contracts.read')
    .input(listConflictsInput)
    .output(exclusivityConflicts)
    .query(({ ctx, input }) => listConflicts(ctx.tx, ctx.services.now(), input)),
  file: tenantProcedure('creator-contracts.read')
    .input(contractRef)
    .output(contractFile)
    .query(({ ctx, input }) => getContractFile(ctx.tx, input.creatorContractId)),
  /** Bytes come and go as bodies of their own: see app/routes/contracts.$creatorContractId.file.ts. */
  uploadFile: externalProcedure('creator-contracts.write')
    .input(uploadContractFileInput)
    .output(contractFile)
    .mutation(({ ctx, input }) =>
      uploadContractFile(
        { principal: ctx.principal, files: ctx.services.files, inTenant: ctx.inTenant },
        input,
      ),
    ),
  removeFile: tenantProcedure('creator-contracts.write')
    .input(contractRef)
    .output(contractFile)
    .mutation(({ ctx, input }) => removeContractFile(ctx.tx, ctx.principal, input.creatorContractId)),
});
