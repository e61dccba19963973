import { http, type HttpHandler, HttpResponse } from 'msw';
import { addressPattern } from './address.ts';
import { FAULT_KINDS } from './control/faults.ts';
import { escapeHtml } from './html.ts';
import { type SandboxState } from './state.ts';
import { PEOPLE } from './world/people.ts';
import { type WorldPlatform } from './world/platforms.ts';
import { accountsOn } from './world/world.ts';

const QUESTIONS: readonly (readonly [string, string])[] = [
  ['GET /_truth/accounts', 'every ad account of this world'],
  [
    'GET /_truth/<meta|google|tiktok>?account=ID&from=D&to=D&asOf=ISO',
    'the right figures, as they can be known at a moment',
  ],
  [
    'POST /_faults {platform, kind, times?, after?, match?}',
    'let something go wrong; DELETE takes it all away',
  ],
  ['GET /_calls?platform=meta', 'what was asked of the stand-ins'],
  ['POST /_seed {seed}', 'another world'],
  ['GET /fx/eurofxref.xml', "exchange rates in the ECB's envelope"],
];

const PLATFORMS: readonly (readonly [WorldPlatform, string])[] = [
  ['meta', 'Meta'],
  ['google', 'Google Ads'],
  ['tiktok', 'TikTok'],
];

const item = (head: string, tail: string) => `<li><code>${escapeHtml(head)}</code> ${escapeHtml(tail)}</li>`;

/** A platform's ad accounts with who holds them, and what can go wrong with it. */
function platformSection(state: SandboxState, [platform, name]: (typeof PLATFORMS)[number]): string {
  const accounts = accountsOn(state.world, platform).map((account) => {
    const { id, timeZone, manager, viewer } = account;
    const holder = manager === null ? '' : ` held by ${manager.name},`;
    return item(id, `${account.name}, ${timeZone},${holder} seen by ${viewer.name}`);
  });
  return `<h2>${name}</h2>
<ul>${accounts.join('\n')}</ul>
<p>Faults: ${FAULT_KINDS[platform].map((kind) => `<code>${kind}</code>`).join(' ')}</p>`;
}

function landingPage(state: SandboxState): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>SpokeStack sandbox</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }</style>
</head>
<body><main>
<h1>SpokeStack sandbox</h1>
<p>A stand-in for the ad platforms, for development and tests. Every person, account and figure is invented.
This is world ${state.world.seed}.</p>
<h2>Questions</h2>
<ul>${QUESTIONS.map(([head, tail]) => item(head, tail)).join('\n')}</ul>
<h2>People on the consent pages</h2>
<ul>${PEOPLE.map(({ name, about }) => item(name, about)).join('\n')}</ul>
${PLATFORMS.map((platform) => platformSection(state, platform)).join('\n')}
</main></body>
</html>
`;
}

/** The page at the root, which says what this is. */
export function createLandingHandler(state: SandboxState, { baseUrl }: { baseUrl?: string }): HttpHandler {
  return http.get(addressPattern(baseUrl, ''), () => HttpResponse.html(landingPage(state)));
}
