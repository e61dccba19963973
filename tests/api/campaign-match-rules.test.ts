import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matchPlatformCampaigns } from '../../jobs/tasks/match-platform-campaigns.ts';
import { type PlatformData, platformData } from '../metrics/platform-data.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { type Agency, caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
let demo: Agency;
let data: PlatformData;
beforeAll(async () => {
  world = await createWorld(database());
  ({ demo } = world);
  data = platformData(world, demo);
});
afterAll(() => world.close());

const as = (name: PersonName, agency: Agency = demo) => caller(world, agency.people[name].principal);
const first = () => demo.brands.first;
const second = () => demo.brands.second;
const campaign = async (name: string, brandId: string | null = first()) =>
  (await as('owner').campaigns.create({ name, brandId })).id;
const names = (list: { items: { name: string }[] }) => list.items.map(({ name }) => name);
const attachedTo = async (campaignId: string) =>
  names(await as('owner').platformCampaigns.list({ campaignId }));
const match = () =>
  matchPlatformCampaigns(
    { jobsDb: world.jobsDb, log: world.services.log },
    { organizationId: demo.organizationId, adAccountId: null },
  );

async function label(platformCampaignId: string, ...labels: string[]): Promise<void> {
  await world.ownerDb.pool.query('update platform_campaigns set labels = $2 where id = $1', [
    platformCampaignId,
    labels,
  ]);
}

