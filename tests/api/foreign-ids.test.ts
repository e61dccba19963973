import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { toPublicError } from '../../server/api/errors.ts';
import { appRouter, createCaller } from '../../server/api/root.ts';
import { createFixture, type Fixture } from '../rls/fixture.ts';
import { useTestDatabase } from '../support/database.ts';
import { contextOf, signIn } from '../support/world.ts';
import { checksumOf, idAt } from './foreign.ts';
import { idNames, minimalBody, type Schema } from './minimal-body.ts';

interface Procedure {
  _def: { inputs: readonly z.ZodType[] };
}

/** Every id that any procedure takes, wherever in its input. */
const fields = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>).flatMap(
  ([path, { _def }]) => {
    const [input] = _def.inputs;
    const schema = input ? (z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema) : {};
    return [...new Set(idNames(schema))].map((name) => [path, name, schema] as const);
  },
);

const NOTHING_TYPED = 'where nothing is typed nothing is like it, whichever record is being changed';
const UNOWNED = 'no made row has an owner, so that its brand alone decides';
const PARENTLESS = 'no made company has another above it';
const OF_A_DEAL = 'the made follower follows a deal';
const PRIVATE = 'the least view is a private one, which has no team whichever it is';
const OF_RECORDS =
  'the made import is of records; tests/imports/ad-file-access.test.ts has one of ad figures';
const BYTES = 'the least body has no bytes; tests/imports/ad-file-access.test.ts sends some';
const CLIENTS_OWN = 'a made membership is a client’s own login, and teams are of the agency’s people';
const OTHER_WORK = 'the made deliverable is of another creator’s work; tests/creators has one’s own';
const NO_POST = 'the least body holds no address of a post; tests/creators/contents.test.ts sends some';
const NOT_YET = 'the made work is another creator’s, and is not late';
const NO_DRAFT =
  'the made version was superseded, and drafts alone change; tests/api/budgets.test.ts names strangers in one';
const NO_CONDITION =
  'the least rule says nothing but what is asked for; tests/api/campaign-match-rules.test.ts sends whole ones';
const LONG_AGO =
  'made figures are of long ago, outside the range that is asked, and a file holds figures alone';
