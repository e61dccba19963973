import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox } from '../../ui/input.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { keyCaps, type Shortcut } from './shortcuts.ts';
import { setSingleKeys, useIsMac, useSingleKeys } from './use-shortcuts.ts';

export interface ShortcutSheetProps {
  isOpen: boolean;
  onClose: () => void;
  shortcuts: readonly Shortcut[];
}

/** The registry, printed. Nothing here is written by hand, so it can't drift from what the keys do. */
export function ShortcutSheet({ isOpen, onClose, shortcuts }: ShortcutSheetProps) {
  const isMac = useIsMac();
  const hasSingleKeys = useSingleKeys();
  const groups = [...new Set(shortcuts.map(({ group }) => group))];
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Keyboard shortcuts" size="wide">
      <div className="columns-1 gap-8 sm:columns-2">
        {groups.map((group) => (
          <section key={group} className="break-inside-avoid pb-4">
            <h3 className="pb-1 text-sm font-medium text-subtle">{group}</h3>
            <dl>
              {shortcuts
                .filter((shortcut) => shortcut.group === group)
                .map(({ id, label, keys }) => (
                  <div key={id} className="flex min-h-7 items-center justify-between gap-4">
                    <dt>{label}</dt>
                    <dd>
                      <Kbd keys={keyCaps(keys, isMac)} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <Checkbox
        label="Single-key shortcuts"
        hint="Switch them off where speech input or another tool types letters into the page."
        checked={hasSingleKeys}
        onChange={(event) => setSingleKeys(event.target.checked)}
      />
    </Dialog>
  );
}
