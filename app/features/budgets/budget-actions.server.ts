import type { Api } from '../../bridge/api.server.ts';
import { readForm } from '../../bridge/forms.server.ts';
import { paths } from '../../lib/paths.ts';
import { readLines, toLineInputs } from './line-values.ts';

/** What the forms around a version ask for, and where their reader goes then. */
export async function decideBudget(caller: Api, campaignId: string, form: FormData): Promise<string> {
  const { intent, budgetVersionId = '', reason = '', ...sent } = readForm(form);
  const expectedVersion = Number(sent.expectedVersion ?? 0) || undefined;
  const change = { budgetVersionId, expectedVersion };
  switch (intent) {
    case 'draft': {
      const from = (sent.from ?? 'STANDING') as 'STANDING' | 'EMPTY';
      await caller.budgets.draft({ campaignId, from });
      return paths.editCampaignBudget(campaignId);
    }
    case 'submit':
      await caller.budgets.submit(change);
      break;
    case 'approve':
      await caller.budgets.approve(change);
      break;
    case 'return':
      await caller.budgets.return({ ...change, reason });
      break;
    case 'withdraw':
      await caller.budgets.withdraw(change);
      return paths.editCampaignBudget(campaignId);
    case 'setAside':
      await caller.budgets.setAside(change);
      break;
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
  return paths.campaignBudget(campaignId);
}

/** Saves a draft as its editor has it; answers its version then. */
export async function saveBudget(caller: Api, form: FormData): Promise<number> {
  const { budgetVersionId = '', total = '', currency, note, expectedVersion } = readForm(form);
  // The procedure's own schema judges what the form sent.
  const { version } = await caller.budgets.update({
    budgetVersionId,
    total: total.replaceAll(',', ''),
    currency: currency?.toUpperCase(),
    note: note ?? null,
    lines: toLineInputs(readLines(form)),
    expectedVersion,
  });
  return version;
}

/** Asks for the approval of what was saved, or gives it; nothing where the editor only saves. */
export async function decideSaved(caller: Api, form: FormData, expectedVersion: number): Promise<void> {
  const { intent, budgetVersionId = '' } = readForm(form);
  const change = { budgetVersionId, expectedVersion };
  if (intent === 'submit') await caller.budgets.submit(change);
  if (intent === 'approve') await caller.budgets.approve(change);
}
