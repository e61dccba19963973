import { escapeHtml, pageOf, peopleChoices } from '../html.ts';
import { SANDBOX_META_APP_NAME } from './app.ts';
import { type Scope } from './tokens.ts';

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: #f2f4f7; color: #1c2733; }
  main { max-width: 30rem; margin: 3rem auto; padding: 2rem; background: #fff; border: 1px solid #d5dbe3; border-radius: 10px; }
  h1 { font-size: 1.3rem; margin: 0 0 .5rem; }
  fieldset { border: 1px solid #d5dbe3; border-radius: 8px; margin: 1rem 0; padding: .5rem 1rem; }
  label { display: block; padding: .35rem 0; }
  small { color: #4a5767; display: block; margin-left: 1.6rem; }
  button { font: inherit; padding: .5rem 1.2rem; border-radius: 8px; border: 1px solid #1b5ad1; cursor: pointer; }
  button[value=continue] { background: #1b5ad1; color: #fff; }
  button[value=cancel] { background: #fff; color: #1b5ad1; }
  .note { color: #4a5767; font-size: .9rem; }`;

const page = (title: string, body: string) => pageOf({ title, style: STYLE, body });

function scopeChoice(scope: Scope): string {
  if (scope === 'public_profile') return '';
  return `<label><input type="checkbox" name="scope" value="${scope}" checked> ${scope}</label>`;
}

/** The consent page: who signs in, what they allow. It works without a script and posts to its own address. */
export function consentPage(scopes: readonly Scope[]): string {
  return page(
    'Allow access · SpokeStack sandbox',
    `<h1>${escapeHtml(SANDBOX_META_APP_NAME)} asks for access to ad accounts</h1>
<p class="note">This is the sandbox's stand-in for Meta. Every person, account and figure behind it is invented.</p>
<form method="post">
<fieldset><legend>Continue as</legend>
${peopleChoices(({ about }) => about)}
</fieldset>
<fieldset><legend>Allow</legend>
${scopes.map(scopeChoice).join('\n')}
</fieldset>
<button type="submit" name="decision" value="continue">Continue</button>
<button type="submit" name="decision" value="cancel">Cancel</button>
</form>`,
  );
}

/** What a person sees when the application's question makes no sense; nothing is sent back to it. */
export function refusalPage(reason: string): string {
  return page(
    'Not possible · SpokeStack sandbox',
    `<h1>This sign-in cannot go on</h1>
<p>${escapeHtml(reason)}</p>`,
  );
}
