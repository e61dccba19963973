const words: Readonly<Record<string, readonly [one: string, many: string]>> = {
  activities: ['activity', 'activities'],
  campaigns: ['campaign', 'campaigns'],
  companies: ['company below it', 'companies below it'],
  contact_companies: ['other company or person', 'other companies or people'],
  contacts: ['contact', 'contacts'],
  creators: ['creator', 'creators'],
  deals: ['deal', 'deals'],
  notes: ['note', 'notes'],
  record_followers: ['follower', 'followers'],
  tasks: ['task', 'tasks'],
};

/** Tables that people know nothing of. */
const unseen: ReadonlySet<string> = new Set(['notifications', 'duplicate_dismissals']);

/** "3 deals"; null for what no page shows. A table without words is told by its name. */
export function movedInWords(table: string, count: number): string | null {
  if (unseen.has(table)) return null;
  const [one, many] = words[table] ?? [table.replaceAll('_', ' '), table.replaceAll('_', ' ')];
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
