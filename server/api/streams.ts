import { z } from 'zod';

/** The output of a subscription: each thing that it tells passes the schema, as an answer does. */
export function streamOf<T extends z.ZodType>(item: T) {
  return z
    .custom<AsyncIterable<z.input<T>>>(
      (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
    )
    .transform(async function* (told) {
      for await (const one of told) yield item.parse(one);
    });
}