describe('the rules of a campaign', () => {
  test('attach at once what waits and meets all of a rule, whatever its case, and link its account', async () => {
    const campaignId = await campaign('Summer');
    const adAccountId = await data.account({ name: 'Own', brandId: first() });
    const one = await data.platformCampaign(adAccountId, { name: 'SUMMER | Reels' });
    await data.platformCampaign(adAccountId, { name: 'summer | search' });
    await data.platformCampaign(adAccountId, { name: 'Winter' });
    await label(one, 'Always-On');
    const rules = [{ namePattern: 'summer', nameMatch: 'STARTS_WITH' as const, label: 'always-on' }];
    const replaced = await as('owner').campaignMatchRules.replace({ campaignId, rules });
    expect(replaced.rules).toMatchObject([
      { position: 0, nameMatch: 'STARTS_WITH', namePattern: 'summer', label: 'always-on', isAsleep: false },
    ]);
    expect(replaced.attached).toMatchObject({ count: 1, items: [{ name: 'SUMMER | Reels' }] });
    const { items } = await as('owner').platformCampaigns.list({ campaignId });
    expect(items).toMatchObject([{ attachedBy: 'RULE', isBoost: false, labels: ['Always-On'] }]);
    expect(items[0]?.attachedAt).not.toBeNull();
    expect((await as('owner').campaignAdAccounts.list({ campaignId })).items).toMatchObject([
      { adAccountId },
    ]);
    const stories = (await as('owner').activities.list({ campaignId })).items;
    expect(stories.map(({ type, description }) => [type, description]).slice(0, 2)).toEqual([
      ['CAMPAIGN_UPDATED', 'SUMMER | Reels attached to Summer by its rules'],
      ['CAMPAIGN_RULES_CHANGED', 'Rules of Summer changed'],
    ]);
    const seen = (await as('client').activities.list({ campaignId })).items;
    expect(seen.map(({ type }) => type)).not.toContain('CAMPAIGN_RULES_CHANGED');
  });

  test('are tried in their order, and the first that meets says whether it is a boost', async () => {
    const campaignId = await campaign('Ordered');
    const adAccountId = await data.account({ brandId: first() });
    await data.platformCampaign(adAccountId, { name: 'Spark creators' });
    await data.platformCampaign(adAccountId, { name: 'Prospecting creators' });
    const rules = [
      { adAccountId, namePattern: 'spark', isBoost: true },
      { adAccountId, namePattern: 'creators' },
    ];
    await as('owner').campaignMatchRules.replace({ campaignId, rules });
    const boosts = await as('owner').platformCampaigns.list({ campaignId, isBoost: true });
    expect(names(boosts)).toEqual(['Spark creators']);
    const media = await as('owner').platformCampaigns.list({ campaignId, isBoost: false });
    expect(names(media)).toEqual(['Prospecting creators']);
  });

  test('begin, end with and are names, and hold to one platform', async () => {
    const campaignId = await campaign('Comparisons');
    const adAccountId = await data.account({ brandId: first() });
    for (const name of ['Eid begins', 'ends with EID', 'eid', 'other']) {
      await data.platformCampaign(adAccountId, { name });
    }
    const preview = (rule: object) =>
      as('owner').campaignMatchRules.preview({
        campaignId,
        rules: [{ adAccountId, namePattern: 'Eid', ...rule }],
      });
    const met = async (rule: object) => names((await preview(rule)).rules[0] ?? { items: [] });
    expect(await met({ nameMatch: 'STARTS_WITH' })).toEqual(['eid', 'Eid begins']);
    expect(await met({ nameMatch: 'ENDS_WITH' })).toEqual(['eid', 'ends with EID']);
    expect(await met({ nameMatch: 'IS' })).toEqual(['eid']);
    expect(await met({ platform: 'META' })).toHaveLength(3);
    expect(await met({ platform: 'GOOGLE' })).toEqual([]);
  });

  test('say nothing new where nothing changed, and need the version that they were read at', async () => {
    const campaignId = await campaign('Versions');
    const adAccountId = await data.account({ brandId: first() });
    const rules = [{ adAccountId }];
    const { version } = await as('owner').campaignMatchRules.list({ campaignId });
    const once = await as('owner').campaignMatchRules.replace({
      campaignId,
      rules,
      expectedVersion: version,
    });
    expect(once.version).toBeGreaterThan(version);
    const stale = as('owner').campaignMatchRules.replace({
      campaignId,
      rules: [],
      expectedVersion: version,
    });
    expect((await refusal(stale)).code).toBe('precondition');
    const again = await as('admin').campaignMatchRules.replace({ campaignId, rules });
    expect([again.version, again.rules]).toEqual([once.version, once.rules]);
    expect(await as('viewer').campaignMatchRules.list({ campaignId })).toMatchObject({ rules: once.rules });
  });

  test('are refused where they say too little, name what is not seen, or come with more than is known', async () => {
    const campaignId = await campaign('Refused');
    const replace = (rules: object[]) => as('owner').campaignMatchRules.replace({ campaignId, rules: rules });
    expect(await refusedFields(replace([{ platform: 'META' }]))).toEqual(['invalid', 'rules.0.namePattern']);
    expect(await refusedFields(replace([{ label: '  ' }]))).toEqual(['invalid', 'rules.0.label']);
    expect(await refusedFields(replace([{ adAccountId: randomUUID(), nameMatch: 'IS' }]))).toEqual([
      'invalid',
      'rules.0.namePattern',
    ]);
    expect((await refusal(replace([{ label: 'x', brandId: first() }]))).code).toBe('invalid');
    const rival = await platformData(world, world.rival).account();
    for (const adAccountId of [rival, randomUUID()]) {
      expect(await refusedFields(replace([{ label: 'x' }, { adAccountId }]))).toEqual([
        'invalid',
        'rules.1.adAccountId',
      ]);
    }
  });

  test('are written by no viewer and no client, and are there for nobody who does not see the campaign', async () => {
    const campaignId = await campaign('Whose');
    const rules = [{ label: 'x' }];
    const { list, preview, replace } = {
      list: (name: PersonName, agency?: Agency) => as(name, agency).campaignMatchRules.list({ campaignId }),
      preview: (name: PersonName, agency?: Agency) =>
        as(name, agency).campaignMatchRules.preview({ campaignId, rules }),
      replace: (name: PersonName, agency?: Agency) =>
        as(name, agency).campaignMatchRules.replace({ campaignId, rules }),
    };
    expect((await refusal(replace('viewer'))).code).toBe('forbidden');
    for (const call of [list, preview, replace]) {
      expect((await refusal(call('client'))).code).toBe('forbidden');
      const unseen = await refusal(call('unassigned'));
      expect(unseen.code).toBe('not_found');
      expect(await refusal(call('owner', world.rival))).toMatchObject({
        code: 'not_found',
        message: unseen.message,
      });
    }
    const nonsense = as('owner').campaignMatchRules.list({ campaignId: randomUUID() });
    expect((await refusal(nonsense)).code).toBe('not_found');
    await as('owner').campaigns.archive({ campaignId });
    expect((await refusal(replace('owner'))).code).toBe('conflict');
  });
});

