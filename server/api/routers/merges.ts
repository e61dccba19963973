import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { getCompany } from '../../domain/companies/queries.ts';
import { companyRef } from '../../domain/companies/schema.ts';
import { getContact } from '../../domain/contacts/queries.ts';
import { contactRef } from '../../domain/contacts/schema.ts';
import { mergeRecords, undoMerge } from '../../domain/merges/commands.ts';
import { findLastMerge, previewMerge } from '../../domain/merges/queries.ts';
import {
  lastMerge,
  mergeCompanyInput,
  mergeContactInput,
  mergedCompany,
  mergedContact,
  mergePreview,
  mergeRef,
  previewCompanyMergeInput,
  previewContactMergeInput,
  undoneMerge,
} from '../../domain/merges/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

interface Caller {
  tx: TenantTx;
  principal: Principal;
}

export const mergesRouter = router({
  previewContact: tenantProcedure('merges.write')
    .input(previewContactMergeInput)
    .output(mergePreview)
    .query(({ ctx, input }) => previewMerge(ctx.tx, ofContacts(input))),
  previewCompany: tenantProcedure('merges.write')
    .input(previewCompanyMergeInput)
    .output(mergePreview)
    .query(({ ctx, input }) => previewMerge(ctx.tx, ofCompanies(input))),
  mergeContact: tenantProcedure('merges.write')
    .meta(rest('POST', '/contacts/{contactId}/merge', 'Merge another contact into this one'))
    .input(mergeContactInput)
    .output(mergedContact)
    .mutation(({ ctx, input }) => mergeContact(ctx, input)),
  mergeCompany: tenantProcedure('merges.write')
    .meta(rest('POST', '/companies/{companyId}/merge', 'Merge another company into this one'))
    .input(mergeCompanyInput)
    .output(mergedCompany)
    .mutation(({ ctx, input }) => mergeCompany(ctx, input)),
  lastOfContact: tenantProcedure('merges.write')
    .input(contactRef)
    .output(lastMerge)
    .query(({ ctx, input }) => findLastMerge(ctx.tx, 'CONTACT', input.contactId)),
  lastOfCompany: tenantProcedure('merges.write')
    .input(companyRef)
    .output(lastMerge)
    .query(({ ctx, input }) => findLastMerge(ctx.tx, 'COMPANY', input.companyId)),
  undo: tenantProcedure('merges.write')
    .meta(rest('POST', '/merges/{mergeId}/undo', 'Take two merged records apart again'))
    .input(mergeRef)
    .output(undoneMerge)
    .mutation(({ ctx, input }) => undoMerge(ctx.tx, ctx.principal, input.mergeId)),
});

const ofContacts = <T extends { contactId: string; mergedContactId: string }>(input: T) => ({
  ...input,
  noun: 'CONTACT' as const,
  keptId: input.contactId,
  mergedId: input.mergedContactId,
});

const ofCompanies = <T extends { companyId: string; mergedCompanyId: string }>(input: T) => ({
  ...input,
  noun: 'COMPANY' as const,
  keptId: input.companyId,
  mergedId: input.mergedCompanyId,
});

async function mergeContact({ tx, principal }: Caller, input: typeof mergeContactInput._output) {
  const done = await mergeRecords(tx, principal, ofContacts(input));
  return { ...done, contact: await getContact(tx, input.contactId) };
}

async function mergeCompany({ tx, principal }: Caller, input: typeof mergeCompanyInput._output) {
  const done = await mergeRecords(tx, principal, ofCompanies(input));
  return { ...done, company: await getCompany(tx, input.companyId) };
}
