import { invalidField } from '../../kernel/errors.ts';
import { previewMargin as reckon } from './rules.ts';
import type { MarginPreview, PreviewMarginInput } from './schema.ts';

/** What a rule would ask on a cost, before it is kept. Errors: `invalid` on what does not fit together. */
export function previewMargin(input: PreviewMarginInput): MarginPreview {
  const found = reckon(input);
  if ('path' in found) throw invalidField(found.path, found.message);
  return found;
}
