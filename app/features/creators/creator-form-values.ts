import type { Creator } from '../../../server/domain/creators/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { toTagText } from '../../lib/tags.ts';
import { type FormField, shownCustomFields } from '../custom-fields/custom-values.ts';

/** The fields of the form, as its action reads them; categories, tags and custom fields have readers of their own. */
export const creatorFormFields = [
  'status',
  'primaryPlatform',
  'commissionPercent',
  'managerContactId',
  'estimatedReach',
  'ownerId',
  'brandId',
] as const;

export type CreatorFormField = (typeof creatorFormFields)[number];

export function storedText(creator: Creator | null, name: CreatorFormField): string {
  return String(creator?.[name] ?? '');
}

/** What the form shows of a creator when it is opened: see EditBase. */
export function shownCreator(creator: Creator, customFields: readonly FormField[]) {
  return {
    ...Object.fromEntries(creatorFormFields.map((name) => [name, storedText(creator, name)])),
    categories: toTagText(creator.categories),
    tags: toTagText(creator.tags),
    ...shownCustomFields(customFields, creator.customFields),
  };
}

/** The manager that the form shows as chosen: what was typed, else who is stored. */
export function pickedManager(
  creator: Creator | null,
  contacts: readonly { id: string; name: string }[],
  failure: FormFailure | undefined,
) {
  const stored = creator?.managerContactId
    ? { id: creator.managerContactId, name: creator.manager?.name ?? 'Not yours to see' }
    : null;
  if (!failure) return stored;
  const typed = failure.values.managerContactId;
  return typed === stored?.id ? stored : (contacts.find(({ id }) => id === typed) ?? null);
}
