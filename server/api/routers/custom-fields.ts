import { z } from 'zod';
import {
  createCustomField,
  setCustomFieldActive,
  updateCustomField,
} from '../../domain/custom-fields/commands.ts';
import {
  getCustomField,
  listCustomFieldUses,
  listOptionUses,
  pageCustomFields,
} from '../../domain/custom-fields/queries.ts';
import {
  changedCustomField,
  createCustomFieldInput,
  customField,
  customFieldChange,
  customFieldOptionUse,
  customFieldOptionUsesInput,
  customFieldPage,
  customFieldRef,
  customFieldUse,
  customFieldUsesInput,
  listCustomFieldsInput,
  updateCustomFieldInput,
} from '../../domain/custom-fields/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

const reading = tenantProcedure('custom-fields.read');
const writing = tenantProcedure('custom-fields.write');

export const customFieldsRouter = router({
  list: reading
    .meta(rest('GET', '/custom-fields', 'List the fields that the agency added to its records'))
    .input(listCustomFieldsInput)
    .output(customFieldPage)
    .query(({ ctx, input }) => pageCustomFields(ctx.tx, input)),
  byId: reading
    .meta(rest('GET', '/custom-fields/{customFieldId}', 'Read a field'))
    .input(customFieldRef)
    .output(customField)
    .query(({ ctx, input }) => getCustomField(ctx.tx, input.customFieldId)),
  uses: writing
    .input(customFieldUsesInput)
    .output(z.array(customFieldUse))
    .query(({ ctx, input }) => listCustomFieldUses(ctx.tx, input.noun)),
  optionUses: writing
    .input(customFieldOptionUsesInput)
    .output(z.array(customFieldOptionUse))
    .query(({ ctx, input }) => listOptionUses(ctx.tx, input)),
  create: writing
    .meta(rest('POST', '/custom-fields', 'Add a field to records', 201))
    .input(createCustomFieldInput)
    .output(customField)
    .mutation(({ ctx, input }) => createCustomField(ctx.tx, ctx.principal, input)),
  update: writing
    .meta(rest('PATCH', '/custom-fields/{customFieldId}', 'Change a field, its options and its place'))
    .input(updateCustomFieldInput)
    .output(changedCustomField)
    .mutation(({ ctx, input }) => updateCustomField(ctx.tx, ctx.principal, input)),
  archive: writing
    .meta(rest('DELETE', '/custom-fields/{customFieldId}', 'Hide a field; records keep its values'))
    .input(customFieldChange)
    .output(customField)
    .mutation(({ ctx, input }) => setCustomFieldActive(ctx.tx, ctx.principal, { ...input, isActive: false })),
  restore: writing
    .meta(rest('POST', '/custom-fields/{customFieldId}/restore', 'Bring a hidden field back'))
    .input(customFieldChange)
    .output(customField)
    .mutation(({ ctx, input }) => setCustomFieldActive(ctx.tx, ctx.principal, { ...input, isActive: true })),
});
