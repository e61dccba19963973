import { escapeHtml, pageOf, peopleChoices } from '../html.ts';
import { SANDBOX_GOOGLE_APP_NAME } from './app.ts';
import { ADS_SCOPE, isChoice, type Scope } from './scopes.ts';

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: #f0f4f9; color: #1f1f1f; }
  main { max-width: 32rem; margin: 3rem auto; padding: 2.2rem; background: #fff; border-radius: 26px; }
  h1 { font-size: 1.5rem; font-weight: 500; margin: 0 0 .5rem; }
  fieldset { border: 0; border-top: 1px solid #c4c7c5; margin: 1rem 0 0; padding: .8rem 0; }
  legend { padding: 0 .5rem 0 0; font-weight: 600; }
  label { display: block; padding: .35rem 0; }
  small { color: #444746; display: block; margin-left: 1.6rem; overflow-wrap: anywhere; }
  button { font: inherit; padding: .55rem 1.4rem; border-radius: 999px; border: 1px solid #0b57d0; cursor: pointer; }
  button[value=continue] { background: #0b57d0; color: #fff; }
  button[value=cancel] { background: #fff; color: #0b57d0; }
  .note { color: #444746; font-size: .9rem; }`;

const WORDS: Partial<Record<Scope, string>> = {
  [ADS_SCOPE]: 'See, edit, create and delete your Google Ads accounts and data',
};

const page = (title: string, body: string) => pageOf({ title, style: STYLE, body });

function scopeChoice(scope: Scope): string {
  const words = WORDS[scope] ?? scope;
  return `<label><input type="checkbox" name="scope" value="${scope}" checked> ${escapeHtml(words)}</label>
<small>${escapeHtml(scope)}</small>`;
}

/** The consent page: which account, and what it may be used for. It works without a script and posts to its own address. */
export function consentPage(scopes: readonly Scope[]): string {
  const choices = scopes.filter(isChoice).map(scopeChoice).join('\n');
  return page(
    'Sign in · SpokeStack sandbox',
    `<h1>${escapeHtml(SANDBOX_GOOGLE_APP_NAME)} wants access to your Google Account</h1>
<p class="note">This is the sandbox's stand-in for Google. Every person, account and figure behind it is invented.</p>
<form method="post">
<fieldset><legend>Choose an account</legend>
${peopleChoices((person) => `${person.email}: ${person.about}`)}
</fieldset>
<fieldset><legend>Select what it can access</legend>
${choices}
</fieldset>
<button type="submit" name="decision" value="continue">Continue</button>
<button type="submit" name="decision" value="cancel">Cancel</button>
</form>`,
  );
}

/** What a person sees when the application's question makes no sense; nothing is sent back to it. */
export function refusalPage(error: string, reason: string): string {
  return page(
    'Access blocked · SpokeStack sandbox',
    `<h1>Access blocked: authorization error</h1>
<p>${escapeHtml(reason)}</p>
<p class="note">Error 400: ${escapeHtml(error)}</p>`,
  );
}
