import { escapeHtml, pageOf, peopleChoices } from '../html.ts';
import { SANDBOX_TIKTOK_APP_NAME } from './app.ts';
import { SCOPES } from './scopes.ts';

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: #f3f3f4; color: #121212; }
  main { max-width: 30rem; margin: 3rem auto; padding: 2rem; background: #fff; border-top: 6px solid #121212; border-radius: 4px; }
  h1 { font-size: 1.3rem; margin: 0 0 .5rem; }
  fieldset { border: 1px solid #c9c9cd; border-radius: 4px; margin: 1rem 0; padding: .5rem 1rem; }
  label { display: block; padding: .35rem 0; }
  small { color: #4e4e55; display: block; margin-left: 1.6rem; }
  button { font: inherit; padding: .5rem 1.2rem; border-radius: 4px; border: 1px solid #b3002d; cursor: pointer; }
  button[value=continue] { background: #b3002d; color: #fff; }
  button[value=cancel] { background: #fff; color: #b3002d; }
  .note { color: #4e4e55; font-size: .9rem; }`;

const page = (title: string, body: string) => pageOf({ title, style: STYLE, body });

const scopeChoice = ({ id, name }: (typeof SCOPES)[number]): string =>
  `<label><input type="checkbox" name="scope" value="${id}" checked> ${escapeHtml(name)}</label>`;

/** The page on which a person authorizes the application. It works without a script and posts to its own address. */
export function consentPage(): string {
  return page(
    'Authorize · SpokeStack sandbox',
    `<h1>${escapeHtml(SANDBOX_TIKTOK_APP_NAME)} asks for access to TikTok ad accounts</h1>
<p class="note">This is the sandbox's stand-in for TikTok for Business. Every person, account and figure behind it is invented.</p>
<form method="post">
<fieldset><legend>Continue as</legend>
${peopleChoices(({ about }) => about)}
</fieldset>
<fieldset><legend>Permissions</legend>
${SCOPES.map(scopeChoice).join('\n')}
</fieldset>
<button type="submit" name="decision" value="continue">Confirm</button>
<button type="submit" name="decision" value="cancel">Cancel</button>
</form>`,
  );
}

/** What a person sees when the application's question makes no sense; nothing is sent back to it. */
export function refusalPage(reason: string): string {
  return page(
    'Not possible · SpokeStack sandbox',
    `<h1>This authorization cannot go on</h1>
<p>${escapeHtml(reason)}</p>`,
  );
}
