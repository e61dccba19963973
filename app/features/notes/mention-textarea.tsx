import { useId, useRef, useState, type KeyboardEvent } from 'react';
import type { FieldControl } from '../../ui/field.tsx';
import { Textarea } from '../../ui/input.tsx';
import { Listbox, optionId } from '../../ui/listbox.tsx';
import { useListboxKeys } from '../../ui/use-listbox-keys.ts';

export interface Person {
  id: string;
  name: string;
  email: string | null;
}

export interface MentionTextareaProps {
  control: FieldControl;
  label: string;
  placeholder: string;
  rows: number;
  draft: string;
  onDraft: (draft: string) => void;
  people: readonly Person[];
  /** Somebody was chosen from the list; their name stands in the draft already. */
  onMention: (person: Person) => void;
  onSubmit: () => void;
}

/** What is typed behind the last @, where that begins a word. */
const AFTER_AT = /(?:^|[\s(])@([\p{L}\p{N}.'-]*(?: [\p{L}\p{N}.'-]*)?)$/u;
const MOST = 8;

/** A text field in which @ offers the agency's people. Plain text: a mention is "@Name" until it is sent. */
export function MentionTextarea(props: MentionTextareaProps) {
  const { control, label, placeholder, rows, draft, onDraft, people, onMention, onSubmit } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [query, setQuery] = useState<string | null>(null);
  const options = query === null ? [] : matching(people, query);
  const isOpen = options.length > 0;

  const take = (index: number) => {
    const person = options[index];
    const element = field.current;
    if (!person || !element || query === null) return;
    const caret = element.selectionStart;
    const start = caret - query.length;
    const next = `${draft.slice(0, start)}${person.name} ${draft.slice(caret)}`;
    onDraft(next);
    onMention(person);
    setQuery(null);
    const place = start + person.name.length + 1;
    requestAnimationFrame(() => element.setSelectionRange(place, place));
  };
  const { activeIndex, restart, onKey } = useListboxKeys({
    isOpen,
    setIsOpen: (open) => {
      if (!open) setQuery(null);
    },
    count: options.length,
    onTake: take,
  });
  const look = (element: HTMLTextAreaElement) => {
    const before = element.value.slice(0, element.selectionStart);
    const found = AFTER_AT.exec(before)?.[1];
    setQuery(found ?? null);
    restart();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isOpen && onKey(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSubmit();
    }
  };
  return (
    <>
      <Textarea
        {...control}
        ref={field}
        rows={rows}
        maxLength={100_000}
        placeholder={placeholder}
        aria-label={label}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        {...(isOpen && {
          'aria-controls': listId,
          'aria-activedescendant': optionId(listId, activeIndex),
        })}
        value={draft}
        onChange={(event) => {
          onDraft(event.target.value);
          look(event.target);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setQuery(null)}
      />
      {isOpen && (
        <Listbox
          id={listId}
          label="People"
          anchor={field}
          options={options.map(({ id, name, email }) => ({ id, name, detail: email }))}
          activeIndex={activeIndex}
          onPick={({ id }) => take(options.findIndex((option) => option.id === id))}
        />
      )}
      <p className="sr-only" aria-live="polite">
        {isOpen ? `${options.length} ${options.length === 1 ? 'person' : 'people'} to mention` : ''}
      </p>
    </>
  );
}

function matching(people: readonly Person[], query: string): Person[] {
  const sought = query.trim().toLowerCase();
  return people
    .filter(
      ({ name, email }) => name.toLowerCase().includes(sought) || email?.toLowerCase().startsWith(sought),
    )
    .slice(0, MOST);
}
