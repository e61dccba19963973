/** Strings and numbers of a JSON text, whichever comes first. Strings are matched so that digits in them are left alone. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const WHOLE = /^-?\d{16,}$/;

/**
 * JSON.parse, but a whole number that a JavaScript number cannot hold exactly becomes the string of its digits: ids of
 * 64 bits are sent as numbers. Errors: SyntaxError, as JSON.parse.
 */
export function parseExactJson(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  if (!/\d{16}/.test(text)) return parsed;
  // The text is valid, so every quote has its end and the expression runs through it once.
  const quoted = text.replace(TOKEN, (token) => (isTooLarge(token) ? `"${token}"` : token));
  return quoted === text ? parsed : (JSON.parse(quoted) as unknown);
}

function isTooLarge(token: string): boolean {
  return WHOLE.test(token) && !Number.isSafeInteger(Number(token));
}
