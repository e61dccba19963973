import { escapeHtml } from '../html.ts';
import { type SocialAccount } from '../world/social-accounts.ts';
import { type WorkPlatform } from './work-platforms.ts';

/** What travels from page to page of one session, as the embedding page gave it. */
export interface ConnectSession {
  clientDisplayName: string;
  environment: string;
  userId: string;
  token: string;
  workPlatformId: string;
  /** The origin of the page around the frame: nobody else is told what happens. */
  embedder: string;
}

const SESSION_FIELDS = [
  ...(['clientDisplayName', 'environment', 'userId', 'token', 'workPlatformId', 'embedder'] as const),
];

export function sessionOf(form: URLSearchParams): ConnectSession {
  const [
    clientDisplayName = '',
    environment = '',
    userId = '',
    token = '',
    workPlatformId = '',
    embedder = '',
  ] = SESSION_FIELDS.map((name) => form.get(name) ?? '');
  return { clientDisplayName, environment, userId, token, workPlatformId, embedder };
}

/** What the embedding page is told, at once or when the person clicks. */
export interface Told {
  event: string;
  args: readonly string[];
}

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; color: #16202e; background: #fff; }
  main { padding: 1.25rem 1.5rem 2rem; }
  h1 { font-size: 1.2rem; margin: 0 0 .5rem; }
  fieldset { border: 1px solid #8a93a3; border-radius: 6px; margin: 1rem 0; padding: .25rem 1rem .75rem; }
  label { display: block; padding: .4rem 0; }
  button { font: inherit; padding: .55rem 1.1rem; border-radius: 6px; border: 1px solid #1f3fa8; cursor: pointer; background: #fff; color: #1f3fa8; }
  button.main { background: #1f3fa8; color: #fff; }
  ul { list-style: none; padding: 0; margin: 1rem 0; display: grid; gap: .5rem; }
  li button { width: 100%; text-align: start; }
  .note { color: #4b5668; font-size: .9rem; }
  .row { display: flex; gap: .5rem; flex-wrap: wrap; }
  fieldset + .row { position: sticky; bottom: 0; background: #fff; padding: .75rem 0; }`;

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;

const carried = (session: ConnectSession): string =>
  SESSION_FIELDS.map((name) => hidden(name, session[name])).join('');

const attributes = ({ event, args }: Told, when: 'now' | 'click'): string =>
  `data-when="${when}" data-event="${event}" data-args="${escapeHtml(JSON.stringify(args))}"`;

function page(title: string, body: string, embedder: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}
</style>
</head>
<body data-embedder="${escapeHtml(embedder)}"><main>
<h1>${escapeHtml(title)}</h1>
${body}
<p class="note">This is the sandbox's stand-in for Phyllo. Every person and account behind it is invented.</p>
</main><script src="/connect/v2/event.js"></script></body>
</html>
`;
}

const exitButton = (session: ConnectSession, word: string): string =>
  `<button type="button" ${attributes({ event: 'exit', args: ['EXIT_CLICKED', session.userId] }, 'click')}>${word}</button>`;

/** The empty page that asks the one around it for its session. */
export function framePage(): string {
  const fields = SESSION_FIELDS.map((name) => hidden(name, '')).join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Phyllo Connect</title></head>
<body><p>Opening…</p><form method="post" action="/connect/v2/session">${fields}</form>
<script src="/connect/v2/frame.js"></script></body></html>
`;
}

/** Step one: on which platform. */
export function platformPage(session: ConnectSession, platforms: readonly WorkPlatform[]): string {
  const choices = platforms.map(
    ({ id, name }) => `<li><button name="chosenPlatformId" value="${id}">${escapeHtml(name)}</button></li>`,
  );
  const name = session.clientDisplayName;
  return page(
    `Connect your accounts to ${name}`,
    `<form method="post" action="/connect/v2/session">${carried(session)}<ul>${choices.join('\n')}</ul></form>
${exitButton(session, 'Cancel')}`,
    session.embedder,
  );
}

export interface AccountChoice {
  social: SocialAccount;
  username: string;
  isConnected: boolean;
}

function accountChoice({ social, username, isConnected }: AccountChoice): string {
  const { creator } = social;
  const names = [creator.name, ...(creator.latin === undefined ? [] : [creator.latin])];
  // Names run in both directions: each keeps its own.
  const words = [
    ...names.map((name) => `<bdi>${escapeHtml(name)}</bdi>`),
    ...(isConnected ? ['connected'] : []),
  ];
  return `<label><input type="radio" name="username" value="${escapeHtml(creator.key)}" required>
@${escapeHtml(username)} <span class="note">${words.join(' · ')}</span></label>`;
}

/** Step two: as whom. What the network's own sign-in would ask. */
export function accountPage(
  session: ConnectSession,
  platform: WorkPlatform,
  choices: readonly AccountChoice[],
): string {
  const name = escapeHtml(platform.name);
  return page(
    `Sign in to ${platform.name}`,
    `<form method="post" action="/connect/v2/session">${carried(session)}${hidden('chosenPlatformId', platform.id)}
<fieldset><legend>Which account of ${name}?</legend>
${choices.map(accountChoice).join('\n')}
</fieldset>
<div class="row"><button class="main" name="decision" value="connect">Connect</button>
<button name="decision" value="disconnect">Disconnect</button>
<button name="decision" value="fail" formnovalidate>Refuse the permission</button>
${exitButton(session, 'Cancel')}</div></form>`,
    session.embedder,
  );
}

/** The last page: what happened is told at once, and leaving when the person is done. */
export function donePage(session: ConnectSession, words: string, told: Told): string {
  const exit = { event: 'exit', args: ['DONE_CLICKED', session.userId] };
  return page(
    words,
    `<div ${attributes(told, 'now')}></div>
<button type="button" class="main" ${attributes(exit, 'click')}>Done</button>`,
    session.embedder,
  );
}

/** For a token that is too old, someone else's, or made for another environment. */
export function expiredPage(session: ConnectSession): string {
  const told = { event: 'tokenExpired', args: [session.userId] };
  return page('This session has expired', `<div ${attributes(told, 'now')}></div>`, session.embedder);
}
