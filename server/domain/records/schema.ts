import { z } from 'zod';
import { isCurrency } from './currencies.ts';

/** Text as a person sent it. NUL cannot be stored; half a surrogate pair is no character. */
export const text = (max = 1000) =>
  z
    .string({
      error: (issue) =>
        issue.input === null || issue.input === undefined ? 'This is required.' : 'Write text here.',
    })
    .max(max, `At most ${max} characters.`)
    .refine((value) => !value.includes('\0'), 'Text cannot hold the NUL character.')
    .refine((value) => value.isWellFormed(), 'This text is not valid Unicode.');

/** Text that must be there. */
export const requiredText = (max = 1000) => text(max).min(1, 'This is required.');

export const id = z.uuid('This is not an id.');

/** A business day, YYYY-MM-DD. */
export const day = z.iso
  .date({ error: 'Write the day as YYYY-MM-DD.', abort: true })
  .refine(isOfOurTimes, 'Write the year with all four digits, for example 2026-01-31.');

/** A browser's date field makes the year 26 of "26"; nobody means it. */
function isOfOurTimes(value: string): boolean {
  return value >= '1900-01-01' && value <= '2200-12-31';
}

export const instant = z.iso.datetime({
  offset: true,
  error: 'Write the time as ISO 8601, for example 2026-01-31T08:15:00Z.',
});

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, { error: 'Write the currency as its three letters, for example AED.', abort: true })
  .refine(isCurrency, 'There is no such currency in ISO 4217.');

/** A web address. Other schemes (javascript:, data:) never become a link. */
export const webAddress = text(2000).refine(
  isWebAddress,
  'Write a full address that begins with https:// or http://.',
);

function isWebAddress(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

export const email = z.email('This is not a mail address.').max(254);

/** An exact amount as a decimal string in major units: "1234.50". */
export const decimal = z
  .string()
  .regex(
    /^\d{1,14}(\.\d{1,4})?$/,
    'Write the amount as digits with at most four decimals, for example 1234.50.',
  );

/** Money as it is answered everywhere. */
export const money = z.strictObject({ amount: decimal, currency });

/** An amount as it is taken: money, or a bare amount whose currency stands beside it. */
export const amountInput = z.union(
  [
    money,
    decimal,
    z
      .number()
      .nonnegative()
      .max(1e13)
      .transform((value, ctx) => {
        const written = String(value);
        if (/^\d+(\.\d{1,4})?$/.test(written)) return written;
        ctx.addIssue({
          code: 'custom',
          message: 'At most four decimals; send the amount as a string to keep it exact.',
        });
        return z.NEVER;
      }),
  ],
  'Write the amount as digits with at most four decimals, for example "1234.50", or as { amount, currency }.',
);

/** What a key of the agency's own fields may hold; a defined field takes its own kind alone, see requireCustomFields. */
const customValue = z.union(
  [text(4000), z.number(), z.boolean(), z.array(text(400)).max(100), money, z.null()],
  'Write text, a number, true or false, a list of texts, or an amount as { amount: "1234.50", currency: "AED" }.',
);

/** What every record that people work with takes on creation and change. */
export const recordInput = {
  brandId: id.nullish(),
  ownerId: id.nullish(),
  externalId: requiredText(255).nullish(),
  tags: z.array(requiredText(100)).max(100).optional(),
  customFields: z.record(requiredText(100), customValue).optional(),
};

/** What every record answers. */
export const recordOutput = {
  id: z.string(),
  brandId: z.string().nullable(),
  ownerId: z.string().nullable(),
  createdById: z.string().nullable(),
  externalId: z.string().nullable(),
  tags: z.array(z.string()),
  customFields: z.record(z.string(), z.unknown()),
  isActive: z.boolean(),
  /** Goes up by one with each change; the ETag at the REST door. */
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
};

/** The version that a change was based on. At the REST door it comes from If-Match. */
export const expectedVersion = z.coerce.number().int().positive().optional();

/**
 * The values of the fields that a change names, as the person who changes them saw them: see conflictsOf. Values are
 * only compared, so what a record has held since other rules were in force is taken as well.
 */
export function baseOf<S extends Record<string, z.ZodType>>(shape: S) {
  const entries = Object.keys(shape).map((name) => [name, z.unknown().optional()] as const);
  return z
    .strictObject(Object.fromEntries(entries) as Record<keyof S & string, z.ZodOptional<z.ZodUnknown>>)
    .optional();
}

/** Yes or no; at the REST door it stands in the address as true or false. */
export const flag = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean('Write true or false.'),
);

/** What every list takes. */
export const listInput = {
  q: text(200).optional(),
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().int().min(1, 'At least 1.').max(200, 'At most 200 at a time.').default(50),
  updatedSince: instant.optional(),
  /** true shows the recycle bin instead. */
  deleted: flag.optional(),
};

/** The answer of a list: `nextCursor` is null at its end. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const sortable = ['name', '-name', 'createdAt', '-createdAt', 'updatedAt', '-updatedAt'] as const;

/** Beside a record in a list: null at either end. `position` counts from 1; both are null in a list of over 1,000. */
export const neighbours = z.object({
  previousId: z.string().nullable(),
  nextId: z.string().nullable(),
  position: z.number().int().nullable(),
  total: z.number().int().nullable(),
});
export type Neighbours = z.infer<typeof neighbours>;

/** Of one field alone, or of all; see listHistory. */
export const historyInput = {
  field: text(150).optional(),
  cursor: listInput.cursor,
  limit: listInput.limit,
};
export type HistoryInput = z.infer<z.ZodObject<typeof historyInput>>;

/** One field's value before and after a change. */
export const fieldChange = z.object({
  activityId: z.string(),
  /** As the inputs name it; a key of the agency's own fields as `customFields.<key>`. */
  field: z.string(),
  from: z.unknown(),
  to: z.unknown(),
  actorKind: z.enum(['USER', 'API_KEY', 'EMBED', 'JOB']),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  createdAt: z.string(),
});
export type FieldChange = z.infer<typeof fieldChange>;
export const fieldChangePage = pageOf(fieldChange);
