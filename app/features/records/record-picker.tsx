import { ChevronsUpDown, X } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type ChangeEvent, type RefObject } from 'react';
import { useHasScript } from '../../lib/use-has-script.ts';
import type { FieldControl } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { Listbox, type ListboxOption, optionId } from '../../ui/listbox.tsx';
import { useListboxKeys } from '../../ui/use-listbox-keys.ts';
import { askerOf, type PickerNoun, pickerNouns } from './picker-nouns.ts';
import { inWords, useChoices } from './use-choices.ts';

export interface RecordChoice {
  id: string;
  name: string;
}

export interface RecordPickerProps {
  /** From the Field around it. The form's field carries the id, '' for none. */
  control: FieldControl;
  noun: PickerNoun;
  picked: RecordChoice | null;
  /** What can be chosen before the script arrives: the first by name. */
  choices?: readonly RecordChoice[];
  /** "No company". */
  emptyLabel: string;
  /** Contacts and deals of one company alone. */
  companyId?: string | undefined;
  onPick?: (choice: RecordChoice | null) => void;
}

/** Chooses one record or member: a list of the first before the script arrives, a search over all with it. */
export function RecordPicker(props: RecordPickerProps) {
  const { control, picked, choices = [], emptyLabel, onPick } = props;
  const [choice, setChoice] = useState(picked);
  const hasScript = useHasScript();
  const pick = (next: RecordChoice | null) => {
    setChoice(next);
    onPick?.(next);
  };
  if (hasScript) return <Combobox {...props} picked={choice} onPick={pick} />;
  const isListed = picked === null || choices.some(({ id }) => id === picked.id);
  const offered = isListed ? choices : [picked, ...choices];
  return (
    <Select
      {...control}
      // What was chosen before the script arrived stays chosen.
      ref={(select) => {
        if (!select || select.value === (picked?.id ?? '')) return;
        setChoice(offered.find(({ id }) => id === select.value) ?? null);
      }}
      emptyLabel={emptyLabel}
      options={offered.map(({ id, name }) => ({ value: id, label: name }))}
      defaultValue={picked?.id ?? ''}
    />
  );
}

type ComboboxProps = RecordPickerProps & { onPick: (choice: RecordChoice | null) => void };

function Combobox({ control, noun, picked, choices, emptyLabel, companyId, onPick }: ComboboxProps) {
  const { name, id, ...described } = control;
  const words = pickerNouns[noun];
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const ask = useMemo(() => askerOf(noun, { companyId, choices }), [noun, companyId, choices]);
  const hidden = useTellForm(picked?.id ?? '');
  const answer = useChoices(ask, typed ?? '', isOpen);
  const message = inWords(answer, words.many);
  const leave = () => {
    setTyped(null);
    setIsOpen(false);
  };
  const take = (option: ListboxOption | null) => {
    onPick(option && { id: option.id, name: option.name });
    leave();
  };
  const onTake = (index: number) => take(answer.options[index] ?? null);
  const { activeIndex, restart, onKey } = useListboxKeys({
    isOpen,
    setIsOpen,
    count: answer.options.length,
    onTake,
  });
  const onChange = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    setTyped(currentTarget.value);
    restart();
    setIsOpen(true);
  };
  return (
    <div className="picker">
      <input ref={hidden} type="hidden" name={name} value={picked?.id ?? ''} />
      <Input
        ref={field}
        id={id}
        {...described}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(activeIndex >= 0 ? { 'aria-activedescendant': optionId(listId, activeIndex) } : {})}
        autoComplete="off"
        spellCheck={false}
        placeholder={emptyLabel}
        value={typed ?? picked?.name ?? ''}
        onChange={onChange}
        onClick={() => setIsOpen(true)}
        onBlur={() => (typed?.trim() === '' ? take(null) : leave())}
        onKeyDown={(event) => {
          if (onKey(event) && event.key === 'Escape') setTyped(null);
        }}
      />
      <PickerEnd field={field} canClear={picked !== null} label={words.one} onClear={() => take(null)} />
      {isOpen && (
        <Listbox
          id={listId}
          label={words.many}
          anchor={field}
          options={answer.options}
          activeIndex={activeIndex}
          selectedId={picked?.id ?? null}
          message={message}
          onPick={take}
        />
      )}
      <span className="sr-only" role="status">
        {isOpen && (message ?? (answer.state === 'ready' ? `${answer.options.length} found.` : ''))}
      </span>
    </div>
  );
}

interface PickerEndProps {
  field: RefObject<HTMLInputElement>;
  canClear: boolean;
  label: string;
  onClear: () => void;
}

function PickerEnd({ field, canClear, label, onClear }: PickerEndProps) {
  if (!canClear) return <ChevronsUpDown aria-hidden="true" className="picker-mark" />;
  const clear = () => {
    onClear();
    field.current?.focus();
  };
  return (
    <button type="button" className="picker-clear" aria-label={`Clear ${label}`} onClick={clear}>
      <X aria-hidden="true" />
    </button>
  );
}

/** A hidden field says nothing when its value changes: forms that watch what is typed are told here. */
function useTellForm(value: string) {
  const hidden = useRef<HTMLInputElement>(null);
  const told = useRef(value);
  useEffect(() => {
    if (told.current === value) return;
    told.current = value;
    hidden.current?.dispatchEvent(new Event('input', { bubbles: true }));
  }, [value]);
  return hidden;
}