/** Where one's own id and no id come to the same, with the reason. */
const ALIKE: Readonly<Record<string, string>> = {
  'notes.create uploadIds': 'a made file is a note’s already, and so waits for none',
  'notes.update uploadIds': 'a made file is a note’s already, and so waits for none',
  'campaignCreators.assign campaignDeliverableId': 'a new assignment has no deliverables that could be named',
  'campaignCreators.assignAnyway campaignDeliverableId':
    'a new assignment has no deliverables that could be named',
  'campaignCreators.update campaignDeliverableId': OTHER_WORK,
  'campaignCreators.updateAnyway campaignDeliverableId': OTHER_WORK,
  'campaignBriefs.draft campaignId': NOT_YET,
  'campaignBriefs.draft creatorId': NOT_YET,
  'campaignBriefs.list campaignId': NOT_YET,
  'campaignBriefs.list creatorId': NOT_YET,
  'campaignBriefs.send creatorId': NOT_YET,
  'campaignCreators.explainFee campaignId': NOT_YET,
  'campaignCreators.explainFee creatorId': NOT_YET,
  'campaignCreators.pieces campaignId': NOT_YET,
  'campaignCreators.pieces creatorId': NOT_YET,
  'campaignCreators.reviews campaignId': NOT_YET,
  'campaignCreators.reviews creatorId': NOT_YET,
  'campaignResults.create campaignCreatorId':
    'the least body counts nothing; tests/creators/results.test.ts sends some',
  'campaignCreators.byId campaignId': NOT_YET,
  'campaignCreators.byId creatorId': NOT_YET,
  'campaignCreators.overdue campaignId': NOT_YET,
  'campaignCreators.overdue creatorId': NOT_YET,
  'campaignCreators.remove creatorId': 'it was taken off just before',
  'creatorContents.attach campaignDeliverableId': OTHER_WORK,
  'creatorContents.confirm campaignDeliverableId': OTHER_WORK,
  'creatorContents.moveToDeliverable campaignDeliverableId': OTHER_WORK,
  'creatorContents.create creatorId': NO_POST,
  'creatorContents.create creatorPlatformId': NO_POST,
  'adAccounts.list ownerId': UNOWNED,
  'campaigns.list ownerId': UNOWNED,
  'campaigns.count ownerId': UNOWNED,
  'companies.list ownerId': UNOWNED,
  'companies.count ownerId': UNOWNED,
  'contacts.list ownerId': UNOWNED,
  'contacts.count ownerId': UNOWNED,
  'deals.list ownerId': UNOWNED,
  'deals.count ownerId': UNOWNED,
  'deals.board ownerId': UNOWNED,
  'deals.boardColumn ownerId': UNOWNED,
  'deals.forecast ownerId': UNOWNED,
  'deals.funnel ownerId': UNOWNED,
  'creators.list ownerId': UNOWNED,
  'creators.count ownerId': UNOWNED,
  'creators.neighbours ownerId': UNOWNED,
  'creators.statusCounts ownerId': UNOWNED,
  'creators.compare creatorIds':
    'the least body names one, and two are compared; tests/creators/roster.test.ts compares',
  'creatorBlocks.list creatorId':
    'the made block is of another creator; tests/creators/blocks.test.ts lists one’s own',
  'leadForms.createFacebookPage ownerId': 'its page was named with the brand, just before',
  'creatorContracts.list ownerId': UNOWNED,
  'creatorContracts.count ownerId': UNOWNED,
  'creatorContracts.countStates ownerId': UNOWNED,
  'creatorContracts.checkAssignment creatorId': 'the made contract is a draft, which binds nobody',
  'creatorContracts.uploadFile creatorContractId':
    'the least body has no bytes; tests/api/contract-files.test.ts sends some',
  'tasks.list ownerId': UNOWNED,
  'tasks.count ownerId': UNOWNED,
  'tasks.list assigneeId': UNOWNED,
  'tasks.count assigneeId': UNOWNED,
  'companies.neighbours ownerId': UNOWNED,
  'contacts.neighbours ownerId': UNOWNED,
  'deals.neighbours ownerId': UNOWNED,
  'deals.totals ownerId': UNOWNED,
  'companies.list parentId': PARENTLESS,
  'companies.count parentId': PARENTLESS,
  'companies.neighbours parentId': PARENTLESS,
  'merges.lastOfCompany companyId': 'the made merge is of two contacts',
  'recordFollowers.list companyId': OF_A_DEAL,
  'recordFollowers.list contactId': OF_A_DEAL,
  'recordFollowers.list campaignId': OF_A_DEAL,
  'savedViews.create teamId': PRIVATE,
  'savedViews.update teamId': PRIVATE,
  'teams.create userIds': CLIENTS_OWN,
  'teams.update userIds': CLIENTS_OWN,
  'teams.addMember userId': CLIENTS_OWN,
  'teams.removeMember userId': CLIENTS_OWN,
  'imports.adFile importId': OF_RECORDS,
  'imports.recheckAdFile adAccountId': OF_RECORDS,
  'imports.recheckAdFile brandId': OF_RECORDS,
  'imports.createAdFile adAccountId': BYTES,
  'imports.createAdFile brandId': BYTES,
  'bulkChanges.create recordIds': 'the least body says no change; tests/api/bulk-changes.test.ts sends some',
  'duplicates.checkContact companyId': NOTHING_TYPED,
  'duplicates.checkContact contactId': NOTHING_TYPED,
  'duplicates.checkCompany companyId': NOTHING_TYPED,
  'brands.assign userIds': 'a made membership is no MEMBER’s, and such are not assigned',
  'syncRuns.next adAccountId': 'nothing is ahead of a made account, whose time zone is none',
  'creatorConnect.confirm accountId': 'Phyllo says whose an account is; it is off in these tests',
  'creatorInvitations.confirm accountId': 'the least body names no link',
  'budgets.draft budgetVersionId': 'a draft was begun just before, and there is one at a time',
  'budgets.update adAccountId': NO_DRAFT,
  'budgets.update campaignCreatorId': NO_DRAFT,
  'campaignMatchRules.preview campaignId': NO_CONDITION,
  'campaignMatchRules.replace campaignId': NO_CONDITION,
  'metrics.changes adAccountIds': 'it answers with a stream; tests/api/figure-changes.test.ts hears it',
  'metrics.dashboard creatorId':
    'no made platform campaign boosts a creator’s post; tests/metrics/dashboard.test.ts has one that does',
  'metrics.export adAccountId': LONG_AGO,
  'metrics.export brandId': LONG_AGO,
  'metrics.export campaignIds': LONG_AGO,
  'metrics.export creatorId': LONG_AGO,
  'metrics.export ownerId': LONG_AGO,
  'metrics.export platformCampaignId': LONG_AGO,
  'platformCampaigns.labels adAccountId': 'no made platform campaign has a label',
  'platformCampaigns.setBoost campaignCreatorId':
    'the made platform campaign was detached just before; tests/api/platform-campaigns.test.ts marks attached ones',
  'portfolio.exceptions brandId':
    'nothing made is late, over or waiting; tests/api/portfolio.test.ts has what is',
  'metrics.summary campaignIds': 'made figures are of long ago, outside the range that is asked',
};

