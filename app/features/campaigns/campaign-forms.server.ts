import type { CreateCampaignInput, UpdateCampaignInput } from '../../../server/domain/campaigns/schema.ts';
import type { Api } from '../../bridge/api.server.ts';
import { type Edit, namesIn, readEdit } from '../../bridge/edits.server.ts';
import { type FormFailure, readChanges, readForm } from '../../bridge/forms.server.ts';
import {
  readCustomFields,
  readNewCustomFields,
  readRows,
  readTags,
  readTexts,
} from '../../bridge/record-forms.server.ts';
import type { FormField } from '../custom-fields/custom-values.ts';
import { campaignFields } from './campaign-form-values.ts';
import { readRecognition } from './recognition.ts';

/** A new campaign as its form says it. The procedure's own schema judges it. */
export function readNewCampaign(form: FormData, customFields: readonly FormField[]): CreateCampaignInput {
  const { copyOf, campaignTemplateId } = readForm(form);
  const origin = { ...(copyOf && { copyOf }), ...(campaignTemplateId && { campaignTemplateId }) };
  return {
    ...readMoney(readTexts(form, campaignFields)),
    ...readCommon(form),
    ...readNewCustomFields(form, customFields),
    ...origin,
    ...(Object.keys(origin).length > 0 && { include: form.getAll('include') }),
  } as unknown as CreateCampaignInput;
}

/** What an edit form changes of a campaign, and what its person saw. */
export function readCampaignEdit(
  form: FormData,
  customFields: readonly FormField[],
): Edit<UpdateCampaignInput> {
  const { changes, base } = readEdit<Record<string, unknown>>(form, (fields) => ({
    ...readMoney(readChanges(fields, campaignFields)),
    ...readCommon(fields),
    ...readCustomFields(fields, customFields),
  }));
  // An empty currency is no currency to change to: the budget keeps its own.
  if (!changes.currency) delete changes.currency;
  return { changes, ...(base && { base }) };
}

/** An amount as people write it, "50,000", and a currency in small letters. */
function readMoney<T extends { budget?: unknown; currency?: unknown }>(fields: T): T {
  const { budget, currency } = fields;
  return {
    ...fields,
    ...(typeof budget === 'string' && { budget: budget.replaceAll(/[,\s]/g, '') }),
    ...(typeof currency === 'string' && { currency: currency.toUpperCase() }),
  };
}

function readCommon(form: FormData) {
  return {
    ...readRecognition(form),
    ...readTags(form),
    ...readRows(form, ['contactIds']),
    // The hidden field before the checkbox says that it was there, though it was left empty.
    ...(form.has('movesByDate') && { movesByDate: form.getAll('movesByDate').includes('true') }),
  };
}

/** A refusal with what the ids that were typed are called, so that the form can show them again. */
export async function withTypedNames<F extends FormFailure>(caller: Api, failure: F): Promise<F> {
  const { dealId, contactIds } = failure.values;
  const names = await namesIn(caller, [dealId, ...(contactIds ?? '').split('\n')]);
  return { ...failure, names: { ...failure.names, ...names } };
}
