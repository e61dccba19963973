import type { CampaignDraft } from '../../../server/domain/campaigns/schema.ts';
import { formatCount } from '../../lib/format.ts';
import { Checkbox } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';

type Part = CampaignDraft['carries'][number]['part'];

/** How a part is named, one and several; recognition stands in the form's own fields. */
const words = {
  rules: {
    one: 'rule that attaches platform campaigns',
    many: 'rules that attach platform campaigns',
    hint: 'Those of accounts that you see.',
  },
  creators: {
    one: 'creator with terms and deliverables',
    many: 'creators with terms and deliverables',
    hint: 'As planned work, their days moved along. Whom a contract or a block stands against is left out and named.',
  },
  budget: {
    one: 'line of the budget’s split',
    many: 'lines of the budget’s split',
    hint: 'In proportion to the new total, the months moved along.',
  },
} as const satisfies Record<Exclude<Part, 'recognition'>, { one: string; many: string; hint: string }>;

export interface CarryFieldsProps {
  draft: CampaignDraft;
  /** What was chosen before a refusal; null: all of it. */
  chosen: readonly string[] | null;
}

/** What a new campaign takes along of what it is made from, each to be left behind. */
export function CarryFields({ draft: { carries, origin }, chosen }: CarryFieldsProps) {
  if (!origin) return null;
  const offered = carries.flatMap(({ part, count }) =>
    part === 'recognition' || count === 0 ? [] : { part, count },
  );
  return (
    <>
      {origin.kind === 'CAMPAIGN' && <input type="hidden" name="copyOf" value={origin.id} />}
      {origin.kind === 'TEMPLATE' && <input type="hidden" name="campaignTemplateId" value={origin.id} />}
      <Panel title={titles[origin.kind]} description={origin.name}>
        <div className="grid gap-2.5">
          <p className="text-muted">{explained[origin.kind]}</p>
          {offered.map(({ part, count }) => (
            <Checkbox
              key={part}
              name="include"
              value={part}
              defaultChecked={chosen === null || chosen.includes(part)}
              label={`${formatCount(count)} ${count === 1 ? words[part].one : words[part].many}`}
              hint={words[part].hint}
            />
          ))}
        </div>
      </Panel>
    </>
  );
}

type Origin = NonNullable<CampaignDraft['origin']>['kind'];

const titles = {
  DEAL: 'From a deal',
  TEMPLATE: 'From a template',
  CAMPAIGN: 'A copy',
} as const satisfies Record<Origin, string>;

const explained = {
  DEAL: 'Its amount, brand, days and contacts stand in the form. Change what is different.',
  TEMPLATE: 'What the template says stands in the form. Change what is different.',
  CAMPAIGN: 'What the other says stands in the form, its days moved along. Change what is different.',
} as const satisfies Record<Origin, string>;