const database = useTestDatabase();
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(database());
});
afterAll(() => fixture.close());

test('many procedures take ids', () => {
  expect(fields.length).toBeGreaterThan(60);
});

describe.each(fields)('%s', (path, name, schema) => {
  test.each([
    ['an owner, of another agency', 'owner', 'foreign'],
    ['a client, of another brand', 'client', 'second'],
    ['a member, of another brand', 'member', 'second'],
  ] as const)(`takes ${name} that is not for %s, as one that is not there`, async (_who, who, where) => {
    const slot = fixture.slots[where];
    const before = await checksumOf(fixture, fixture.slots.foreign.organizationId);
    const ask = (id: string) =>
      outcomeOf(
        who,
        path,
        minimalBody(schema, (field) => (field === name ? id : idAt(fixture.slots.first, field)), name),
      );
    const [none, theirs] = [await ask(randomUUID()), await ask(idAt(slot, name))];
    await disown();
    if (isKnownToAll(name, who)) return;
    expect(theirs).toEqual(none);
    expect(await checksumOf(fixture, fixture.slots.foreign.organizationId)).toBe(before);
  });
});

test('one’s own ids are told from others: each question that was tried has another answer for them', async () => {
  const same: string[] = [];
  for (const [path, name, schema] of fields) {
    const ask = (id: string) =>
      outcomeOf(
        'owner',
        path,
        minimalBody(schema, (field) => (field === name ? id : idAt(fixture.slots.first, field)), name),
      );
    const none = JSON.stringify(await ask(randomUUID()));
    if (none === JSON.stringify(await ask(idAt(fixture.slots.first, name)))) same.push(`${path} ${name}`);
  }
  expect(same.sort()).toEqual(Object.keys(ALIKE).sort());
}, 180_000);

test('a policy that stands open is seen here too', async () => {
  const { superuser, slots } = fixture;
  const read = (id: string) => outcomeOf('owner', 'companies.byId', { companyId: id });
  const theirs = idAt(slots.foreign, 'companyId');
  await superuser.query('alter policy tenant on companies using (true)');
  try {
    expect(await read(theirs)).toMatchObject({ answer: { id: theirs } });
  } finally {
    await superuser.query(
      'alter policy tenant on companies using (organization_id = (select app.organization_id()))',
    );
  }
  expect(await read(theirs)).toEqual(await read(randomUUID()));
});

/**
 * Colleagues know each other, so an owner or an assignee may be a colleague of another brand; what the member was told,
 * changed in bulk or keeps as a view is theirs whatever it is about; and one's own agency, its teams and its fields are
 * no secret within it.
 */
function isKnownToAll(name: string, who: string): boolean {
  const ofMember = ['ownerId', 'assigneeId', 'userId', 'notificationIds', 'bulkChangeId', 'savedViewId'];
  const ofAgency = ['organizationId', 'teamId', 'customFieldId'];
  return (who === 'member' && ofMember.includes(name)) || (who !== 'owner' && ofAgency.includes(name));
}

/** A member may give their campaign to a colleague of another brand: the next question is of one that nobody owns again. */
async function disown(): Promise<void> {
  const { superuser, slots } = fixture;
  const campaignId = idAt(slots.first, 'campaignId');
  await superuser.query('update campaigns set owner_id = null where id = $1 and owner_id is not null', [
    campaignId,
  ]);
}

const sessions: Partial<Record<'owner' | 'client' | 'member', ReturnType<typeof signIn>>> = {};

/** What a call came to, without what differs from one call to the next. */
async function outcomeOf(who: 'owner' | 'client' | 'member', path: string, input: unknown): Promise<unknown> {
  const signedIn = await (sessions[who] ??= signIn(fixture.world, fixture.world.demo.people[who]));
  const [noun = '', verb = ''] = path.split('.');
  const caller = createCaller(
    contextOf(fixture.world, { signedIn, principal: signedIn.principal }),
  ) as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
  try {
    return { answer: await caller[noun]?.[verb]?.(input) };
  } catch (error) {
    const { code, message, issues } = toPublicError(error);
    return { code, message, issues };
  }
}