describe('a preview', () => {
  test('tells what each rule would attach, what is elsewhere, claimed twice, refused and unmatched', async () => {
    const [mine, other, third] = [await campaign('Mine'), await campaign('Other'), await campaign('Third')];
    const adAccountId = await data.account({ name: 'Previewed', brandId: first() });
    const make = (name: string, campaignId?: string) =>
      data.platformCampaign(adAccountId, { name, ...(campaignId ? { campaignId } : {}) });
    await make('A launch');
    await make('B launch');
    await make('Held launch', other);
    await make('Here launch', mine);
    await make('Twice launch');
    const off = await make('Off launch', mine);
    await make('Something else');
    await as('owner').platformCampaigns.detach({ campaignId: mine, platformCampaignIds: [off] });
    // Both claim it, so that neither gets it.
    const twice = [{ adAccountId, namePattern: 'twice' }];
    await as('owner').campaignMatchRules.replace({ campaignId: mine, rules: [] });
    const claims = await as('owner').campaignMatchRules.replace({ campaignId: third, rules: [] });
    expect(claims.attached.count).toBe(0);
    await world.ownerDb.pool.query(
      `insert into campaign_match_rules (organization_id, campaign_id, position, ad_account_id, name_match, name_pattern, created_by_id)
       values ($1, $2, 0, $3, 'CONTAINS', 'twice', $4)`,
      [demo.organizationId, third, adAccountId, demo.people.owner.userId],
    );
    const rules = [
      { adAccountId, namePattern: 'a launch', nameMatch: 'IS' as const },
      { adAccountId, namePattern: 'launch' },
    ];
    const preview = await as('owner').campaignMatchRules.preview({ campaignId: mine, rules });
    expect(preview.rules.map((list) => [list.count, names(list)])).toEqual([
      [1, ['A launch']],
      [1, ['B launch']],
    ]);
    expect(preview.elsewhere).toMatchObject({
      count: 1,
      items: [{ name: 'Held launch', campaignId: other, campaignName: 'Other' }],
    });
    expect(names(preview.here)).toEqual(['Here launch']);
    expect(preview.ambiguous).toMatchObject({
      count: 1,
      items: [{ name: 'Twice launch', campaigns: [{ campaignId: third, campaignName: 'Third' }] }],
    });
    expect(names(preview.refused)).toEqual(['Off launch']);
    expect(names(preview.unmatched)).toEqual(['Something else']);
    expect(preview.rules[0]?.items[0]).toMatchObject({ adAccountName: 'Previewed', platform: 'META' });
    // It changed nothing, and what would be done is what is done.
    expect(await attachedTo(mine)).toEqual(['Here launch']);
    const replaced = await as('owner').campaignMatchRules.replace({
      campaignId: mine,
      rules: [...rules, ...twice],
    });
    expect(names(replaced.attached)).toEqual(['A launch', 'B launch']);
  });

  test('counts all and names the first fifty', async () => {
    const campaignId = await campaign('Many');
    const adAccountId = await data.account({ brandId: first() });
    for (let n = 0; n < 53; n += 1) {
      await data.platformCampaign(adAccountId, { name: `Row ${String(n).padStart(2, '0')}` });
    }
    const { rules, unmatched } = await as('owner').campaignMatchRules.preview({
      campaignId,
      rules: [{ adAccountId, namePattern: 'row' }],
    });
    expect([rules[0]?.count, rules[0]?.items.length, rules[0]?.items[0]?.name]).toEqual([53, 50, 'Row 00']);
    expect(unmatched).toEqual({ count: 0, items: [] });
  });

  test('says that another campaign claims a thing without saying which to whoever does not see it', async () => {
    const member = demo.people.member.userId;
    const own = await campaign('Seen', null);
    const hidden = await campaign('Hidden', null);
    await world.ownerDb.pool.query('update campaigns set owner_id = $2 where id = $1', [own, member]);
    const adAccountId = await data.account({ name: 'Own account' });
    await world.ownerDb.pool.query('update ad_accounts set owner_id = $2 where id = $1', [
      adAccountId,
      member,
    ]);
    await data.platformCampaign(adAccountId, { name: 'Contested' });
    const rules = [{ adAccountId, namePattern: 'contested' }];
    await as('member').campaignMatchRules.replace({ campaignId: own, rules: [] });
    await world.ownerDb.pool.query(
      `insert into campaign_match_rules (organization_id, campaign_id, position, ad_account_id, created_by_id)
       values ($1, $2, 0, $3, $4)`,
      [demo.organizationId, hidden, adAccountId, demo.people.owner.userId],
    );
    const preview = await as('member').campaignMatchRules.preview({ campaignId: own, rules });
    expect(preview.ambiguous).toMatchObject({
      count: 1,
      items: [{ name: 'Contested', campaigns: [{ campaignId: null, campaignName: null }] }],
    });
    const replaced = await as('member').campaignMatchRules.replace({ campaignId: own, rules });
    expect(replaced.attached.count).toBe(0);
    await match();
    expect(await attachedTo(own)).toEqual([]);
    // The other rule goes, and the job gives it to the one that is left.
    await as('owner').campaignMatchRules.replace({ campaignId: hidden, rules: [] });
    await match();
    expect(await attachedTo(own)).toEqual(['Contested']);
  });
});

