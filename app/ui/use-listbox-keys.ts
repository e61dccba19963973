import { useState, type KeyboardEvent } from 'react';

export interface ListboxState {
  isOpen: boolean;
  setIsOpen: (isOpen: boolean) => void;
  /** How many options are shown. */
  count: number;
  onTake: (index: number) => void;
  /** −1 marks nothing until an arrow says so, and leaves Enter to the field. */
  startsOn?: 0 | -1;
}

export interface ListboxKeys {
  activeIndex: number;
  /** Back to the first option: what was typed asks for others. */
  restart: () => void;
  /** True where the key was the list's own, and has done its work. */
  onKey: (event: KeyboardEvent) => boolean;
}

/** The keyboard of a combobox by the ARIA practices: arrows open and move, Enter takes, Escape closes. */
export function useListboxKeys({
  isOpen,
  setIsOpen,
  count,
  onTake,
  startsOn = 0,
}: ListboxState): ListboxKeys {
  const [active, setActive] = useState<number>(startsOn);
  const activeIndex = isOpen ? Math.min(active, count - 1) : -1;
  const restart = () => setActive(startsOn);
  const move = (to: number) => {
    if (!isOpen) setIsOpen(true);
    else if (count > 0) setActive((to + count) % count);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    if (event.nativeEvent.isComposing) return false;
    const { key } = event;
    if (key === 'ArrowDown') move(activeIndex + 1);
    else if (key === 'ArrowUp') move(Math.max(activeIndex, 0) - 1);
    else if (key === 'Enter' && isOpen && (activeIndex >= 0 || startsOn === 0)) {
      if (activeIndex >= 0) onTake(activeIndex);
      restart();
    } else if (key === 'Escape' && isOpen) {
      // A dialog around it stays open.
      event.stopPropagation();
      setIsOpen(false);
      restart();
    } else return false;
    event.preventDefault();
    return true;
  };
  return { activeIndex, restart, onKey };
}
