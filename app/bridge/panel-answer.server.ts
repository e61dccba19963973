import { type AppLoadContext, json } from '@remix-run/node';
import { load } from './api.server.ts';

/** A panel's data, or in words why there is none: the list around it stays. Redirects go on. */
export async function answerPanel<T>(context: AppLoadContext, read: () => Promise<T>) {
  try {
    return json(await load(context, read));
  } catch (error) {
    if (!(error instanceof Response) || error.status < 400) throw error;
    return json({ error: error.statusText }, { status: error.status });
  }
}

/**
 * The panel of a list's own page: null where its address opens none, or one that there is not; the panel then asks again
 * by itself and says why.
 */
export async function openPanel<T>(
  context: AppLoadContext,
  recordId: string | null,
  read: (recordId: string) => Promise<T>,
): Promise<T | null> {
  if (recordId === null) return null;
  try {
    return await load(context, () => read(recordId));
  } catch (error) {
    if (error instanceof Response && error.status === 404) return null;
    throw error;
  }
}
