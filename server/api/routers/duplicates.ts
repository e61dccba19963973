import { z } from 'zod';
import { companyRef } from '../../domain/companies/schema.ts';
import { contactRef } from '../../domain/contacts/schema.ts';
import { dismissDuplicate, restoreDuplicate } from '../../domain/duplicates/commands.ts';
import {
  checkCompany,
  checkContact,
  listDuplicates,
  listDuplicatesOf,
} from '../../domain/duplicates/queries.ts';
import {
  checkCompanyInput,
  checkContactInput,
  duplicateCandidates,
  duplicateGroupPage,
  duplicatePairRef,
  duplicatesOf,
  listDuplicatesInput,
} from '../../domain/duplicates/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const duplicatesRouter = router({
  list: tenantProcedure('duplicates.read')
    .meta(rest('GET', '/duplicates', 'List records that may be one'))
    .input(listDuplicatesInput)
    .output(duplicateGroupPage)
    .query(({ ctx, input }) => listDuplicates(ctx.tx, input)),
  ofContact: tenantProcedure('duplicates.read')
    .input(contactRef)
    .output(duplicatesOf)
    .query(({ ctx, input }) => listDuplicatesOf(ctx.tx, 'CONTACT', input.contactId)),
  ofCompany: tenantProcedure('duplicates.read')
    .input(companyRef)
    .output(duplicatesOf)
    .query(({ ctx, input }) => listDuplicatesOf(ctx.tx, 'COMPANY', input.companyId)),
  checkContact: tenantProcedure('duplicates.read')
    .input(checkContactInput)
    .output(duplicateCandidates)
    .query(({ ctx, input }) => checkContact(ctx.tx, input)),
  checkCompany: tenantProcedure('duplicates.read')
    .input(checkCompanyInput)
    .output(duplicateCandidates)
    .query(({ ctx, input }) => checkCompany(ctx.tx, input)),
  dismiss: tenantProcedure('merges.write')
    .input(duplicatePairRef)
    .output(z.void())
    .mutation(({ ctx, input }) => dismissDuplicate(ctx.tx, ctx.principal, input.duplicatePairId)),
  restore: tenantProcedure('merges.write')
    .input(duplicatePairRef)
    .output(z.void())
    .mutation(({ ctx, input }) => restoreDuplicate(ctx.tx, input.duplicatePairId)),
});
