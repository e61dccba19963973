import { contractError, PlatformError } from './errors.ts';
import { createHttp, type HttpAnswer, type HttpDeps } from './http.ts';

/** A published file, read whole with the same limits and repeats as a platform. `name` is how people call its source. */
export async function fetchTextFile(name: string, url: string, deps: HttpDeps): Promise<string> {
  const http = createHttp({ name, classify: (answer) => classify(name, answer) }, deps);
  return http.text({ method: 'GET', url, headers: { accept: '*/*' }, meter: name });
}

function classify(name: string, { status }: HttpAnswer): PlatformError | null {
  if (status < 400) return null;
  if (status < 500 && status !== 408 && status !== 429) return contractError(name, 'status', `${status}`);
  const message = `${name} could not be read. We try again by ourselves.`;
  return new PlatformError({ kind: 'retry', code: `http ${status}`, message });
}
