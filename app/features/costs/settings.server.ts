import type {
  CreateMarginInput,
  PreviewMarginInput,
  UpdateCostSettingsInput,
  UpdateMarginInput,
} from '../../../server/domain/costs/schema.ts';
import type { Api } from '../../bridge/api.server.ts';
import { readChanges, readForm } from '../../bridge/forms.server.ts';
import { marginFields } from './margin-form.tsx';
import { toFraction } from './percents.ts';

/** The agency's or a brand's settings, as their form says them. The procedure's own schema judges them. */
export function sendSettings(caller: Api, form: FormData): Promise<unknown> {
  const { brandId, expectedVersion, pacingTolerance, valueSource } = readForm(form);
  return caller.costs.updateSettings({
    brandId: brandId ?? null,
    expectedVersion,
    valueSource: valueSource ?? null,
    pacingTolerance: pacingTolerance ? toFraction(pacingTolerance) : null,
  } as unknown as UpdateCostSettingsInput);
}

/** A margin rule, new or changed. Fields of the other kinds are emptied: they would say nothing. */
export function sendMargin(caller: Api, form: FormData): Promise<unknown> {
  const { marginRuleId, expectedVersion, brandId, campaignId } = readForm(form);
  const terms = readTerms(form);
  if (marginRuleId)
    return caller.margins.update({ ...terms, marginRuleId, expectedVersion } as unknown as UpdateMarginInput);
  return caller.margins.create({
    ...terms,
    brandId: brandId ?? null,
    campaignId: campaignId ?? null,
  } as unknown as CreateMarginInput);
}

const TRIED = '1000';

/** What the rule would ask of a thousand in its own currency, else the agency's. */
export function previewMargin(caller: Api, form: FormData, reportingCurrency: string) {
  const { kind, percent, amount, currency } = readTerms(form);
  const cost = { amount: TRIED, currency: currency ?? reportingCurrency };
  return caller.margins.preview({ kind, percent, amount, currency, cost } as unknown as PreviewMarginInput);
}

export function archiveMargin(caller: Api, form: FormData): Promise<unknown> {
  const { marginRuleId = '', expectedVersion } = readForm(form);
  return caller.margins.archive({ marginRuleId, expectedVersion });
}

function readTerms(form: FormData): Record<string, string | null | string[]> & {
  kind: string | null;
  percent: string | null;
  amount: string | null;
  currency: string | null;
} {
  const texts = readChanges(form, marginFields);
  const isFixed = texts.kind === 'FIXED';
  const own = (name: string, isOwn: boolean) => (isOwn ? (texts[name]?.replaceAll(',', '') ?? null) : null);
  return {
    ...texts,
    kind: texts.kind ?? null,
    percent: own('percent', !isFixed),
    amount: own('amount', isFixed),
    currency: own('currency', isFixed)?.toUpperCase() ?? null,
    // A fixed amount asks on no cost: all kinds stand there, as nothing is narrowed.
    ...(isFixed ? {} : { appliesTo: form.getAll('appliesTo').map(String) }),
  };
}
