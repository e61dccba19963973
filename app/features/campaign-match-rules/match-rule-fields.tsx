import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useId } from 'react';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { platformLabel, platformLabels } from '../ad-accounts/labels.ts';
import { matchLabels, readMatch } from '../ad-accounts/rule-rows.ts';
import { type MatchRow, ruleFields } from './match-rule-rows.ts';

/** What a rule may name. */
export interface RuleChoices {
  accounts: readonly { id: string; name: string; platform: string }[];
  labels: readonly { label: string; count: number }[];
}

export interface MatchRuleFieldsProps {
  row: MatchRow;
  number: number;
  choices: RuleChoices;
  /** How many it would attach; null while that is not known. */
  matched: number | null;
  error: string | undefined;
  isLast: boolean;
  onChange: (values: Partial<MatchRow>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

const matchOptions = Object.entries(matchLabels).map(([value, label]) => ({ value, label: `Name ${label}` }));
const platformOptions = (['META', 'GOOGLE', 'TIKTOK'] as const).map((value) => ({
  value,
  label: platformLabels[value],
}));
const kindOptions = [
  { value: 'media', label: 'Counts as media' },
  { value: 'boost', label: 'Counts as boost' },
];

/** One rule: everything that it says must hold. */
export function MatchRuleFields(props: MatchRuleFieldsProps) {
  const { row, number, choices, matched, error, onChange } = props;
  const errorId = useId();
  const of = (field: string) => ({
    'aria-label': `Rule ${number}: ${field}`,
    ...(error && { 'aria-describedby': errorId, 'aria-invalid': true as const }),
  });
  return (
    <fieldset className="grid gap-2 rounded-md border border-line p-3">
      <legend className="px-1 text-sm text-muted">
        Rule {number}
        {matched !== null && ` · would attach ${matched}`}
      </legend>
      <div className="match-rule">
        <Select
          name={ruleFields.nameMatch}
          {...of('how the name is compared')}
          options={matchOptions}
          value={row.nameMatch}
          onChange={(event) => onChange({ nameMatch: readMatch(event.currentTarget.value) })}
        />
        <Input
          name={ruleFields.namePattern}
          {...of('text in the name')}
          placeholder="Any name"
          autoComplete="off"
          value={row.namePattern}
          onChange={(event) => onChange({ namePattern: event.currentTarget.value })}
        />
        <Input
          name={ruleFields.label}
          {...of('label')}
          placeholder="Any label"
          list="match-rule-labels"
          autoComplete="off"
          value={row.label}
          onChange={(event) => onChange({ label: event.currentTarget.value })}
        />
        <Select
          name={ruleFields.adAccountId}
          {...of('ad account')}
          emptyLabel="Any ad account of the campaign"
          options={choices.accounts.map(({ id, name, platform }) => ({
            value: id,
            label: `${name} · ${platformLabel(platform)}`,
          }))}
          value={row.adAccountId}
          onChange={(event) => onChange({ adAccountId: event.currentTarget.value })}
        />
        <Select
          name={ruleFields.platform}
          {...of('platform')}
          emptyLabel="Any platform"
          options={platformOptions}
          value={row.platform}
          onChange={(event) => onChange({ platform: event.currentTarget.value })}
        />
        <Select
          name={ruleFields.kind}
          {...of('what its spend counts as')}
          options={kindOptions}
          value={row.isBoost ? 'boost' : 'media'}
          onChange={(event) => onChange({ isBoost: event.currentTarget.value === 'boost' })}
        />
        <RowButtons {...props} />
      </div>
      {error && (
        <p id={errorId} className="text-sm text-danger-ink">
          {error}
        </p>
      )}
    </fieldset>
  );
}

type RowButtonsProps = Pick<MatchRuleFieldsProps, 'number' | 'isLast' | 'onMove' | 'onRemove'>;

/** Arrows and a cross; before the script a number says the place. */
function RowButtons({ number, isLast, onMove, onRemove }: RowButtonsProps) {
  if (!useHasScript())
    return (
      <Input
        name={ruleFields.order}
        aria-label={`Rule ${number}: its place`}
        inputMode="numeric"
        className="max-w-16"
        defaultValue={number}
      />
    );
  return (
    <span className="flex gap-1">
      <Button
        variant="quiet"
        iconOnly
        aria-label={`Rule ${number}: try it earlier`}
        aria-disabled={number === 1}
        onClick={() => number > 1 && onMove(-1)}
      >
        <ArrowUp aria-hidden="true" />
      </Button>
      <Button
        variant="quiet"
        iconOnly
        aria-label={`Rule ${number}: try it later`}
        aria-disabled={isLast}
        onClick={() => !isLast && onMove(1)}
      >
        <ArrowDown aria-hidden="true" />
      </Button>
      <Button variant="quiet" iconOnly aria-label={`Remove rule ${number}`} onClick={onRemove}>
        <X aria-hidden="true" />
      </Button>
    </span>
  );
}
