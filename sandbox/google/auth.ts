import { randomBytes } from 'node:crypto';
import { HttpResponse } from 'msw';
import { type SandboxState } from '../state.ts';
import { PEOPLE, type Person } from '../world/people.ts';
import { SANDBOX_GOOGLE_CLIENT_ID } from './app.ts';
import { consentPage, refusalPage } from './consent-page.ts';
import { isChoice, parseScopes, type Scope, SCOPES } from './scopes.ts';

interface Question {
  redirectUri: URL;
  state: string | null;
  scopes: readonly Scope[];
  codeChallenge: string | null;
  isOffline: boolean;
  asksConsent: boolean;
  takesEarlier: boolean;
}

type Refusal = { error: string; reason: string };

const html = (body: string, status = 200) =>
  HttpResponse.html(body, {
    status,
    headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  });

const refuse = ({ error, reason }: Refusal) => html(refusalPage(error, reason), 400);

function redirectTarget(text: string | null): URL | undefined {
  if (text === null || !URL.canParse(text)) return undefined;
  const target = new URL(text);
  return target.protocol === 'http:' || target.protocol === 'https:' ? target : undefined;
}

/** RFC 7636: 43 characters of base64url. null where none is sent. */
function challengeOf(query: URLSearchParams): string | null | Refusal {
  const challenge = query.get('code_challenge');
  if (challenge === null) return null;
  const isRight = query.get('code_challenge_method') === 'S256' && /^[\w-]{43}$/.test(challenge);
  return isRight
    ? challenge
    : { error: 'invalid_request', reason: 'The code_challenge must be an S256 one.' };
}

/** Source: Google Identity, OAuth 2.0 for web server applications. */
function parseQuestion(query: URLSearchParams): Question | Refusal {
  if (query.get('client_id') !== SANDBOX_GOOGLE_CLIENT_ID) {
    return { error: 'invalid_client', reason: 'The OAuth client was not found.' };
  }
  const redirectUri = redirectTarget(query.get('redirect_uri'));
  if (!redirectUri) {
    return {
      error: 'redirect_uri_mismatch',
      reason: 'The redirect_uri must be an absolute http or https address.',
    };
  }
  if (query.get('response_type') !== 'code') {
    return { error: 'invalid_request', reason: 'Required parameter is missing: response_type (code).' };
  }
  const scopes = parseScopes(query.get('scope') ?? '');
  if (!scopes)
    return { error: 'invalid_scope', reason: `Some requested scopes were invalid: ${query.get('scope')}.` };
  const codeChallenge = challengeOf(query);
  if (codeChallenge !== null && typeof codeChallenge === 'object') return codeChallenge;
  return {
    ...{ redirectUri, scopes, codeChallenge, state: query.get('state') },
    isOffline: query.get('access_type') === 'offline',
    asksConsent: (query.get('prompt') ?? '').split(' ').includes('consent'),
    takesEarlier: query.get('include_granted_scopes') === 'true',
  };
}

function sendBack(question: Question, answer: Record<string, string>): Response {
  const target = new URL(question.redirectUri);
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
  if (question.state !== null) target.searchParams.set('state', question.state);
  return new HttpResponse(null, { status: 302, headers: { location: target.toString() } });
}

function grantedOf(
  state: SandboxState,
  question: Question,
  { person, ticked }: { person: Person; ticked: string[] },
) {
  const chosen = question.scopes.filter((scope) => !isChoice(scope) || ticked.includes(scope));
  const earlier = question.takesEarlier ? (state.google.grantedBy(person.googleId) ?? []) : [];
  return SCOPES.filter((scope) => chosen.includes(scope) || earlier.includes(scope));
}

function giveCode(
  state: SandboxState,
  question: Question,
  choice: { person: Person; ticked: string[] },
): Response {
  const personId = choice.person.googleId;
  const granted = grantedOf(state, question, choice);
  if (granted.length === 0) return sendBack(question, { error: 'access_denied' });
  const isFirst = state.google.grantedBy(personId) === undefined;
  const code = `4/0A${randomBytes(36).toString('base64url')}`;
  state.google.codes.set(code, {
    grant: { personId, granted, issuedAt: state.now().getTime(), serial: state.google.nextSerial() },
    redirectUri: question.redirectUri.toString(),
    codeChallenge: question.codeChallenge,
    isOffline: question.isOffline && (isFirst || question.asksConsent),
    isUsed: false,
  });
  state.google.remember(personId, granted);
  const iss = 'https://accounts.google.com';
  return sendBack(question, { iss, code, scope: granted.join(' '), authuser: '0', prompt: 'consent' });
}

async function decide(state: SandboxState, request: Request, question: Question): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  if (form.get('decision') !== 'continue') return sendBack(question, { error: 'access_denied' });
  const person = PEOPLE.find(({ key }) => key === form.get('person'));
  if (!person) return refuse({ error: 'invalid_request', reason: 'Choose an account.' });
  return giveCode(state, question, { person, ticked: form.getAll('scope') });
}

/** The browser's part of the sign-in: GET shows the consent page, POST carries the person's decision. */
export async function answerAuth(state: SandboxState, request: Request): Promise<Response> {
  const question = parseQuestion(new URL(request.url).searchParams);
  if ('error' in question) return refuse(question);
  return request.method === 'POST' ? decide(state, request, question) : html(consentPage(question.scopes));
}
