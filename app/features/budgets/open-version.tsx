import { Form } from '@remix-run/react';
import type { BudgetList, BudgetVersion } from '../../../server/domain/budgets/schema.ts';
import { formatDateIn, formatMoney } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { versionName } from './labels.ts';

export interface OpenVersionProps {
  budgets: BudgetList;
  timeZone: string;
}

/** The version that is worked on or waits, and what is to be done with it. */
export function OpenVersion({ budgets: { open }, timeZone }: OpenVersionProps) {
  if (!open?.id) return null;
  const { campaignId, may, total } = open;
  const isWaiting = open.status === 'SUBMITTED';
  const by = open.createdByName ? ` by ${open.createdByName}` : '';
  const since = isWaiting
    ? `Submitted${by}, ${formatDateIn(open.submittedAt, timeZone)}`
    : `A draft${by}, ${formatDateIn(open.updatedAt, timeZone)}`;
  return (
    <Callout
      tone={isWaiting ? 'warning' : 'info'}
      title={isWaiting ? `${versionName(open)} waits for approval` : `${versionName(open)} is being planned`}
    >
      <p>
        {since}: {formatMoney(total)}
        {open.note && `. “${open.note}”`}
      </p>
      <div className="flex flex-wrap gap-2 pt-2">
        {may.update && (
          <LinkButton size="small" variant="primary" href={paths.editCampaignBudget(campaignId)}>
            Go on planning
          </LinkButton>
        )}
        <LinkButton size="small" href={paths.campaignBudgetVersion(campaignId, open.id)}>
          {isWaiting && may.approve ? 'Review' : 'See what it changes'}
        </LinkButton>
        <VersionDecisions version={open} />
      </div>
    </Callout>
  );
}

/** What may be done with a version at once; returning one asks for a reason, on its page. */
export function VersionDecisions({ version }: { version: BudgetVersion }) {
  const { may, campaignId } = version;
  const decisions = [
    ['approve', 'Approve', may.approve],
    ['submit', 'Submit for approval', may.submit],
    ['withdraw', 'Withdraw', may.withdraw],
    ['setAside', 'Set aside', may.setAside],
  ] as const;
  return decisions.map(
    ([intent, label, isAllowed]) =>
      isAllowed && (
        <Form
          key={intent}
          method="post"
          action={`${paths.campaignBudget(campaignId)}?index`}
          preventScrollReset
        >
          <VersionBasis version={version} />
          <Button type="submit" name="intent" value={intent} size="small">
            {label}
          </Button>
        </Form>
      ),
  );
}

/** Which version as it was seen. */
export function VersionBasis({ version }: { version: Pick<BudgetVersion, 'id' | 'version'> }) {
  return (
    <>
      <input type="hidden" name="budgetVersionId" value={version.id ?? ''} />
      <input type="hidden" name="expectedVersion" value={version.version} />
    </>
  );
}

/** Begins a version from the plan that stands. */
export function PlanButton({ campaignId, label }: { campaignId: string; label: string }) {
  return (
    <Form method="post" action={`${paths.campaignBudget(campaignId)}?index`}>
      <Button type="submit" name="intent" value="draft" variant="primary">
        {label}
      </Button>
    </Form>
  );
}
