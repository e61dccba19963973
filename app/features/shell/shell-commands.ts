import { OPEN } from '../../lib/list-address.ts';

/**
 * Moves the focus through a list's row links; stays where it is at either end. From elsewhere it begins at the record
 * that stands open beside the list, else at the list's end.
 */
export function focusRow(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('main a[data-row-link]')];
  const focused = links.findIndex((link) => link === document.activeElement);
  const opened = new URL(location.href).searchParams.get(OPEN);
  const here =
    focused === -1 && opened
      ? links.findIndex((link) => new URL(link.href).pathname.endsWith(`/${opened}`))
      : focused;
  const target = here === -1 ? links[step === 1 ? 0 : links.length - 1] : (links[here + step] ?? links[here]);
  target?.focus();
  target?.closest('tr, li')?.scrollIntoView({ block: 'nearest' });
}

/** Selects the row that the focus is in, or takes it out of the selection. */
export function toggleRow(): void {
  document.activeElement?.closest('tr')?.querySelector<HTMLInputElement>('.select-cell input')?.click();
}

/** Completes the task that the focus is in, or opens it again. */
export function completeRow(): void {
  document.activeElement?.closest('li')?.querySelector<HTMLButtonElement>('[data-row-toggle]')?.click();
}

/** Presses what the page marked for a shortcut; the last one is what opened last. */
export function pressMarked(target: string): void {
  const marked = [...document.querySelectorAll<HTMLElement>(`main [data-shortcut="${target}"]`)];
  marked.at(-1)?.click();
}

/** The page's own search field, if it has one. */
export function focusSearchField(): void {
  document.querySelector<HTMLInputElement>('main input[type=search]')?.focus();
}
