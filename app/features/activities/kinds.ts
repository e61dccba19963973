import type { ActivityKind } from '../../../server/domain/activities/schema.ts';
import type { TimelineRecord } from '../../lib/timeline-address.ts';

export const kindLabels: Readonly<Record<ActivityKind, string>> = {
  notes: 'Notes',
  tasks: 'Tasks',
  stages: 'Stages',
  changes: 'Changes',
  records: 'Created, deleted',
  mail: 'Mail',
  campaigns: 'Campaigns',
  creators: 'Creators',
  platforms: 'Platforms',
  settings: 'Settings',
  files: 'Imports and exports',
};

/** What can have happened to such a record: a filter that could never find anything is not offered. */
export function kindsOf(of: TimelineRecord): ActivityKind[] {
  if (of.campaignId) return ['notes', 'tasks', 'changes', 'campaigns'];
  if (of.creatorId) return ['creators', 'platforms', 'changes'];
  if (of.contactId) return ['notes', 'tasks', 'stages', 'creators', 'platforms', 'changes', 'records'];
  if (of.dealId) return ['notes', 'tasks', 'stages', 'changes', 'campaigns', 'records'];
  return ['notes', 'tasks', 'stages', 'changes', 'records'];
}
