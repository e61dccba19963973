import { z } from 'zod';
import { expectedVersion, id, requiredText } from '../records/schema.ts';

export const nameMatches = ['CONTAINS', 'STARTS_WITH', 'ENDS_WITH', 'IS'] as const;
export type NameMatch = (typeof nameMatches)[number];

/** Which campaigns of a shared ad account are whose, by their names; upper and lower case are the same. */
export const brandRule = z.object({
  id: z.string(),
  adAccountId: z.string(),
  brandId: z.string(),
  /** The first rule that a name meets decides. */
  position: z.number().int(),
  match: z.enum(nameMatches),
  pattern: z.string(),
});

export const brandRuleInput = z.strictObject({
  brandId: id,
  match: z.enum(nameMatches).default('CONTAINS'),
  pattern: requiredText(200).regex(/\S/, 'Write a part of the campaigns’ names.'),
});
export type BrandRuleInput = z.infer<typeof brandRuleInput>;

const rules = z.array(brandRuleInput).max(100, 'At most 100 rules an ad account.');

export const brandRulesOf = z.strictObject({ adAccountId: id });

/** The whole list, in the order in which the rules are tried. `expectedVersion` is the ad account's. */
export const replaceBrandRulesInput = z.strictObject({ adAccountId: id, rules, expectedVersion });
export type ReplaceBrandRulesInput = z.infer<typeof replaceBrandRulesInput>;

export const brandRuleList = z.object({
  rules: z.array(brandRule),
  /** The ad account's version: what the next change expects. */
  version: z.number().int(),
});
export type BrandRuleList = z.infer<typeof brandRuleList>;

export const previewBrandRulesInput = z.strictObject({ adAccountId: id, rules });
export type PreviewBrandRulesInput = z.infer<typeof previewBrandRulesInput>;

const matched = z.object({
  campaignCount: z.number().int(),
  /** The first by name. */
  names: z.array(z.string()),
});

/** What each rule would give its brand, in the order of the rules, and what none of them meets. */
export const brandRulePreview = z.object({ rules: z.array(matched), unmatched: matched });
export type BrandRulePreview = z.infer<typeof brandRulePreview>;
