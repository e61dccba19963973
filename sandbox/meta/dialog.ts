import { randomBytes } from 'node:crypto';
import { HttpResponse } from 'msw';
import { type SandboxState } from '../state.ts';
import { PEOPLE } from '../world/people.ts';
import { SANDBOX_META_APP_ID } from './app.ts';
import { consentPage, refusalPage } from './consent-page.ts';
import { type Scope, SCOPES } from './tokens.ts';

interface Question {
  redirectUri: URL;
  state: string | null;
  scopes: Scope[];
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
  if (query.get('client_id') !== SANDBOX_META_APP_ID)
    return { refusal: 'Invalid App ID: no such application.' };
  const redirectUri = redirectTarget(query.get('redirect_uri'));
  if (!redirectUri) return { refusal: 'The redirect_uri must be an absolute http or https address.' };
  if ((query.get('response_type') ?? 'code') !== 'code')
    return { refusal: 'The response_type must be code.' };
  const asked = (query.get('scope') ?? '').split(/[,\s]+/).filter((name) => name !== '');
  const unknown = asked.filter((name) => !SCOPES.some((scope) => scope === name));
  if (unknown.length > 0) return { refusal: `Invalid Scopes: ${unknown.join(', ')}.` };
  const scopes = SCOPES.filter((scope) => scope === 'public_profile' || asked.includes(scope));
  return { redirectUri, scopes, state: query.get('state') };
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
    const [error, error_reason] = ['access_denied', 'user_denied'];
    return sendBack(question, { error, error_reason, error_description: 'Permissions error' });
  }
  const person = PEOPLE.find(({ key }) => key === form.get('person'));
  if (!person) return html(refusalPage('Choose who continues.'), 400);
  const ticked = form.getAll('scope');
  const granted = question.scopes.filter((scope) => scope === 'public_profile' || ticked.includes(scope));
  const issuedAt = state.now().getTime();
  const code = `AQ${randomBytes(30).toString('base64url')}`;
  const serial = state.meta.nextSerial();
  state.meta.codes.set(code, {
    grant: { personId: person.id, requested: question.scopes, granted, issuedAt, serial },
    ...{ redirectUri: question.redirectUri.toString(), issuedAt, isUsed: false },
  });
  return sendBack(question, { code });
}

/** The browser's part of the sign-in: GET shows the consent page, POST carries the person's decision. */
export async function answerDialog(state: SandboxState, request: Request): Promise<Response> {
  const question = parseQuestion(new URL(request.url).searchParams);
  if ('refusal' in question) return html(refusalPage(question.refusal), 400);
  return request.method === 'POST' ? decide(state, request, question) : html(consentPage(question.scopes));
}
