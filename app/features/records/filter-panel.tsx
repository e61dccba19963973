import { ListFilter, Plus } from 'lucide-react';
import { useState } from 'react';
import type { FieldDefinition } from '../../../server/domain/records/fields.ts';
import { listHref, listParams, PANEL } from '../../lib/list-url.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button, buttonClass, LinkButton } from '../../ui/button.tsx';
import { Select } from '../../ui/input.tsx';
import { FilterValueFields, type ValueChoices } from './filter-value-fields.tsx';
import { draftNames, emptyDraft, type FilterDraft } from './filter-draft.ts';
import type { FilterWords } from './filter-words.ts';
import { ToolbarPanel, usePanel } from './toolbar-panel.tsx';

export interface FilterPanelProps {
  url: URL;
  words: FilterWords;
  choices: ValueChoices;
  /** Where the condition goes: see placeCondition. */
  at: string;
  /** What the form begins with: a condition that is changed, or what was sent and refused. */
  draft: (FilterDraft & { error?: string | null }) | null;
  isAsked: boolean;
  look: { trigger: 'button' | 'add' | 'condition'; text: string; label: string };
}

/** A condition's form behind its button: choose a field, what is asked of it, and the value. */
export function FilterPanel({ url, words, choices, at, draft, isAsked, look }: FilterPanelProps) {
  const [isOpen, setIsOpen] = usePanel(url.href, isAsked);
  const [field, setField] = useState(draft?.field ?? '');
  const open = (next: boolean) => {
    if (!next) setField(draft?.field ?? '');
    setIsOpen(next);
  };
  const chosen = words.fields.find(({ name }) => name === (field || draft?.field));
  return (
    <ToolbarPanel
      url={url}
      name={panelName(at)}
      isOpen={isOpen}
      onOpen={open}
      label={look.label}
      triggerClassName={triggerClass(look.trigger)}
      trigger={<Trigger {...look} />}
    >
      <form method="get" action={url.pathname} className="filter-form">
        {listParams(url).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <FieldChoice
          words={words}
          at={at}
          chosen={chosen}
          canGroup={at === '' && listParams(url).some(([name]) => name === 'filter')}
          onChoose={setField}
        />
        {chosen && (
          <FilterValueFields
            key={chosen.name}
            field={chosen}
            words={words}
            choices={choices}
            draft={draft?.field === chosen.name ? draft : emptyDraft(chosen.name, at)}
          />
        )}
        <div className="flex justify-end gap-2">
          <LinkButton
            href={listHref(url, {})}
            variant="quiet"
            size="small"
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey) return;
              event.preventDefault();
              open(false);
            }}
          >
            Cancel
          </LinkButton>
          <SubmitButton isChosen={chosen !== undefined} panel={panelName(at)} />
        </div>
      </form>
    </ToolbarPanel>
  );
}

/** Before the script arrives, choosing a field is a step of its own. */
function SubmitButton({ isChosen, panel }: { isChosen: boolean; panel: string }) {
  const hasScript = useHasScript();
  if (isChosen) {
    return (
      <Button type="submit" variant="primary" size="small">
        Apply
      </Button>
    );
  }
  return hasScript ? null : (
    <Button type="submit" size="small" name={PANEL} value={panel}>
      Continue
    </Button>
  );
}

export function panelName(at: string): string {
  return at === '' ? 'filter' : `filter-${at}`;
}

interface FieldChoiceProps {
  words: FilterWords;
  at: string;
  chosen: FieldDefinition | undefined;
  canGroup: boolean;
  onChoose: (name: string) => void;
}

function FieldChoice({ words, at, chosen, canGroup, onChoose }: FieldChoiceProps) {
  return (
    <div className="grid gap-2">
      <Select
        name={draftNames.field}
        aria-label="Field"
        emptyLabel="Choose a field"
        required
        options={words.fields.map(({ name, label }) => ({ value: name, label }))}
        value={chosen?.name ?? ''}
        onChange={(event) => onChoose(event.currentTarget.value)}
      />
      {canGroup ? (
        <Select
          name={draftNames.at}
          aria-label="Place"
          options={[
            { value: '', label: 'Beside the other conditions' },
            { value: 'new', label: 'In a group of its own' },
          ]}
          defaultValue=""
        />
      ) : (
        at !== '' && <input type="hidden" name={draftNames.at} value={at} />
      )}
    </div>
  );
}

function triggerClass(trigger: FilterPanelProps['look']['trigger']): string {
  if (trigger === 'button') return buttonClass({});
  return trigger === 'add' ? 'chip-add' : 'chip-text';
}

function Trigger({ trigger, text, label }: FilterPanelProps['look']) {
  if (trigger === 'add') {
    return (
      <>
        <Plus aria-hidden="true" />
        <span className="sr-only">{label}</span>
      </>
    );
  }
  return (
    <>
      {trigger === 'button' && <ListFilter aria-hidden="true" />}
      {text}
    </>
  );
}