describe('the reach of a rule', () => {
  test('ends at its campaign’s brand, in a shared account too, for the author and for the job', async () => {
    const campaignId = await campaign('Of the first brand');
    const adAccountId = await data.account({ name: 'Shared by two' });
    for (const name of ['ONE launch', 'TWO launch', 'Loose launch']) {
      await data.platformCampaign(adAccountId, { name });
    }
    await as('owner').brandRules.replace({
      adAccountId,
      rules: [
        { brandId: first(), pattern: 'one' },
        { brandId: second(), pattern: 'two' },
      ],
    });
    const rules = [{ adAccountId, namePattern: 'launch' }];
    const preview = await as('member').campaignMatchRules.preview({ campaignId, rules });
    expect([names(preview.rules[0] ?? { items: [] }), preview.unmatched.count]).toEqual([['ONE launch'], 0]);
    await as('member').campaignMatchRules.replace({ campaignId, rules });
    await match();
    // What is of no brand is the owner's to give: the member does not see it, and so their rule does not.
    expect(await attachedTo(campaignId)).toEqual(['ONE launch']);
    const replaced = await as('owner').campaignMatchRules.replace({ campaignId, rules });
    expect(names(replaced.attached)).toEqual(['Loose launch']);
  });

  test('is what its author sees: an account that was linked for them shows its brandless campaigns to no rule of theirs', async () => {
    const campaignId = await campaign('Linked for a member');
    const adAccountId = await data.account({ name: 'The agency’s' });
    await data.platformCampaign(adAccountId, { name: 'Somebody’s secret' });
    await as('owner').campaignAdAccounts.create({ campaignId, adAccountId });
    const rules = [{ namePattern: 'secret' }];
    const replaced = await as('member').campaignMatchRules.replace({ campaignId, rules });
    expect(replaced.attached.count).toBe(0);
    await match();
    expect(await attachedTo(campaignId)).toEqual([]);
    // Somebody who sees it all saves the same words and has seen what they meet: the rule is theirs from then on.
    const taken = await as('owner').campaignMatchRules.replace({ campaignId, rules });
    expect(names(taken.attached)).toEqual(['Somebody’s secret']);
    // A member who saves it again takes nothing from it.
    const { rules: kept } = await as('member').campaignMatchRules.replace({ campaignId, rules });
    expect(kept).toMatchObject([{ createdById: demo.people.owner.userId, isNarrow: false }]);
  });

  test('is not widened by an account of another brand or agency that is linked or meant', async () => {
    const campaignId = await campaign('Narrow');
    const foreign = await data.account({ name: 'Of the second', brandId: second() });
    await data.platformCampaign(foreign, { name: 'Narrow foreign' });
    await as('owner').campaignAdAccounts.create({ campaignId, adAccountId: foreign });
    const rivals = platformData(world, world.rival);
    await rivals.platformCampaign(await rivals.account(), { name: 'Narrow rival' });
    const rules = [{ namePattern: 'narrow' }, { adAccountId: foreign }];
    const preview = await as('owner').campaignMatchRules.preview({ campaignId, rules });
    expect(preview.rules.map(({ count }) => count)).toEqual([0, 0]);
    await as('owner').campaignMatchRules.replace({ campaignId, rules });
    await match();
    expect(await attachedTo(campaignId)).toEqual([]);
  });

  test('ends when its author leaves, until somebody else saves the rules', async () => {
    const campaignId = await campaign('Left behind');
    const adAccountId = await data.account({ brandId: first() });
    const rules = [{ adAccountId, namePattern: 'late' }];
    await as('member').campaignMatchRules.replace({ campaignId, rules });
    const setActive = (isActive: boolean) =>
      world.ownerDb.pool.query(
        'update memberships set is_active = $3 where organization_id = $1 and user_id = $2',
        [demo.organizationId, demo.people.member.userId, isActive],
      );
    await setActive(false);
    try {
      await data.platformCampaign(adAccountId, { name: 'Late one' });
      await match();
      expect(await attachedTo(campaignId)).toEqual([]);
      const { rules: listed } = await as('owner').campaignMatchRules.list({ campaignId });
      expect(listed).toMatchObject([{ isAsleep: true }]);
      const replaced = await as('owner').campaignMatchRules.replace({ campaignId, rules });
      expect(replaced.rules).toMatchObject([{ isAsleep: false, createdById: demo.people.owner.userId }]);
      expect(names(replaced.attached)).toEqual(['Late one']);
    } finally {
      await setActive(true);
    }
  });
});
