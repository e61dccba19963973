const NEEDS_QUOTES = /[",]|^\s|\s$/;

/** Tags as one line of a form: separated by commas; one that holds a comma stands in quotes. */
export function toTagText(tags: readonly string[]): string {
  return tags.map((tag) => (NEEDS_QUOTES.test(tag) ? `"${tag.replaceAll('"', '""')}"` : tag)).join(', ');
}

/** The tags of such a line: without the spaces around, without empty ones, each once. */
export function fromTagText(text: string): string[] {
  const parts = text.match(/\s*"(?:[^"]|"")*"\s*(?=,|$)|[^,]+/g) ?? [];
  const tags = parts.map((part) => {
    const trimmed = part.trim();
    const isQuoted = trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"');
    return isQuoted ? trimmed.slice(1, -1).replaceAll('""', '"') : trimmed;
  });
  return [...new Set(tags.filter((tag) => tag !== ''))];
}
