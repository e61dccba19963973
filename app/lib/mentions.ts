/** A person whom a note may mention. */
export interface Mentionable {
  id: string;
  name: string;
}

const TOKEN = /\[@([^\]\n]{1,200})\]\(user:([0-9a-f-]{36})\)/gi;

/** A note's content as it is written in a field: "@Name" in place of [@Name](user:ID). */
export function toDraft(content: string): string {
  return content.replaceAll(TOKEN, '@$1');
}

/**
 * A draft as it is stored: each "@Name" of somebody who is chosen becomes a mention. Somebody chosen whom the draft does
 * not name is named at its end. A longer name goes first, so that "@Sara Khan" is not taken for "@Sara".
 */
export function toContent(draft: string, chosen: readonly Mentionable[]): string {
  const byLength = [...chosen].sort((a, b) => b.name.length - a.name.length);
  let content = draft;
  const missing: string[] = [];
  for (const { id, name } of byLength) {
    const token = `[@${name.replaceAll(/[[\]\n]/g, ' ')}](user:${id})`;
    const written = new RegExp(String.raw`(^|[^\w[])@${escaped(name)}(?![\p{L}\p{N}_])`, 'gu');
    if (written.test(content)) {
      content = content.replaceAll(written, (_match, before: string) => before + token);
    } else if (!content.includes(`(user:${id})`)) missing.push(token);
  }
  return missing.length === 0 ? content : `${content.trimEnd()}\n\n${missing.join(' ')}`;
}

/** The ids that a content mentions. */
export function mentionedIn(content: string): string[] {
  return [...new Set([...content.matchAll(TOKEN)].map(([, , id = '']) => id.toLowerCase()))];
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
