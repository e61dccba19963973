import { randomBytes } from 'node:crypto';
import { HttpResponse } from 'msw';
import { type SandboxState } from '../state.ts';
import { PEOPLE } from '../world/people.ts';
import { SANDBOX_TIKTOK_APP_ID } from './app.ts';
import { consentPage, refusalPage } from './consent-page.ts';
import { SCOPES } from './scopes.ts';

interface Question {
  redirectUri: URL;
  state: string | null;
}

const html = (body: string, status = 200) =>
  HttpResponse.html(body, {
    status,
    headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  });

function redirectTarget(text: string | null): URL | undefined {
  if (text === null || !URL.canParse(text)) return undefined;
  const target = new URL(text);
  return target.protocol === 'http:' || target.protocol === 'https:' ? target : undefined;
}

function parseQuestion(query: URLSearchParams): Question | { refusal: string } {
  if (query.get('app_id') !== SANDBOX_TIKTOK_APP_ID) {
    return { refusal: 'The app_id names no application.' };
  }
  const redirectUri = redirectTarget(query.get('redirect_uri'));
  if (!redirectUri) return { refusal: 'The redirect_uri must be an absolute http or https address.' };
  return { redirectUri, state: query.get('state') };
}

function sendBack(question: Question, answer: Record<string, string>): Response {
  const target = new URL(question.redirectUri);
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
  if (question.state !== null) target.searchParams.set('state', question.state);
  return new HttpResponse(null, { status: 302, headers: { location: target.toString() } });
}

async function decide(state: SandboxState, request: Request, question: Question): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  if (form.get('decision') !== 'continue') {
    // What TikTok sends back to an application that was refused is not documented; this is OAuth's own word.
    return sendBack(question, { error: 'access_denied', error_description: 'The user cancelled.' });
  }
  const person = PEOPLE.find(({ key }) => key === form.get('person'));
  if (!person) return html(refusalPage('Choose who continues.'), 400);
  const ticked = form.getAll('scope');
  const granted = SCOPES.map(({ id }) => id).filter((id) => ticked.includes(String(id)));
  const issuedAt = state.now().getTime();
  const code = randomBytes(20).toString('hex');
  const grant = { personId: person.tiktokId, granted, issuedAt, serial: state.tiktok.nextSerial() };
  state.tiktok.codes.set(code, { grant, issuedAt, isUsed: false });
  return sendBack(question, { auth_code: code });
}

/** The browser's part of the authorization: GET shows the page, POST carries the person's decision. */
export async function answerPortal(state: SandboxState, request: Request): Promise<Response> {
  const question = parseQuestion(new URL(request.url).searchParams);
  if ('refusal' in question) return html(refusalPage(question.refusal), 400);
  return request.method === 'POST' ? decide(state, request, question) : html(consentPage());
}
