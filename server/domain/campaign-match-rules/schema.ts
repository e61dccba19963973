import { z } from 'zod';
import { adPlatforms } from '../../integrations/ad-platform.ts';
import { nameMatches } from '../brand-rules/schema.ts';
import { expectedVersion, id, requiredText } from '../records/schema.ts';

/** How many platform campaigns a list of a preview names. */
export const NAMED = 50;

const hasMark = /\S/;

/** All that a rule says must hold; upper and lower case are the same. The platform alone is too little. */
export const matchRuleInput = z
  .strictObject({
    adAccountId: id.nullish(),
    platform: z.enum(adPlatforms).nullish(),
    /** With `namePattern`, CONTAINS unless said. */
    nameMatch: z.enum(nameMatches).nullish(),
    namePattern: requiredText(200).regex(hasMark, 'Write a part of the names.').nullish(),
    /** The whole label, as the platform names it. */
    label: requiredText(200).regex(hasMark, 'Write a label.').nullish(),
    /** What this rule attaches pays for the reach of creators' posts. */
    isBoost: z.boolean().default(false),
  })
  .refine(({ namePattern, label, adAccountId }) => Boolean(namePattern ?? label ?? adAccountId), {
    path: ['namePattern'],
    message: 'Say a part of the name, a label or an ad account.',
  })
  .refine(({ nameMatch, namePattern }) => !nameMatch || Boolean(namePattern), {
    path: ['namePattern'],
    message: 'Write what the name is compared with.',
  });
export type MatchRuleInput = z.infer<typeof matchRuleInput>;

const rules = z.array(matchRuleInput).max(50, 'At most 50 rules a campaign.');

export const matchRulesOf = z.strictObject({ campaignId: id });

export const previewMatchRulesInput = z.strictObject({ campaignId: id, rules });
export type PreviewMatchRulesInput = z.infer<typeof previewMatchRulesInput>;

/** The whole list, in the order in which the rules are tried. `expectedVersion` is the campaign's. */
export const replaceMatchRulesInput = z.strictObject({ campaignId: id, rules, expectedVersion });
export type ReplaceMatchRulesInput = z.infer<typeof replaceMatchRulesInput>;

export const matchRule = z.object({
  id: z.string(),
  campaignId: z.string(),
  /** The first rule that a platform campaign meets decides. */
  position: z.number().int(),
  adAccountId: z.string().nullable(),
  /** null also where the account is not the reader's to see. */
  adAccountName: z.string().nullable(),
  platform: z.enum(adPlatforms).nullable(),
  nameMatch: z.enum(nameMatches).nullable(),
  namePattern: z.string().nullable(),
  label: z.string().nullable(),
  isBoost: z.boolean(),
  /** Whose eyes it has: it attaches what its author sees. null where that person is gone. */
  createdById: z.string().nullable(),
  createdByName: z.string().nullable(),
  /** Its author left or may no longer write: it attaches nothing until somebody else saves the rules. */
  isAsleep: z.boolean(),
  /** Its author sees what is assigned to them alone, and so does the rule. */
  isNarrow: z.boolean(),
  createdAt: z.string(),
});
export type MatchRule = z.infer<typeof matchRule>;

export const matchRuleList = z.object({
  campaignId: z.string(),
  rules: z.array(matchRule),
  /** The campaign is completed, cancelled or in the recycle bin: its rules attach nothing. */
  isResting: z.boolean(),
  /** The campaign's version: what the next change expects. */
  version: z.number().int(),
});
export type MatchRuleList = z.infer<typeof matchRuleList>;

/** A platform campaign as a preview names it. */
export const matchedCampaign = z.object({
  platformCampaignId: z.string(),
  name: z.string(),
  adAccountId: z.string(),
  adAccountName: z.string(),
  platform: z.string(),
  labels: z.array(z.string()),
  /** In the platform's own words. */
  nativeStatus: z.string().nullable(),
  /** No longer listed by the platform; its figures stay. */
  isGone: z.boolean(),
});
export type MatchedCampaign = z.infer<typeof matchedCampaign>;

/** All of them are counted, the first 50 by name are named. */
const namedList = <T extends z.ZodType>(item: T) =>
  z.object({ count: z.number().int(), items: z.array(item) });

/** Name and id are null where the campaign is not the reader's to see: say "another campaign". */
const campaignName = z.object({ campaignId: z.string().nullable(), campaignName: z.string().nullable() });

export const matchedList = namedList(matchedCampaign);
export type MatchedList = z.infer<typeof matchedList>;

/** What rules would do with the platform campaigns of the accounts that they reach, as far as the reader sees those. */
export const matchPreview = z.object({
  /** What each rule would attach, in the order of the rules. */
  rules: z.array(matchedList),
  /** What meets a rule and is attached to this campaign already. */
  here: matchedList,
  /** What meets a rule and is attached to another campaign; it stays there. */
  elsewhere: namedList(matchedCampaign.extend(campaignName.shape)),
  /** What rules of other campaigns claim as well; it is attached to none of them. */
  ambiguous: namedList(matchedCampaign.extend({ campaigns: z.array(campaignName) })),
  /** What somebody took off this campaign; it comes back when it is picked. */
  refused: matchedList,
  /** What waits for a campaign in the same accounts and meets no rule. */
  unmatched: matchedList,
});
export type MatchPreview = z.infer<typeof matchPreview>;

export const replacedMatchRules = matchRuleList.extend({ attached: matchedList });
export type ReplacedMatchRules = z.infer<typeof replacedMatchRules>;
