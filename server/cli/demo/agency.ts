import type { CampaignObjective, CampaignStatus, DealStage, MemberRole } from '../../../db/types.ts';
import type { DemoCreator } from './creators.ts';
import type { Plans } from './plans.ts';

/** The password of everybody below; the start prints it. */
export const DEMO_PASSWORD = 'spokestack-demo';

export interface DemoPerson {
  email: string;
  name: string;
  role: MemberRole;
  /** The brand of a client's own login. */
  brand?: string;
  /** The brands that a member is assigned to. */
  assigned?: readonly string[];
}

/** Days count from today, before it where negative. */
export interface DemoDeal {
  name: string;
  stage: DealStage;
  amount: string;
  currency: string;
  opensInDays: number;
  closesInDays: number;
  isMonthly?: boolean;
}

/** A brand with its company, its people and the deals with it. */
export interface DemoBrand {
  name: string;
  slug: string;
  /** What media buyers put in front of its campaigns' names. */
  code: string;
  industry: string;
  city: string;
  country: string;
  contacts: readonly { firstName: string; lastName: string; title: string }[];
  deals: readonly DemoDeal[];
}

export interface DemoCampaign {
  name: string;
  /** The slug of the brand; the platform campaigns come from its ad accounts. */
  brand: string;
  objective: CampaignObjective;
  status: CampaignStatus;
  budget: string;
  currency: string;
  startsInDays: number;
  endsInDays: number;
  /** The deal that it was sold by. */
  deal: string;
  /** How many campaigns of each platform it takes; the others wait unmatched. */
  takes: number;
  /** What is advertised, and what its creators' posts are recognised by. */
  categories?: readonly string[];
  hashtags?: readonly string[];
  mentions?: readonly string[];
}

export interface DemoAgency {
  creators: readonly DemoCreator[];
  name: string;
  slug: string;
  reportingCurrency: string;
  timeZone: string;
  /** The first is the owner. */
  people: readonly DemoPerson[];
  brands: readonly DemoBrand[];
  /** Whose ad accounts at the sandbox the owner connects. */
  grantedBy: string;
  campaigns: readonly DemoCampaign[];
  plans?: Plans;
  /** The mail of the member who works beside the owner; without one there are no tasks and notes. */
  dailyWorkBy?: string;
}
