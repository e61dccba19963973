import type { World } from '../support/world.ts';
import type { Principal } from '../../server/auth/principal.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';

export type SlotName = 'first' | 'second';

/** Somebody whom the policies hold: a role, and what a transaction of theirs says about them. */
export interface Identity {
  name: string;
  role: 'spokestack_app' | 'spokestack_jobs';
  settings: Readonly<Record<string, string>>;
  /** A viewer's transactions are READ ONLY. */
  isReadOnly: boolean;
  reach: 'all' | 'assigned' | 'brand' | 'nothing';
  /** The brands of slots that are theirs. */
  slots: readonly SlotName[];
  userName: string | null;
  /** The setting is no uuid: every statement may fail on that. */
  isMalformed: boolean;
}

/**
 * What product and contract say of each table, apart from the policies that are to hold it: within an agency those who
 * see all see all, and everybody else what is of their brands. What differs stands here with its reason.
 */
interface Exception {
  reason: string;
  sees(identity: Identity, slot: SlotName): boolean;
}

/** See createFixture for whose these are. */
const PERSONAL = (reason: string): Exception => ({
  reason,
  sees: ({ userName }, slot) => userName === (slot === 'first' ? 'owner' : 'member'),
});

const AGENCY_PEOPLE = (reason: string): Exception => ({
  reason,
  sees: ({ reach }) => reach === 'all' || reach === 'assigned',
});

const AGENCY_BRANDS = (reason: string): Exception => ({
  reason,
  sees: ({ reach, slots }, slot) => reach === 'all' || (reach === 'assigned' && slots.includes(slot)),
});

const EVERYBODY = (reason: string): Exception => ({ reason, sees: ({ reach }) => reach !== 'nothing' });

const EXCEPTIONS: Readonly<Record<string, Exception>> = {
  memberships: {
    reason: 'colleagues know each other; a client sees its own brand’s people and the agency’s',
    sees: ({ reach, slots }, slot) => (reach === 'brand' ? slots.includes(slot) : reach !== 'nothing'),
  },
  api_keys: { reason: 'the agency’s own', sees: ({ reach }) => reach === 'all' },
  oauth_connections: {
    reason: 'a grant is seen by who gave it and by those who see all',
    sees: ({ reach }) => reach === 'all',
  },
  idempotency_keys: PERSONAL('a first answer is its asker’s alone'),
  saved_views: PERSONAL(
    'a private view is its owner’s; shared ones are told in tests/api/saved-views.test.ts',
  ),
  saved_view_choices: PERSONAL('what a person made of a view'),
  notifications: PERSONAL('what one person is told'),
  bulk_changes: PERSONAL('who changed many records may undo it'),
  bulk_change_rows: PERSONAL('who changed many records may undo it'),
  teams: AGENCY_PEOPLE('how the agency arranges its people'),
  team_members: AGENCY_PEOPLE('how the agency arranges its people'),
  custom_fields: EVERYBODY('the names of fields, without their values'),
  deal_stages: EVERYBODY('how the agency runs its pipeline'),
  deal_close_reasons: EVERYBODY('how the agency runs its pipeline'),
  found_accounts: {
    reason: 'what a grant shows is seen as the grant is',
    sees: ({ reach }) => reach === 'all',
  },
  reconnect_links: {
    reason: 'a way into a grant is seen as the grant is',
    sees: ({ reach }) => reach === 'all',
  },
  creator_blocks: AGENCY_BRANDS('whom the agency keeps from a brand, and why'),
  creator_contracts: AGENCY_BRANDS('what the agency pays is not its client’s to read'),
  creator_contract_usage_rights: AGENCY_BRANDS('a part of the contract'),
  contract_files: AGENCY_BRANDS('the contract as it was signed'),
  creator_contract_notices: AGENCY_BRANDS('what the people of a contract were told'),
  campaign_templates: AGENCY_BRANDS('plans are how the agency works'),
  campaign_match_rules: AGENCY_BRANDS('how the agency sorts its accounts'),
  campaign_match_refusals: AGENCY_BRANDS('how the agency sorts its accounts'),
  campaign_briefs: AGENCY_BRANDS('holds the fee that the agency offers'),
  campaign_brief_answers: AGENCY_BRANDS('a part of the brief'),
  deliverable_reviews: AGENCY_BRANDS('what the agency said of drafts'),
  campaign_results: AGENCY_BRANDS('the agency’s own count'),
  budget_versions: AGENCY_BRANDS('what the agency plans to spend'),
  budget_lines: AGENCY_BRANDS('a part of the budget'),
  margin_rules: AGENCY_BRANDS('what the agency earns is not its client’s to read'),
  campaign_costs: AGENCY_BRANDS('what the agency pays'),
  disclosure_terms: EVERYBODY('words that disclose an advertisement'),
  lead_forms: { reason: 'where the agency’s leads come from', sees: ({ reach }) => reach === 'all' },
  leads: { reason: 'seen as the forms are', sees: ({ reach }) => reach === 'all' },
  webhook_events: { reason: 'may hold what a person answered', sees: ({ reach }) => reach === 'all' },
  platform_settings: EVERYBODY('how the agency reads a platform'),
  data_keys: EVERYBODY('wrapped: of no use without the installation’s keys'),
  call_shares: { reason: 'reached through functions alone', sees: () => false },
  sessions: { reason: 'reached through functions alone', sees: () => false },
  oauth_states: { reason: 'reached through functions alone', sees: () => false },
  search_entries: { reason: 'reached through functions alone', sees: () => false },
  removed_files: { reason: 'reached through functions alone', sees: () => false },
};

