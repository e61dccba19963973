import { randomUUID } from 'node:crypto';
import { withTenant } from '../../db/tenant.ts';
import type { SocialPlatform } from '../../db/types.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import type { NetworkContent } from '../../server/integrations/creator-network.ts';
import type { Agency, World } from './world.ts';

export interface MadeCreator {
  creatorId: string;
  contactId: string;
  /** Of their account at the platform that was asked for. */
  creatorPlatformId: string;
  handle: string;
}

/** A creator of a brand (or of nobody's) with one account, as rows: for tests of what hangs on creators. */
export async function makeCreator(
  world: World,
  agency: Agency,
  {
    brandId = null,
    platform = 'INSTAGRAM',
    name = 'Noor Haddad',
  }: { brandId?: string | null; platform?: SocialPlatform; name?: string } = {},
): Promise<MadeCreator> {
  const { organizationId } = agency;
  const [firstName = '', ...rest] = name.split(' ');
  const handle = `c${randomUUID().slice(0, 8)}`;
  return withTenant(world.jobsDb, jobPrincipal(organizationId), 'write', async (tx) => {
    const contact = await tx
      .insertInto('contacts')
      .values({
        organization_id: organizationId,
        first_name: firstName,
        last_name: rest.join(' '),
        brand_id: brandId,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const creator = await tx
      .insertInto('creators')
      .values({ organization_id: organizationId, contact_id: contact.id, brand_id: brandId })
      .returning('id')
      .executeTakeFirstOrThrow();
    const account = await tx
      .insertInto('creator_platforms')
      .values({ organization_id: organizationId, creator_id: creator.id, platform, handle })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { creatorId: creator.id, contactId: contact.id, creatorPlatformId: account.id, handle };
  });
}

/** A piece as a network would tell it. */
export function networkContent(given: Partial<NetworkContent> = {}): NetworkContent {
  const nativeId = given.nativeId ?? String(BigInt(`0x${randomUUID().replaceAll('-', '').slice(0, 14)}`));
  return {
    contentId: randomUUID(),
    accountId: randomUUID(),
    nativeId,
    type: 'REEL',
    url: `https://www.instagram.com/reel/C${nativeId}/`,
    title: null,
    caption: 'Morning light #Glow with @glow.beauty',
    hashtags: [],
    mentions: [],
    isLabelledSponsored: null,
    durationSeconds: 20,
    thumbnailUrl: null,
    mediaUrl: null,
    publishedAt: new Date('2026-11-10T08:00:00Z'),
    expiresAt: null,
    views: 1000,
    likes: 90,
    comments: 10,
    shares: null,
    saves: null,
    reach: null,
    impressions: null,
    updatedAt: new Date('2026-11-12T08:00:00Z'),
    ...given,
  };
}
