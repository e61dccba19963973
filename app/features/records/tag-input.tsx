import { X } from 'lucide-react';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { fromTagText, toTagText } from '../../lib/tags.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import type { FieldControl } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Listbox, optionId } from '../../ui/listbox.tsx';
import { useListboxKeys } from '../../ui/use-listbox-keys.ts';
import { type AskForChoices, useChoices } from './use-choices.ts';

export type TaggedNoun = 'COMPANY' | 'CONTACT' | 'DEAL' | 'CREATOR' | 'CAMPAIGN';

export interface TagInputProps {
  /** From the Field around it. The form's field carries the tags as one line, see app/lib/tags.ts. */
  control: FieldControl;
  noun: TaggedNoun;
  /** The line that it begins with. */
  defaultValue: string;
  onChange?: (tags: readonly string[]) => void;
}

/** Tags as chips with the agency's own as suggestions; before the script arrives one line, separated by commas. */
export function TagInput({ noun, ...props }: TagInputProps) {
  const ask = useMemo(() => askerOf(noun), [noun]);
  return <WordInput {...props} ask={ask} label="Tags in use" />;
}

/** A creator's categories, with those in use as suggestions; as TagInput. */
export function CategoryInput(props: Omit<TagInputProps, 'noun'>) {
  return <WordInput {...props} ask={askForCategories} label="Categories in use" />;
}

interface Suggesting {
  /** Keep it stable between renders. */
  ask: AskForChoices;
  /** What the suggestions are. */
  label: string;
}

function WordInput({
  control,
  defaultValue,
  onChange,
  ...suggesting
}: Omit<TagInputProps, 'noun'> & Suggesting) {
  const [text, setText] = useState(defaultValue);
  const hasScript = useHasScript();
  if (hasScript) {
    const change = (tags: readonly string[]) => {
      setText(toTagText(tags));
      onChange?.(tags);
    };
    return <Chips control={control} tags={fromTagText(text)} onChange={change} {...suggesting} />;
  }
  return (
    <Input
      {...control}
      // What was typed before the script arrived stays.
      ref={(input) => {
        if (input && input.value !== defaultValue) setText(input.value);
      }}
      defaultValue={defaultValue}
      autoComplete="off"
    />
  );
}

interface ChipsProps extends Suggesting {
  control: FieldControl;
  tags: readonly string[];
  onChange: (tags: readonly string[]) => void;
}

function Chips({ control, tags, onChange, ask, label }: ChipsProps) {
  const { name, id, required, ...described } = control;
  const [typed, setTyped] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const add = (text: string) => {
    const added = fromTagText(text).filter((tag) => !tags.includes(tag));
    if (added.length > 0) onChange([...tags, ...added]);
    setTyped('');
    setIsOpen(false);
    restart();
  };
  const options = useTagSuggestions({ ask, tags, typed, isOpen });
  const { activeIndex, restart, onKey } = useListboxKeys({
    isOpen,
    setIsOpen,
    count: options.length,
    onTake: (index) => add(toTagText([options[index]?.name ?? ''])),
    startsOn: -1,
  });
  const remove = (tag: string) => {
    onChange(tags.filter((other) => other !== tag));
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (onKey(event)) return;
    if ((event.key === 'Enter' && typed.trim() !== '') || event.key === ',') {
      event.preventDefault();
      add(typed);
    } else if (event.key === 'Backspace' && typed === '') onChange(tags.slice(0, -1));
  };
  return (
    <div ref={box} className="control tag-field">
      <input type="hidden" name={name} value={toTagText(tags)} />
      {tags.map((tag) => (
        <span key={tag} className="tag-chip">
          <span>{tag}</span>
          <button type="button" aria-label={`Remove ${tag}`} onClick={() => remove(tag)}>
            <X aria-hidden="true" />
          </button>
        </span>
      ))}
      <input
        ref={field}
        id={id}
        {...described}
        aria-required={required}
        role="combobox"
        aria-expanded={isOpen && options.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(activeIndex >= 0 ? { 'aria-activedescendant': optionId(listId, activeIndex) } : {})}
        autoComplete="off"
        value={typed}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          restart();
          setIsOpen(true);
        }}
        onClick={() => setIsOpen(true)}
        onBlur={() => add(typed)}
        onKeyDown={onKeyDown}
      />
      {isOpen && options.length > 0 && (
        <Listbox
          id={listId}
          label={label}
          anchor={box}
          options={options}
          activeIndex={activeIndex}
          onPick={(option) => add(toTagText([option.name]))}
        />
      )}
    </div>
  );
}

interface Suggested {
  ask: AskForChoices;
  tags: readonly string[];
  typed: string;
  isOpen: boolean;
}

/** The tags in use that fit what is typed, without those chosen. */
function useTagSuggestions({ ask, tags, typed, isOpen }: Suggested) {
  const choices = useChoices(ask, typed, isOpen);
  return choices.options.filter(({ id }) => !tags.includes(id)).slice(0, 12);
}

const askForCategories: AskForChoices = async (api, { q, signal }) => {
  const found = await api.creators.categories.query({ q: q === '' ? undefined : q, limit: 40 }, { signal });
  return found.map(({ category, count }) => ({ id: category, name: category, detail: String(count) }));
};

const askerOf =
  (noun: TaggedNoun): AskForChoices =>
  async (api, { q, signal }) => {
    const tags = await api.tags.list.query({ noun, q: q === '' ? undefined : q, limit: 40 }, { signal });
    return tags.map(({ tag, count }) => ({ id: tag, name: tag, detail: String(count) }));
  };
