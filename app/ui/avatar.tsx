import { classNames } from './class-names.ts';

const tints = [
  'bg-accent-soft text-accent-ink',
  'bg-success-soft text-success-ink',
  'bg-warning-soft text-warning-ink',
  'bg-info-soft text-info-ink',
  'bg-danger-soft text-danger-ink',
] as const;

/** "Maria del Mar" → "MM"; a single word gives its first two letters. Counts by code point, so no emoji is cut. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  const letters = last ? [...first].slice(0, 1).concat([...last].slice(0, 1)) : [...first].slice(0, 2);
  return letters.join('').toUpperCase();
}

/** The same name has the same tint on every page. */
function tintOf(name: string): string {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return tints[hash % tints.length] ?? tints[0];
}

export interface AvatarProps {
  name: string;
  /** `round` for people, `square` for organizations and companies. */
  shape?: 'round' | 'square';
  size?: 'small' | 'medium';
}

/** Initials on a tint. Decoration: the name itself always stands beside it. */
export function Avatar({ name, shape = 'round', size = 'small' }: AvatarProps) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        'inline-grid flex-none place-items-center font-medium select-none',
        shape === 'round' ? 'rounded-full' : 'rounded-sm',
        size === 'small' ? 'size-5 text-[0.5625rem]' : 'size-7 text-xs',
        tintOf(name),
      )}
    >
      {initials(name)}
    </span>
  );
}
