import { PEOPLE, type Person } from './world/people.ts';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

interface Page {
  title: string;
  style: string;
  /** HTML, its texts escaped. */
  body: string;
}

/** A page of a stand-in, in its platform's dress. */
export function pageOf({ title, style, body }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}
</style>
</head>
<body><main>
${body}
</main></body>
</html>
`;
}

/** Who may go on at a consent page, the first chosen; `describe` says who each is. */
export function peopleChoices(describe: (person: Person) => string): string {
  return PEOPLE.map((person, index) => {
    const checked = index === 0 ? ' checked' : '';
    return `<label><input type="radio" name="person" value="${person.key}"${checked}> ${escapeHtml(person.name)}</label>
<small>${escapeHtml(describe(person))}</small>`;
  }).join('\n');
}
