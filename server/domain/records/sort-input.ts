import { z } from 'zod';
import type { FieldDefinition } from './fields.ts';

/** `name` ascending, `-name` descending, for each sortable field; of the agency's own `customFields.<key>`. */
export function sortInput(fields: readonly FieldDefinition[], byDefault: string) {
  const names = fields.flatMap(({ name, isSortable }) => (isSortable ? [name, `-${name}`] : []));
  const known = z.enum(names as [string, ...string[]]);
  const custom = z.string().regex(/^-?customFields\..{1,100}$/s);
  return z
    .union([known, custom], `Write one of ${names.join(', ')}, or customFields.<key>.`)
    .default(byDefault);
}
