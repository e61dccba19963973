import { z } from 'zod';
import { socialPlatforms } from '../../integrations/creator-network.ts';
import { connectionStates } from '../creators/schema.ts';
import { flag, id } from '../records/schema.ts';

const platform = z.enum(socialPlatforms);

/** What a browser needs to open Phyllo's connect window. */
export const connectSession = z.object({
  userId: z.string(),
  token: z.string(),
  expiresAt: z.string().nullable(),
  environment: z.enum(['sandbox', 'staging', 'production']),
  /** Of one network; null lets the creator choose. */
  workPlatformId: z.string().nullable(),
  scriptUrl: z.string(),
  /** Whose name the window shows. */
  clientDisplayName: z.string(),
});
export type ConnectSessionAnswer = z.infer<typeof connectSession>;

export const connectInput = z.strictObject({
  creatorId: id,
  /** Left out: the creator chooses. */
  platform: platform.optional(),
  /** Whether a session is wanted too, for a page that opens the window itself. */
  withSession: flag.optional(),
});
export type ConnectCreatorInput = z.infer<typeof connectInput>;

export const connectAnswer = z.object({
  creatorConnectLinkId: z.string(),
  /** For the creator, who needs no account here. Its secret is in this answer and nowhere else. */
  connectUrl: z.string(),
  expiresAt: z.string(),
  session: connectSession.nullable(),
});
export type ConnectAnswer = z.infer<typeof connectAnswer>;

export const sessionInput = z.strictObject({ creatorId: id, platform: platform.optional() });
export type SessionInput = z.infer<typeof sessionInput>;

/** Phyllo’s id of an account, as its window tells it. It proves nothing. */
export const accountId = id.transform((value) => value.toLowerCase());
export const confirmInput = z.strictObject({ creatorId: id, accountId });

export const connectLinksInput = z.strictObject({ creatorId: id });
export const connectLinkRef = z.strictObject({ creatorConnectLinkId: id });

export const connectLink = z.object({
  id: z.string(),
  creatorId: z.string(),
  platform: platform.nullable(),
  state: z.enum(['OPEN', 'EXPIRED', 'WITHDRAWN']),
  createdById: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
  /** When it was first opened, and when an account was last connected through it. */
  openedAt: z.string().nullable(),
  usedAt: z.string().nullable(),
});
export type ConnectLink = z.infer<typeof connectLink>;

/** Which networks the connect window offers; none where Phyllo is off. */
export const connectOptions = z.object({
  isOn: z.boolean(),
  isStandIn: z.boolean(),
  platforms: z.array(platform),
});
export type ConnectOptions = z.infer<typeof connectOptions>;

export const connectToken = z.strictObject({ token: z.string() });
/** `platform` narrows a link that leaves the network open. */
export const connectTokenSession = z.strictObject({ token: z.string(), platform: platform.optional() });
export const connectTokenConfirm = z.strictObject({ token: z.string(), accountId });

/** What somebody is told who opens a link: enough to decide, and nothing else of the agency. */
export const creatorInvitation = z.object({
  agencyName: z.string(),
  creatorName: z.string(),
  /** Which network was asked for; null: any. */
  platform: platform.nullable(),
  /** What the window offers. */
  platforms: z.array(platform),
  /** The creator's accounts that were connected, by whatever way. */
  accounts: z.array(z.object({ platform, handle: z.string(), connectionState: z.enum(connectionStates) })),
  askedBy: z.string().nullable(),
  expiresAt: z.string(),
  timeZone: z.string(),
});
export type CreatorInvitation = z.infer<typeof creatorInvitation>;

export const invitationConfirmed = z.object({ platform, handle: z.string() });
export type InvitationConfirmed = z.infer<typeof invitationConfirmed>;
