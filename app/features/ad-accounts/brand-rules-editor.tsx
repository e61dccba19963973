import { Form, useNavigation } from '@remix-run/react';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import type { BrandRuleInput, BrandRulePreview } from '../../../server/domain/brand-rules/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select } from '../../ui/input.tsx';
import {
  emptyRow,
  matchedOf,
  matchedWords,
  matchLabels,
  moved,
  readMatch,
  ruleFields,
  type RuleRow,
  toRows,
  withSpareRows,
} from './rule-rows.ts';
import { useRulePreview } from './use-rule-preview.ts';

export interface BrandRulesEditorProps {
  account: Pick<AdAccount, 'id' | 'version' | 'brandId'>;
  rules: readonly BrandRuleInput[];
  /** What the rules as they stand in the form do; asked again with every change once the script is there. */
  preview: BrandRulePreview | null;
  brands: readonly { id: string; name: string }[];
  failure: FormFailure | undefined;
}

const SPARE = 3;

/** The rules that share an account's campaigns out, in their order, with what each would take before it is saved. */
export function BrandRulesEditor({ account, rules, preview: known, brands, failure }: BrandRulesEditorProps) {
  const hasScript = useHasScript();
  const [own, setOwn] = useState(() => toRows(rules));
  const rows = hasScript ? own : withSpareRows(own, SPARE);
  const list = useRef<HTMLOListElement>(null);
  const { preview, problem } = useRulePreview(account.id, own, known);
  const matched = matchedOf(rows, preview);
  const rest = brands.find(({ id }) => id === account.brandId)?.name;
  const change = (key: number, values: Partial<RuleRow>) =>
    setOwn(own.map((row) => (row.key === key ? { ...row, ...values } : row)));
  const remove = (at: number) => {
    setOwn(own.filter((_row, index) => index !== at));
    list.current?.closest('form')?.querySelector<HTMLElement>('[data-add-rule]')?.focus();
  };
  return (
    <Form method="post" preventScrollReset className="grid gap-4">
      <FormErrorSummary formError={failure?.message} />
      <input type="hidden" name="expectedVersion" value={account.version} />
      <ol ref={list} className="grid gap-3">
        {rows.map((row, at) => (
          <li key={row.key}>
            <RuleFields
              row={row}
              number={at + 1}
              brands={brands}
              matched={matched[at] ? matchedWords(matched[at]) : null}
              onChange={(values) => change(row.key, values)}
              onMove={(by) => setOwn(moved(own, at, at + by))}
              onRemove={() => remove(at)}
              isLast={at === rows.length - 1}
            />
          </li>
        ))}
      </ol>
      <p aria-live="polite" className={problem ? 'text-danger-ink' : 'text-muted'}>
        {problem ??
          (preview &&
            `${own.length === 0 ? 'Without rules all' : 'Those that no rule fits'} are ${rest ? `${rest}’s` : 'of no brand'}. ${matchedWords(preview.unmatched)}.`)}
      </p>
      <FormButtons hasScript={hasScript} onAdd={() => setOwn([...own, emptyRow(own)])} />
    </Form>
  );
}

function FormButtons({ hasScript, onAdd }: { hasScript: boolean; onAdd: () => void }) {
  const navigation = useNavigation();
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        type="submit"
        name="intent"
        value="rules"
        variant="primary"
        isPending={navigation.formData?.get('intent') === 'rules'}
      >
        Save rules
      </Button>
      {hasScript ? (
        <Button data-add-rule="" onClick={onAdd}>
          Add a rule
        </Button>
      ) : (
        <Button type="submit" name="intent" value="preview">
          Show what they match
        </Button>
      )}
    </div>
  );
}

interface RuleFieldsProps {
  row: RuleRow;
  number: number;
  brands: BrandRulesEditorProps['brands'];
  /** What it would take, in words; null while that is not known. */
  matched: string | null;
  isLast: boolean;
  onChange: (values: Partial<RuleRow>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

const matchOptions = Object.entries(matchLabels).map(([value, label]) => ({ value, label }));

function RuleFields({ row, number, brands, matched, isLast, onChange, onMove, onRemove }: RuleFieldsProps) {
  return (
    <fieldset className="grid gap-1">
      <legend className="pb-1 text-sm text-muted">
        {number}. A campaign whose name {matchLabels[row.match]}
      </legend>
      <div className="rule-row">
        <Select
          name={ruleFields.match}
          aria-label={`Rule ${number}: how the name is compared`}
          options={matchOptions}
          value={row.match}
          onChange={(event) => onChange({ match: readMatch(event.currentTarget.value) })}
        />
        <Input
          name={ruleFields.pattern}
          aria-label={`Rule ${number}: text in the name`}
          placeholder="Text in the name"
          autoComplete="off"
          value={row.pattern}
          onChange={(event) => onChange({ pattern: event.currentTarget.value })}
        />
        <Select
          name={ruleFields.brandId}
          aria-label={`Rule ${number}: its brand`}
          emptyLabel="Choose a brand"
          options={brands.map(({ id, name }) => ({ value: id, label: name }))}
          value={row.brandId}
          onChange={(event) => onChange({ brandId: event.currentTarget.value })}
        />
        <RuleButtons number={number} isLast={isLast} onMove={onMove} onRemove={onRemove} />
      </div>
      <p aria-live="polite" className="text-sm text-muted">
        {matched}
      </p>
    </fieldset>
  );
}

type RuleButtonsProps = Pick<RuleFieldsProps, 'number' | 'isLast' | 'onMove' | 'onRemove'>;

function RuleButtons({ number, isLast, onMove, onRemove }: RuleButtonsProps) {
  return (
    <span className="needs-script flex gap-1">
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
