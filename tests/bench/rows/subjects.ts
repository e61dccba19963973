import { sessionCookieName } from '../../../app/http/session-cookie.ts';
import type { Bench, LimitProgram } from '../bench.ts';
import type { Subject } from '../http.ts';

/** An address of the REST door, asked with the owner's key. */
export async function apiSubject(bench: Bench, path: string): Promise<Subject> {
  const web = await bench.web();
  return {
    url: `${web.url}/api/social-media${path}`,
    headers: { authorization: `Bearer ${bench.dataset.apiKey}` },
    pid: web.pid,
  };
}

/** A page or a live part, asked by the signed-in owner from a page of the same site. */
export async function pageSubject(bench: Bench, path: string): Promise<Subject> {
  const web = await bench.web();
  const cookie = `${sessionCookieName(web.url)}=${bench.dataset.sessionToken}`;
  return {
    url: `${web.url}${path}`,
    headers: { cookie, origin: web.url, 'sec-fetch-site': 'same-origin', 'x-spokestack': '1' },
    pid: web.pid,
  };
}

export async function limitSubject(bench: Bench, program: LimitProgram, path: string): Promise<Subject> {
  const limit = await bench.limit(program);
  return { url: `${limit.url}/${path}`, headers: {}, pid: limit.pid };
}
