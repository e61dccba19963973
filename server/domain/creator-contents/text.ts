/** What a caption names, read as the networks read it. Marks are left off; letters are compared in lower case. */

/** Letters, their vowel signs, digits and the underscore; the half-space that joins words in Persian and Urdu. */
const WORD = String.raw`[\p{L}\p{M}\p{N}_\u200c]`;
const HASHTAG = new RegExp(`[#＃](${WORD}+)`, 'gu');
/** Not within an address of mail; a full stop at its end closes the sentence. */
const MENTION = /(?<![\p{L}\p{N}_.@/])[@＠]([\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_.·-]*[\p{L}\p{M}\p{N}_])?)/gu;
const LINK =
  /(?<![\p{L}\p{N}_.@-])(?:https?:\/\/)?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24})(?::\d{2,5})?((?:\/[^\s<>"'`]*)?)(?:[?#][^\s<>"'`]*)?(?![\p{L}\p{N}@])/giu;

/** Hashtags without #, in lower case, each once; one of digits alone is a number ("#1"). */
export function extractHashtags(...texts: readonly (string | null | undefined)[]): string[] {
  return each(texts, (text) =>
    [...withoutLinks(text).matchAll(HASHTAG)]
      .map(([, tag = '']) => normalizeTag(tag))
      .filter((tag) => /\p{L}/u.test(tag)),
  );
}

/** Handles without @, in lower case, each once. */
export function extractMentions(...texts: readonly (string | null | undefined)[]): string[] {
  return each(texts, (text) =>
    [...withoutLinks(text).matchAll(MENTION)].map(([, handle = '']) => normalizeHandle(handle)),
  );
}

/** Host and path without scheme and query, in lower case, each once: what normalizeLink makes of them. */
export function extractLinks(...texts: readonly (string | null | undefined)[]): string[] {
  return each(texts, (text) =>
    [...text.matchAll(LINK)].flatMap(([, host = '', path = '']) => normalizeLink(host + path) ?? []),
  );
}

/** A hashtag as it is compared: #Ad, ＃ad and ad are one. */
export function normalizeTag(tag: string): string {
  return tag
    .trim()
    .replace(/^[#＃]+/, '')
    .normalize('NFKC')
    .toLowerCase();
}

export function normalizeHandle(handle: string): string {
  return handle
    .trim()
    .replace(/^[@＠]+/, '')
    .normalize('NFKC')
    .toLowerCase();
}

/** A link as it is compared; null where it names no host. What ends a sentence is no part of it. */
export function normalizeLink(link: string): string | null {
  const bare = link
    .trim()
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/[?#].*$/s, '')
    .replace(/^www\./, '')
    .replace(/[\s)\]}.,;:!?'"»”’…/]+$/u, '');
  return /^([\p{L}\p{N}-]+\.)+[\p{L}]{2,24}(:\d+)?(\/|$)/u.test(bare) ? bare : null;
}

/** The part after a # in an address is no hashtag, nor is a handle in its path a mention. */
function withoutLinks(text: string): string {
  return text.replace(/https?:\/\/\S+/gi, ' ');
}

function each(texts: readonly (string | null | undefined)[], read: (text: string) => string[]): string[] {
  return [...new Set(texts.flatMap((text) => (text ? read(text.normalize('NFC')) : [])))];
}
