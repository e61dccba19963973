import type { Access } from './ad-platform.ts';

/** One answer of a lead. */
export interface LeadAnswer {
  /** A known question by the name that the platforms share (full_name, email, phone_number …), else as it was asked. */
  name: string;
  /** How it was put to the person, where the platform says. */
  label: string | null;
  values: readonly string[];
}

/** What somebody filled in at a platform. Ids are strings of digits, whatever their size. */
export interface Lead {
  nativeId: string;
  nativeFormId: string | null;
  nativeCampaignId: string | null;
  nativeAdId: string | null;
  submittedAt: Date | null;
  answers: readonly LeadAnswer[];
}

/** A platform whose leads are read from it. Errors: PlatformError. */
export interface LeadSource {
  lead(access: Access, nativeLeadId: string): Promise<Lead>;
  /** The leads of a form since then, page by page to their end. */
  leadsSince(access: Access, nativeFormId: string, since: Date): AsyncIterable<Lead[]>;
}
