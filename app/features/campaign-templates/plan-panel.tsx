import type { CampaignPlan } from '../../../server/domain/campaign-templates/schema.ts';
import { formatMoney } from '../../lib/format.ts';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { objectiveLabels } from '../campaigns/labels.ts';
import { deliverableWords, lengthWords, ruleWords, splitShare, splitWords } from './plan-words.ts';
import { budgetOf } from './template-list.tsx';

/** What a template keeps of its campaign's plan: all that a new campaign begins with. */
export function PlanPanel({ plan }: { plan: CampaignPlan }) {
  const words = (list: readonly string[] | undefined) => list?.join(', ') || null;
  return (
    <>
      <Panel title="Plan">
        <DetailList
          details={[
            { term: 'Objective', value: plan.objective && objectiveLabels[plan.objective] },
            { term: 'Length', value: lengthWords(plan.durationDays) },
            { term: 'Budget', value: formatMoney(budgetOf(plan)) },
            { term: 'Hashtags', value: words(plan.hashtags?.map((tag) => `#${tag}`)) },
            { term: 'Mentions', value: words(plan.mentions?.map((handle) => `@${handle}`)) },
            { term: 'Links', value: words(plan.links) },
            { term: 'Categories', value: words(plan.categories) },
            { term: 'Competitors', value: words(plan.competitors) },
            { term: 'Countries', value: words(plan.territories) },
          ]}
        />
      </Panel>
      <Lines title="Rules that attach platform campaigns" lines={plan.rules.map(ruleWords)} />
      <Lines title="Usual deliverables" lines={plan.deliverables.map(deliverableWords)} />
      <Lines
        title="Split of the budget"
        lines={plan.budgetSplit.map((part) => `${splitShare(part.percent)}: ${splitWords(part)}`)}
      />
    </>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Panel title={title}>
      <ul className="grid gap-1.5">
        {lines.map((line, at) => (
          <li key={`${at} ${line}`} className="break-words">
            {line}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
