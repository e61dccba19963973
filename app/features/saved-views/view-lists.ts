import { paths, withQuery } from '../../lib/paths.ts';

/** The lists that keep views, by their noun. */
const lists = {
  COMPANY: { label: 'Companies', path: paths.companies() },
  CONTACT: { label: 'Contacts', path: paths.contacts() },
  DEAL: { label: 'Deals', path: paths.deals() },
  CREATOR: { label: 'Creators', path: paths.creators() },
} as const;

export type ViewNoun = keyof typeof lists;

export function isViewNoun(noun: unknown): noun is ViewNoun {
  return typeof noun === 'string' && noun in lists;
}

/** What a list is called and where it is. */
export function listOfNoun(noun: ViewNoun) {
  return lists[noun];
}

/** Where a view is shown; a noun whose lists keep none yet has no such place. */
export function viewHref(noun: string, savedViewId: string): string {
  return isViewNoun(noun) ? withQuery(lists[noun].path, { view: savedViewId }) : paths.home();
}
