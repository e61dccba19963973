import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { BudgetList } from '../../../server/domain/budgets/schema.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { Input, Select, type SelectOption } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { platformLabels } from '../ad-accounts/labels.ts';
import { budgetKindLabels, monthName } from './labels.ts';
import { emptyLine, type LineField, type LineValues } from './line-values.ts';

export interface BudgetLineRowsProps {
  lines: readonly LineValues[];
  choices: Pick<BudgetList, 'adAccounts' | 'creators' | 'months'>;
  /** By path: `lines.0.amount` is of the first line that is filled. */
  errors: Readonly<Record<string, string>>;
  /** What is left of the total, in words. */
  rest: { words: string; isOver: boolean };
}

interface Row {
  key: number;
  values: LineValues;
}

/** Without a script no line can be added: three stand ready. */
const SPARE = 3;

/** The lines of a budget, a row each. A line without an amount is none. */
export function BudgetLineRows({ lines, choices, errors, rest }: BudgetLineRowsProps) {
  const hasScript = useHasScript();
  const [rows, setRows] = useState<readonly Row[]>(() => lines.map((values, key) => ({ key, values })));
  const next = Math.max(-1, ...rows.map(({ key }) => key)) + 1;
  const spare = Array.from({ length: SPARE }, (_, at) => ({ key: next + at, values: emptyLine }));
  const shown = hasScript ? rows : [...rows, ...spare];
  const options = optionsOf(choices, lines);
  return (
    <Panel
      title="Split"
      description={
        <span aria-live="polite" className={rest.isOver ? 'figures text-danger-ink' : 'figures'}>
          {rest.words}
        </span>
      }
      actions={
        choices.months.length > 1 && (
          <Button type="submit" name="intent" value="split" size="small">
            Split over months
          </Button>
        )
      }
    >
      <div className="grid gap-3">
        {shown.length === 0 && (
          <p className="text-muted">
            Nothing is split yet. A line says what a part of the total is for; what is left open in a line is
            not split by.
          </p>
        )}
        {shown.map((row, at) => (
          <LineRow
            key={row.key}
            row={row}
            at={at}
            options={options}
            errors={errors}
            onRemove={hasScript ? () => setRows(rows.filter(({ key }) => key !== row.key)) : null}
          />
        ))}
        {errors.lines && <p className="text-sm text-danger-ink">{errors.lines}</p>}
        {hasScript && (
          <div>
            <Button size="small" onClick={() => setRows([...rows, { key: next, values: emptyLine }])}>
              <Plus aria-hidden="true" /> Add a line
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

type Options = Readonly<Record<Exclude<LineField, 'amount' | 'note'>, readonly SelectOption[]>>;

/** What lines may name. What a line names already stays choosable, whoever took it from the campaign meanwhile. */
function optionsOf(choices: BudgetLineRowsProps['choices'], lines: readonly LineValues[]): Options {
  const months = [...new Set([...choices.months, ...lines.flatMap(({ month }) => month || [])])].sort();
  return {
    kind: Object.entries(budgetKindLabels).map(([value, label]) => ({ value, label })),
    platform: Object.entries(platformLabels).map(([value, label]) => ({ value, label })),
    adAccountId: withNamed(
      choices.adAccounts.map(({ adAccountId, name }) => ({ value: adAccountId, label: name })),
      lines.map(({ adAccountId }) => adAccountId),
    ),
    campaignCreatorId: withNamed(
      choices.creators.map(({ campaignCreatorId, name }) => ({ value: campaignCreatorId, label: name })),
      lines.map(({ campaignCreatorId }) => campaignCreatorId),
    ),
    month: months.map((value) => ({ value, label: monthName(value) })),
  };
}

function withNamed(options: readonly SelectOption[], named: readonly string[]): SelectOption[] {
  const known = new Set(options.map(({ value }) => value));
  const others = [...new Set(named)].filter((value) => value !== '' && !known.has(value));
  return [...options, ...others.map((value) => ({ value, label: 'Not on this campaign any more' }))];
}

const labels: Readonly<Record<LineField, string>> = {
  kind: 'For',
  platform: 'Platform',
  adAccountId: 'Ad account',
  campaignCreatorId: 'Creator',
  month: 'Month',
  amount: 'Amount',
  note: 'Note',
};

/** A place of its own for each, so that what a kind does not have leaves a gap and moves nothing. */
const columns: Readonly<Record<LineField, string>> = {
  kind: 'line-kind',
  platform: 'line-platform',
  adAccountId: 'line-account',
  campaignCreatorId: 'line-creator',
  month: 'line-month',
  amount: 'line-amount',
  note: 'line-note',
};

const empties = {
  platform: 'Any platform',
  adAccountId: 'Any account',
  campaignCreatorId: 'Any creator',
  month: 'Whole flight',
} as const;

interface LineRowProps {
  row: Row;
  at: number;
  options: Options;
  errors: BudgetLineRowsProps['errors'];
  onRemove: (() => void) | null;
}

function LineRow({ row: { key, values }, at, options, errors, onRemove }: LineRowProps) {
  const [kind, setKind] = useState(values.kind);
  const hasScript = useHasScript();
  const own = Object.entries(errors).filter(([path]) => path.startsWith(`lines.${at}.`));
  // Without a script every choice stands there, and what does not fit the kind is left out when it is read.
  const onPlatform = !hasScript || kind === 'MEDIA' || kind === 'BOOST';
  const ofCreator = !hasScript || kind === 'CREATOR' || kind === 'BOOST';
  const control = (name: LineField) => ({
    name: `lines.${name}`,
    className: columns[name],
    'aria-label': `${labels[name]} of line ${at + 1}`,
    defaultValue: values[name],
    ...(errors[`lines.${at}.${name}`] && {
      'aria-invalid': true as const,
      'aria-describedby': `line-${key}-errors`,
    }),
  });
  const select = (name: keyof typeof empties, isShown: boolean) =>
    isShown ? (
      <Select {...control(name)} emptyLabel={empties[name]} options={options[name]} />
    ) : (
      <input type="hidden" name={`lines.${name}`} value="" />
    );
  return (
    <fieldset className="budget-line">
      <legend className="sr-only">Line {at + 1}</legend>
      <Select
        {...control('kind')}
        options={options.kind}
        onChange={({ currentTarget }) => setKind(currentTarget.value)}
      />
      {select('platform', onPlatform)}
      {select('adAccountId', onPlatform)}
      {select('campaignCreatorId', ofCreator)}
      {select('month', true)}
      <Input {...control('amount')} numeric autoComplete="off" placeholder="Amount" />
      <Input {...control('note')} autoComplete="off" placeholder="Note" />
      {onRemove && (
        <Button
          variant="quiet"
          iconOnly
          className="line-remove"
          aria-label={`Remove line ${at + 1}`}
          onClick={onRemove}
        >
          <X aria-hidden="true" />
        </Button>
      )}
      {own.length > 0 && (
        <p id={`line-${key}-errors`} className="budget-line-errors text-sm text-danger-ink">
          {own.map(([, message]) => message).join(' ')}
        </p>
      )}
    </fieldset>
  );
}
