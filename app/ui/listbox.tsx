import { Check } from 'lucide-react';
import { useEffect, useRef, type RefObject } from 'react';
import { useAnchoredPopover } from './use-anchored-popover.ts';

export interface ListboxOption {
  id: string;
  name: string;
  /** What tells it from its namesakes. */
  detail?: string | null | undefined;
}

export interface ListboxProps {
  id: string;
  label: string;
  /** The field that it hangs on. */
  anchor: RefObject<HTMLElement | null>;
  options: readonly ListboxOption[];
  activeIndex: number;
  selectedId?: string | null;
  /** What stands in place of options: searching, nothing found, what went wrong. */
  message?: string | null;
  onPick: (option: ListboxOption) => void;
}

export function optionId(listboxId: string, index: number): string {
  return `${listboxId}-${index}`;
}

/** The open list of a combobox. The focus stays in its field; `activeIndex` is what aria-activedescendant points at. */
export function Listbox({
  id,
  label,
  anchor,
  options,
  activeIndex,
  selectedId,
  message,
  onPick,
}: ListboxProps) {
  const popover = useRef<HTMLDivElement>(null);
  useAnchoredPopover(anchor, popover, true);
  useEffect(() => {
    document.getElementById(optionId(id, activeIndex))?.scrollIntoView({ block: 'nearest' });
  }, [id, activeIndex, options]);
  return (
    // A press must not take the focus out of the field, which would close the list before the click lands.
    <div ref={popover} className="listbox" onPointerDown={(event) => event.preventDefault()}>
      <ul id={id} role="listbox" aria-label={label}>
        {options.map((option, index) => (
          <li
            key={option.id}
            id={optionId(id, index)}
            role="option"
            aria-selected={index === activeIndex}
            className="listbox-option"
            // The keyboard's part is the field's, which keeps the focus.
            onPointerUp={() => onPick(option)}
          >
            <span className="min-w-0 flex-1 truncate">
              {option.name}
              {option.detail && <span className="pl-2 text-muted">{option.detail}</span>}
            </span>
            {option.id === selectedId && <Check aria-hidden="true" />}
          </li>
        ))}
      </ul>
      {message && <p className="listbox-message">{message}</p>}
    </div>
  );
}