export function sees(identity: Identity, table: string, slot: SlotName): boolean {
  const rule = EXCEPTIONS[table];
  if (rule) return rule.sees(identity, slot);
  return identity.reach === 'all' || (identity.reach !== 'nothing' && identity.slots.includes(slot));
}

/** Whether they may add a row to their own first brand. A new brand is nobody's yet, so only those who see all may. */
export function adds(identity: Identity, table: string): boolean {
  if (table === 'organizations') return identity.reach === 'all';
  if (NOT_ADDED.has(table)) return false;
  return sees(identity, table, 'first');
}

/** Their rows are made for the person that the attempt's row names, which is nobody of these. */
const NOT_ADDED = new Set([
  'idempotency_keys',
  'saved_views',
  'saved_view_choices',
  'notifications',
  'bulk_changes',
  'bulk_change_rows',
]);

export const exceptionNames = Object.keys(EXCEPTIONS);

/** Everybody: six people of the agency, the jobs, and those who are nobody here. */
export function identitiesOf(world: World): Identity[] {
  const { demo, rival } = world;
  const { owner, admin, member, unassigned, viewer, client } = demo.people;
  const person = (name: string, { principal }: { principal: Principal }, change: Partial<Identity> = {}) =>
    identity(name, principal, { userName: name, ...change });
  return [
    person('owner', owner),
    person('admin', admin),
    person('member', member, { slots: ['first'] }),
    person('unassigned', unassigned),
    person('viewer', viewer, { isReadOnly: true }),
    person('client', client, { slots: ['first'] }),
    identity('jobs', jobPrincipal(demo.organizationId), { role: 'spokestack_jobs' }),
    identity('a client whose brand is another agency’s', {
      ...client.principal,
      brandIds: [rival.brands.first],
    }),
    nobody('nobody, with no setting', {}),
    nobody('the jobs, with no setting', {}, 'spokestack_jobs'),
    nobody('somebody who sees all of no agency', { 'app.organization_id': '', 'app.scope': 'all' }),
    {
      ...nobody('somebody of a malformed agency', {
        'app.organization_id': `${demo.organizationId.slice(0, -1)}'`,
        'app.scope': 'all',
      }),
      isMalformed: true,
    },
  ];
}

function identity(name: string, principal: Principal, change: Partial<Identity> = {}): Identity {
  return {
    name,
    role: 'spokestack_app',
    settings: {
      'app.organization_id': principal.organizationId,
      'app.user_id': principal.userId ?? '',
      'app.scope': principal.reach,
      'app.brand_ids': `{${principal.brandIds.join(',')}}`,
    },
    isReadOnly: false,
    reach: principal.reach,
    slots: [],
    userName: null,
    isMalformed: false,
    ...change,
  };
}

function nobody(
  name: string,
  settings: Readonly<Record<string, string>>,
  role: Identity['role'] = 'spokestack_app',
): Identity {
  return {
    name,
    role,
    settings,
    isReadOnly: false,
    reach: 'nothing',
    slots: [],
    userName: null,
    isMalformed: false,
  };
}
