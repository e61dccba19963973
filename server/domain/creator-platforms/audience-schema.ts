import { z } from 'zod';
import { socialPlatforms } from '../../integrations/creator-network.ts';
import { figureSources } from '../creators/schema.ts';
import { id } from '../records/schema.ts';

/** Why a sample is to be read with care: SMALL: under 1,000 followers; ENGAGED: those who reacted, a part of them. */
export const audienceCautions = ['SMALL', 'ENGAGED', 'OLD', 'UNKNOWN_BASE'] as const;
export type AudienceCaution = (typeof audienceCautions)[number];

const caution = z.object({ kind: z.enum(audienceCautions), text: z.string() });
export type Caution = z.infer<typeof caution>;

/** 0 to 100, exact, as the network sent it. */
const percent = z.string();
const country = z.object({ code: z.string(), percent });
const city = z.object({ name: z.string(), percent });
const genderAge = z.object({ gender: z.enum(['FEMALE', 'MALE', 'OTHER']), ageRange: z.string(), percent });

const parts = {
  countries: z.array(country),
  cities: z.array(city),
  genderAges: z.array(genderAge),
  /** What the percents of each come to: networks send sums that are not 100. Null where nothing is told. */
  sums: z.object({
    countries: percent.nullable(),
    cities: percent.nullable(),
    genderAges: percent.nullable(),
  }),
};
export type AudienceParts = z.infer<z.ZodObject<typeof parts>>;

/** Who follows an account, as its network estimated it on a day. */
export const audience = z.object({
  creatorPlatformId: z.string(),
  kind: z.enum(['FOLLOWERS', 'ENGAGED']),
  /** The day that it is of, UTC. */
  date: z.string(),
  /** The base of the percents at that time. */
  followers: z.number().int().nullable(),
  ...parts,
  source: z.enum(figureSources),
  fetchedAt: z.string(),
  cautions: z.array(caution),
});
export type Audience = z.infer<typeof audience>;

/** The newest one, null where none is known, and those before it, the newest first. */
export const audienceHistory = z.object({ newest: audience.nullable(), earlier: z.array(audience) });
export type AudienceHistory = z.infer<typeof audienceHistory>;

export const combinedAudienceInput = z
  .strictObject({ creatorId: id.optional(), campaignId: id.optional() })
  .refine(({ creatorId, campaignId }) => (creatorId === undefined) !== (campaignId === undefined), {
    error: 'Name a creator or a campaign.',
    path: ['creatorId'],
  });
export type CombinedAudienceInput = z.infer<typeof combinedAudienceInput>;

const account = {
  creatorPlatformId: z.string(),
  creatorId: z.string(),
  creatorName: z.string(),
  platform: z.enum(socialPlatforms),
  handle: z.string(),
};

/**
 * The audiences of several accounts as one, weighted by followers. Who follows two of them is counted twice, since no
 * network says who that is; what a network left off its list counts as none of it.
 */
export const combinedAudience = z.object({
  ...parts,
  /** Of the accounts in it together. */
  followers: z.number().int(),
  included: z.array(
    z.object({ ...account, followers: z.number().int(), date: z.string(), cautions: z.array(caution) }),
  ),
  leftOut: z.array(
    z.object({ ...account, reason: z.enum(['NO_AUDIENCE', 'NO_FOLLOWERS']), text: z.string() }),
  ),
});
export type CombinedAudience = z.infer<typeof combinedAudience>;
