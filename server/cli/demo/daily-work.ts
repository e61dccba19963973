import { plusDays } from '../../kernel/time-zones.ts';
import type { Actor } from './context.ts';
import { idOf } from './people.ts';

/** One thing to do for a client: days count from today, before it where negative. */
interface DemoTask {
  deal: string;
  title: string;
  dueInDays: number;
  by: 'owner' | 'member';
  priority?: 'LOW' | 'HIGH' | 'URGENT';
  recurrence?: 'WEEKLY' | 'MONTHLY';
  isDone?: boolean;
}

interface DemoNote {
  deal: string;
  by: 'owner' | 'member';
  content: string;
  isShared?: boolean;
}

const tasks: readonly DemoTask[] = [
  {
    deal: 'Prepaid plan launch',
    title: 'Send the revised media plan',
    dueInDays: 0,
    by: 'member',
    priority: 'HIGH',
  },
  { deal: 'Prepaid plan launch', title: 'Ask legal about the influencer terms', dueInDays: -2, by: 'owner' },
  { deal: 'Creator pilot', title: 'Shortlist six creators in Dubai', dueInDays: 3, by: 'member' },
  {
    deal: 'Always-on retainer',
    title: 'Weekly performance call',
    dueInDays: 1,
    by: 'member',
    recurrence: 'WEEKLY',
  },
  {
    deal: 'GCC season plan',
    title: 'Check the invoice for the season',
    dueInDays: 6,
    by: 'owner',
    recurrence: 'MONTHLY',
  },
  {
    deal: 'Fragrance line',
    title: 'Book the discovery meeting',
    dueInDays: -1,
    by: 'owner',
    priority: 'URGENT',
  },
  { deal: 'US expansion', title: 'Collect the brand guidelines', dueInDays: -20, by: 'owner', isDone: true },
  {
    deal: 'Winter kit',
    title: 'Estimate the reach in the north-east',
    dueInDays: 9,
    by: 'owner',
    priority: 'LOW',
  },
];

const notes: readonly DemoNote[] = [
  {
    deal: 'Prepaid plan launch',
    by: 'owner',
    content:
      'Farah wants the launch **before** the national day. Open questions:\n\n- budget for TikTok\n- who approves the creatives',
  },
  {
    deal: 'Prepaid plan launch',
    by: 'member',
    content: 'Spoke with Tobias: the budget for TikTok is settled, the creatives go through Farah.',
  },
  {
    deal: 'GCC season plan',
    by: 'owner',
    content: 'The season plan as agreed in our call. Tell us by Thursday if a market is missing.',
    isShared: true,
  },
];

export interface DemoWorkers {
  owner: Actor;
  member: Actor;
}

/** What the agency's people did lately around their clients: fields of their own, a team, tasks, notes, a duplicate. */
export async function doDailyWork(
  workers: DemoWorkers,
  at: { dealIds: ReadonlyMap<string, string>; today: string },
): Promise<void> {
  await arrange(workers);
  // Whom a colleague wrote down a second time, for the review of duplicates.
  await workers.member.api.contacts.create({
    firstName: 'Farah',
    lastName: 'Al Qassim',
    emails: ['farah.qassim@bluefinch-mobile.example'],
  });
  for (const task of tasks) await addTask(workers, task, at);
  for (const { deal, by, content, isShared } of notes) {
    const dealId = idOf(at.dealIds, deal);
    await workers[by].api.notes.create({ content, dealId, ...(isShared ? { isShared } : {}) });
  }
}

/** The old CRM's columns under their names, and how the agency sorts its clients. */
async function arrange({ owner, member }: DemoWorkers): Promise<void> {
  const { customFields, teams } = owner.api;
  await customFields.create({ noun: 'DEAL', key: 'product', label: 'Product', kind: 'TEXT' });
  await customFields.create({ noun: 'DEAL', key: 'sales_agent', label: 'Sales agent', kind: 'TEXT' });
  await customFields.create({
    noun: 'COMPANY',
    key: 'tier',
    label: 'Client tier',
    kind: 'CHOICE',
    options: ['Gold', 'Silver', 'Bronze'],
  });
  await customFields.create({ noun: 'COMPANY', key: 'retainer', label: 'Monthly retainer', kind: 'MONEY' });
  const userIds = [owner, member].flatMap(({ principal: { userId } }) => userId ?? []);
  await teams.create({ name: 'Client services', userIds });
}

async function addTask(
  workers: DemoWorkers,
  task: DemoTask,
  at: { dealIds: ReadonlyMap<string, string>; today: string },
): Promise<void> {
  const { deal, title, dueInDays, by, priority, recurrence, isDone } = task;
  await workers[by].api.tasks.create({
    title,
    dealId: idOf(at.dealIds, deal),
    dueOn: plusDays(at.today, dueInDays),
    ...(priority ? { priority } : {}),
    ...(recurrence ? { recurrence } : {}),
    ...(isDone ? { completed: true } : {}),
  });
}
