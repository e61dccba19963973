import type { ContentType, CreatorCampaignStatus, SocialPlatform } from '../../db/types.ts';
import { type Agency, caller, type PersonName, type World } from './world.ts';

/** An agency's creators with what they do, for tests of what contracts say of it. */
export class Contracted {
  private readonly world: World;
  readonly agency: Agency;

  constructor(world: World, agency: Agency = world.demo) {
    this.world = world;
    this.agency = agency;
  }

  as(name: PersonName) {
    return caller(this.world, this.agency.people[name].principal);
  }

  get brands() {
    return this.agency.brands;
  }

  /** A creator of no brand, seen by the agency whole and by the people of the brands whose campaigns they work on. */
  async creator(
    change: { brandId?: string; ownerId?: string } = {},
  ): Promise<{ id: string; contactId: string }> {
    const contact = await this.as('owner').contacts.create({
      firstName: 'Noor',
      lastName: 'Haddad',
      ...change,
    });
    const { id } = await this.as('owner').creators.create({ contactId: contact.id, ...change });
    return { id, contactId: contact.id };
  }

  async campaign(brandId: string, change: Record<string, unknown> = {}): Promise<string> {
    const { rows } = await this.query<{ id: string }>(
      `insert into campaigns (organization_id, brand_id, name, owner_id, created_by_id, starts_on, ends_on, categories, competitors, territories)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
      [
        this.agency.organizationId,
        brandId,
        change.name ?? 'Campaign',
        change.ownerId ?? this.agency.people.owner.userId,
        this.agency.people.owner.userId,
        change.startsOn ?? null,
        change.endsOn ?? null,
        change.categories ?? [],
        change.competitors ?? [],
        change.territories ?? [],
      ],
    );
    return rows[0]?.id ?? '';
  }

  /** The creator works on the campaign, for pieces on these platforms. */
  async assign(
    creatorId: string,
    campaignId: string,
    change: { platforms?: readonly SocialPlatform[]; status?: CreatorCampaignStatus } = {},
  ): Promise<string> {
    const { rows } = await this.query<{ id: string }>(
      `insert into campaign_creators (organization_id, campaign_id, creator_id, status) values ($1, $2, $3, $4) returning id`,
      [this.agency.organizationId, campaignId, creatorId, change.status ?? 'ACCEPTED'],
    );
    const id = rows[0]?.id ?? '';
    for (const platform of change.platforms ?? [])
      await this.query(
        `insert into campaign_deliverables (organization_id, campaign_creator_id, platform, type) values ($1, $2, $3, 'VIDEO')`,
        [this.agency.organizationId, id, platform],
      );
    return id;
  }

  /** A piece that was published for a campaign at this instant. */
  async publish(
    creatorId: string,
    campaignId: string,
    { at, platform = 'TIKTOK' }: { at: string; platform?: SocialPlatform; type?: ContentType },
  ): Promise<string> {
    const account = await this.query<{ id: string }>(
      `insert into creator_platforms (organization_id, creator_id, platform, handle)
       values ($1, $2, $3, 'handle-' || gen_random_uuid()) returning id`,
      [this.agency.organizationId, creatorId, platform],
    );
    const { rows } = await this.query<{ id: string }>(
      `insert into creator_contents (organization_id, creator_id, creator_platform_id, platform, type, source, published_at)
       values ($1, $2, $3, $4, 'VIDEO', 'MANUAL', $5) returning id`,
      [this.agency.organizationId, creatorId, account.rows[0]?.id, platform, at],
    );
    const id = rows[0]?.id ?? '';
    await this.query(
      `insert into campaign_contents (organization_id, campaign_id, creator_content_id) values ($1, $2, $3)`,
      [this.agency.organizationId, campaignId, id],
    );
    return id;
  }

  query<T extends object>(statement: string, values: unknown[] = []) {
    return this.world.ownerDb.pool.query<T>(statement, values);
  }
}
