export interface KbdProps {
  /** Key names in order: ["Ctrl", "K"] pressed together, or ["g", "c"] one after the other. */
  keys: readonly string[];
}

/** Keys as a person would press them. */
export function Kbd({ keys }: KbdProps) {
  return (
    <span className="inline-flex gap-0.5">
      {keys.map((key, index) => (
        <kbd
          key={`${index}-${key}`}
          className="inline-grid h-4.5 min-w-4.5 place-items-center rounded-sm border border-line-strong bg-sunken px-1 font-sans text-xs text-muted"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
