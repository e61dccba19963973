import type { AppLoadContext } from '@remix-run/node';
import { TRPCError } from '@trpc/server';
import type { ExportedNoun } from '../../server/domain/exports/schema.ts';
import { api, type Api, load } from './api.server.ts';

interface Asked {
  request: Request;
  context: AppLoadContext;
  /** The names that the noun's export takes. */
  names: readonly string[];
}

/**
 * A list as a CSV file: all that its address asks for, streamed page by page, and told in the agency's activities with
 * the rows that were sent, also where the reader stopped it. Errors: as `load`, before the first byte.
 */
export async function exportList({ request, context, names }: Asked, noun: ExportedNoun): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const caller = await api(request, context);
  const list = askedFor(names, searchParams);
  const first = await load(context, () => pageOf(caller, noun, list));
  const pages = allPages({ caller, noun, list, first });
  return new Response(toStream(pages, context), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${noun}.csv"`,
      'Cache-Control': 'private, no-store',
    },
  });
}

type List = Readonly<Record<string, string>>;
type Page = Awaited<ReturnType<typeof pageOf>>;

/** What the list's procedure knows of the address; a list's own paging does not matter. */
function askedFor(names: readonly string[], query: URLSearchParams): List {
  const known = new Set(names);
  const pairs = [...query].filter(([name]) => known.has(name) && name !== 'cursor' && name !== 'limit');
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''));
}

/** The procedure's own schema judges what stands in the address: a filter that means nothing is refused, not dropped. */
function pageOf(caller: Api, noun: ExportedNoun, list: List) {
  switch (noun) {
    case 'companies':
      return caller.exports.companies(list);
    case 'contacts':
      return caller.exports.contacts(list);
    case 'deals':
      return caller.exports.deals(list);
    case 'creators':
      return caller.exports.creators(list);
  }
}

interface Walk {
  caller: Api;
  noun: ExportedNoun;
  list: List;
  first: Page;
}

async function* allPages({ caller, noun, list, first }: Walk): AsyncGenerator<string, void> {
  let count = 0;
  try {
    for (let page = first; ; page = await pageOf(caller, noun, { ...list, cursor: page.nextCursor })) {
      count += page.rows;
      yield page.csv;
      if (page.nextCursor === null) return;
    }
  } finally {
    await caller.exports.record({ noun, count, query: new URLSearchParams(list).toString() });
  }
}

/** The reader's pace is the database's: a page is asked for when there is room for it. */
function toStream(pages: AsyncGenerator<string, void>, context: AppLoadContext): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await pages.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        if (error instanceof TRPCError) context.reportError(error);
        // A file that ends early must not look whole: the connection breaks.
        controller.error(error);
      }
    },
    async cancel() {
      await pages.return();
    },
  });
}
