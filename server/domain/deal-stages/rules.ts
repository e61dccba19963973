import { AppError, type Issue } from '../../kernel/errors.ts';
import { stageName } from '../deals/rules.ts';
import type { DealStageSettings } from './schema.ts';

const askFor: Readonly<Record<string, string>> = {
  amount: 'Say the amount',
  companyId: 'Choose the company',
  contactId: 'Choose the contact',
  expectedCloseOn: 'Say when it is expected to close',
  ownerId: 'Choose the owner',
  closeReason: 'Say the reason',
};

/** A deal as far as a stage may ask for it. */
export type Requirable = Readonly<Record<string, unknown>> & {
  customFields: Readonly<Record<string, unknown>>;
};

/** The required fields that this deal has nothing in. */
export function missingFields(required: readonly string[], deal: Requirable): string[] {
  return required.filter((field) => isEmpty(valueOf(deal, field)));
}

/** Errors: `invalid` naming each field that the stage asks for and the deal lacks, with what to do. */
export function requireStageFields(settings: DealStageSettings, deal: Requirable): void {
  const missing = missingFields(settings.requiredFields, deal);
  if (missing.length === 0) return;
  const issues: Issue[] = missing.map((path) => ({ path, message: `${wordsFor(path)}.` }));
  const words = missing.map((path, index) => (index === 0 ? wordsFor(path) : lowerFirst(wordsFor(path))));
  throw new AppError('invalid', `${joined(words)}: stage ${stageName(settings.stage)} asks for it.`, {
    issues,
  });
}

/** What to do about a field that a stage asks for, as the beginning of a sentence. */
export function wordsFor(field: string): string {
  return askFor[field] ?? `Fill in ${field.replace(/^customFields\./, '')}`;
}

function valueOf(deal: Requirable, field: string): unknown {
  return field.startsWith('customFields.')
    ? deal.customFields[field.slice('customFields.'.length)]
    : deal[field];
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.length === 0;
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

function joined(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
