import type { BrandRuleInput, BrandRulePreview } from '../../../server/domain/brand-rules/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { ruleFields, typedRules } from './rule-rows.ts';

/** What the page's action answered, where it led nowhere else. */
export interface PageAnswer {
  failure?: FormFailure;
  previewed?: { rules: BrandRuleInput[]; preview: BrandRulePreview };
}

export interface Refusal {
  failure: FormFailure | undefined;
  /** Which form shows it; null where the page does. */
  refused: 'settings' | 'rules' | null;
  /** The rules as they stood in the form, where it was sent. */
  typed: BrandRuleInput[] | null;
  preview: BrandRulePreview | null;
}

/** A refusal stands at the form that was sent. */
export function readRefusal(answer: PageAnswer | undefined): Refusal {
  const { failure, previewed } = answer ?? {};
  const isOfRules = failure !== undefined && ruleFields.match in failure.values;
  const isOfSettings = failure?.values.intent === 'settings';
  return {
    failure,
    refused: isOfRules ? 'rules' : isOfSettings ? 'settings' : null,
    typed: isOfRules ? typedRules(failure.values) : (previewed?.rules ?? null),
    preview: previewed?.preview ?? null,
  };
}
