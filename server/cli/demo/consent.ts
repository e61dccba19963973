import http from 'node:http';

/** Where the platform sends the browser back to, and with what. */
export interface Consent {
  code: string;
  state: string;
}

/**
 * Plays the browser of a person who is asked for access at the sandbox's consent page: chooses who continues, leaves
 * every permission ticked, and follows the form to the address it leads back to, without opening that.
 * Errors: an Error that says what the page answered instead.
 */
export async function giveConsent(authorizationUrl: string, person: string): Promise<Consent> {
  const page = await ask(authorizationUrl, null);
  if (page.status !== 200) throw new Error(`The consent page answered ${page.status}.`);
  const key = [...page.body.matchAll(/name="person" value="([^"]+)"[^>]*>\s*([^<]+?)\s*</g)].find(
    ([, , name]) => name === person,
  )?.[1];
  if (key === undefined) throw new Error(`The consent page does not offer to continue as ${person}.`);
  const form = new URLSearchParams({ person: key, decision: 'continue' });
  for (const [, scope = ''] of page.body.matchAll(/name="scope" value="([^"]+)"/g))
    form.append('scope', scope);
  const answer = await ask(authorizationUrl, form.toString());
  const back = answer.location === null ? null : new URL(answer.location, authorizationUrl).searchParams;
  // TikTok calls it auth_code.
  const code = back?.get('code') ?? back?.get('auth_code');
  const state = back?.get('state');
  if (!code || !state) throw new Error(`The consent page answered ${answer.status} and no code.`);
  return { code, state };
}

/** What a connect window is opened with. */
interface ConnectWindow {
  scriptUrl: string;
  userId: string;
  token: string;
  environment: string;
  workPlatformId: string | null;
  clientDisplayName: string;
}

/**
 * Plays a creator at the sandbox's connect window, who signs in to the account of this handle. Answers the id of the
 * account as the window tells it to the page around it. Errors: an Error that says what the window showed instead.
 */
export async function connectAtWindow(
  { scriptUrl, ...session }: ConnectWindow,
  handle: string,
): Promise<string> {
  const address = new URL('/connect/v2/session', scriptUrl).href;
  const fields = { ...session, workPlatformId: session.workPlatformId ?? '', embedder: '' };
  const choice = await ask(address, new URLSearchParams(fields).toString());
  const radios = choice.body.matchAll(/name="username" value="([^"]+)"[^>]*>\s*@([^\s<]+)/g);
  const username = [...radios].find(([, , name]) => name === handle)?.[1];
  if (username === undefined) throw new Error(`The connect window does not offer @${handle}.`);
  const chosenPlatformId = session.workPlatformId ?? '';
  const form = new URLSearchParams({ ...fields, chosenPlatformId, username, decision: 'connect' });
  const done = await ask(address, form.toString());
  const accountId = /data-event="accountConnected" data-args="\[&quot;([0-9a-f-]+)&quot;/.exec(
    done.body,
  )?.[1];
  if (accountId === undefined) throw new Error(`The connect window answered ${done.status} and no account.`);
  return accountId;
}

interface PageAnswer {
  status: number;
  location: string | null;
  body: string;
}

/** A page, or with a form what its post answers. This is a person's browser: the product's own calls go elsewhere. */
function ask(url: string, form: string | null): Promise<PageAnswer> {
  return new Promise((resolve, reject) => {
    const headers = form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const method = form === null ? 'GET' : 'POST';
    const request = http.request(url, { method, headers, timeout: 10_000, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? null, body }),
      );
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('The consent page did not answer within 10 s.')));
    request.on('error', reject);
    request.end(form ?? undefined);
  });
}
