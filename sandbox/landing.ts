import { http, type HttpHandler, HttpResponse } from 'msw';
import { addressPattern } from './address.ts';
import { FAULT_KINDS, type Platform } from './control/faults.ts';
import { escapeHtml } from './html.ts';
import { type SandboxState } from './state.ts';
import { CREATORS } from './world/creators.ts';
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
  ['GET /_truth/phyllo/accounts', 'every account that was connected through Phyllo'],
  ['GET /_truth/phyllo?account=ID&asOf=ISO', 'its right figures: profile, audience, contents'],
  ['GET /_phyllo/people', "every creator's account: whom the Connect page offers"],
  [
    'POST /_phyllo/connect {userId, workPlatformId, username}',
    'connect without the page; also disconnect, expire {accountId}, tick {days?}',
  ],
  [
    'POST /_phyllo/webhooks {duplicate?, shuffle?, secondSecret?, dropEvery?, delayMs?, …}',
    'how webhooks are sent; GET /_phyllo/deliveries shows what came of them',
  ],
  ['GET /fx/eurofxref.xml', "exchange rates in the ECB's envelope"],
];

const PLATFORMS: readonly (readonly [WorldPlatform, string])[] = [
  ['meta', 'Meta'],
  ['google', 'Google Ads'],
  ['tiktok', 'TikTok'],
];

const item = (head: string, tail: string) => `<li><code>${escapeHtml(head)}</code> ${escapeHtml(tail)}</li>`;

const faultList = (platform: Platform): string =>
  FAULT_KINDS[platform].map((kind) => `<code>${kind}</code>`).join(' ');

/** A platform's ad accounts with who holds them, and what can go wrong with it. */
function platformSection(state: SandboxState, [platform, name]: (typeof PLATFORMS)[number]): string {
  const accounts = accountsOn(state.world, platform).map((account) => {
    const { id, timeZone, manager, viewer } = account;
    const holder = manager === null ? '' : ` held by ${manager.name},`;
    return item(id, `${account.name}, ${timeZone},${holder} seen by ${viewer.name}`);
  });
  return `<h2>${name}</h2>
<ul>${accounts.join('\n')}</ul>
<p>Faults: ${faultList(platform)}</p>`;
}

/** The creators and where each has an account. */
function phylloSection({ world }: SandboxState): string {
  const people = CREATORS.map((creator) => {
    const social = world.socialAccounts.filter((account) => account.creator.key === creator.key);
    return item(creator.handle, `${creator.name}: ${social.map(({ network }) => network).join(', ')}`);
  });
  return `<h2>Phyllo</h2>
<ul>${people.join('\n')}</ul>
<p>Faults: ${faultList('phyllo')}</p>`;
}

function landingPage(state: SandboxState): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>SpokeStack sandbox</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }</style>
</head>
<body><main>
<h1>SpokeStack sandbox</h1>
<p>A stand-in for the ad platforms and Phyllo, for development and tests. Every person, account and figure is invented.
This is world ${state.world.seed}.</p>
<h2>Questions</h2>
<ul>${QUESTIONS.map(([head, tail]) => item(head, tail)).join('\n')}</ul>
<h2>People on the consent pages</h2>
<ul>${PEOPLE.map(({ name, about }) => item(name, about)).join('\n')}</ul>
${PLATFORMS.map((platform) => platformSection(state, platform)).join('\n')}
${phylloSection(state)}
</main></body>
</html>
`;
}

/** The page at the root, which says what this is. */
export function createLandingHandler(state: SandboxState, { baseUrl }: { baseUrl?: string }): HttpHandler {
  return http.get(addressPattern(baseUrl, ''), () => HttpResponse.html(landingPage(state)));
}
