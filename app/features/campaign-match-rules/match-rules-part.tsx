import type { Campaign } from '../../../server/domain/campaigns/schema.ts';
import type {
  MatchPreview,
  MatchRule,
  MatchRuleInput,
  MatchRuleList,
} from '../../../server/domain/campaign-match-rules/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Callout } from '../../ui/callout.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { MatchPreviewLists } from './match-preview-lists.tsx';
import type { RuleChoices } from './match-rule-fields.tsx';
import { ruleWords } from './match-rule-rows.ts';
import { MatchRulesEditor } from './match-rules-editor.tsx';

export interface MatchRulesPartProps {
  campaign: Pick<Campaign, 'id' | 'brandId'>;
  list: MatchRuleList;
  /** What the form holds where it is not what is stored: shown before saving, or refused. */
  draft: readonly MatchRuleInput[] | null;
  preview: MatchPreview | null;
  choices: RuleChoices;
  failure: FormFailure | undefined;
  canChange: boolean;
}

/** The rules that attach platform campaigns as they come in, are renamed or relabelled. */
export function MatchRulesPart(props: MatchRulesPartProps) {
  const { campaign, list, draft, preview, choices, failure, canChange } = props;
  return (
    <>
      <RestingCallout list={list} />
      {list.rules.some(({ isAsleep }) => isAsleep) && (
        <Callout tone="warning" title="Some rules attach nothing">
          Who wrote them has left or may no longer change campaigns. Save the rules to take them over.
        </Callout>
      )}
      <Panel title="Rules" description={<Reach brandId={campaign.brandId} />}>
        <div className="grid gap-4">
          {canChange ? (
            <MatchRulesEditor
              key={JSON.stringify([list.version, draft])}
              campaign={{ id: campaign.id, version: list.version }}
              rules={draft ?? list.rules}
              preview={preview}
              choices={choices}
              failure={failure}
            />
          ) : (
            <ReadRules list={list} preview={preview} />
          )}
        </div>
      </Panel>
    </>
  );
}

function Reach({ brandId }: { brandId: string | null }) {
  return (
    <>
      Everything that a rule says must hold; the first rule that fits decides. Rules look into ad accounts{' '}
      {brandId === null ? '' : 'of this campaign’s brand, '}that are linked to this campaign or that a rule
      names, attach what waits there, and never take{' '}
      {brandId === null ? 'what is a brand’s' : 'another brand’s'}.
    </>
  );
}

function RestingCallout({ list: { isResting, rules } }: { list: MatchRuleList }) {
  if (!isResting || rules.length === 0) return null;
  return (
    <Callout tone="info" title="These rules rest">
      The campaign is over or in the recycle bin, so that its rules attach nothing. What is attached stays.
    </Callout>
  );
}

function ReadRules({ list, preview }: { list: MatchRuleList; preview: MatchPreview | null }) {
  if (list.rules.length === 0)
    return (
      <EmptyState
        kind="no-right"
        title="There are no rules"
        description="Whoever may change this campaign can write rules that attach platform campaigns by name, label or ad account."
      />
    );
  return (
    <>
      <ol className="grid list-decimal gap-1 pl-5">
        {list.rules.map((rule) => (
          <li key={rule.id}>
            {sentence(rule)}
            {rule.isAsleep && <span className="text-muted"> · asleep</span>}
          </li>
        ))}
      </ol>
      {preview && <MatchPreviewLists campaignId={list.campaignId} preview={preview} />}
    </>
  );
}

function sentence(rule: MatchRule): string {
  const where = rule.adAccountId === null ? '' : ` in ${rule.adAccountName ?? 'an ad account'}`;
  const words = `${ruleWords(rule)}${where}`;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${rule.isBoost ? ', as boost' : ''}`;
}
