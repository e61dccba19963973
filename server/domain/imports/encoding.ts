import { isUtf8 } from 'node:buffer';
import { invalidField } from '../../kernel/errors.ts';
import { type Encoding, encodings } from './mapping.ts';

export interface Decoded {
  /** The text as UTF-8, without a byte order mark. */
  text: Buffer;
  encoding: Encoding;
}

/**
 * Reads a file's bytes as text: by its byte order mark, else by the encoding that was named, else as strict UTF-8. No
 * other encoding is guessed, since a wrong guess spoils names without anybody noticing.
 * Errors: `invalid` on `file`, naming the first byte that does not fit and its line.
 */
export function decodeFile(bytes: Uint8Array, named?: Encoding): Decoded {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (source.length === 0) throw invalidField('file', 'The file is empty.');
  refuseWorkbook(source);
  const marked = byMark(source);
  const encoding = marked?.encoding ?? named ?? 'utf-8';
  const content = marked ? source.subarray(marked.length) : source;
  if (encoding !== 'utf-8') return { text: transcode(content, encoding), encoding };
  refuseWide(content);
  if (!isUtf8(content)) throw notUtf8(content, source.length - content.length);
  return { text: content, encoding };
}

/** A ZIP archive's first bytes: what a spreadsheet program saves unless it is told otherwise. */
function refuseWorkbook(source: Buffer): void {
  if (source.subarray(0, 4).toString('latin1') !== 'PK\u0003\u0004') return;
  throw invalidField(
    'file',
    'The file is a workbook or an archive, not text. Save it as CSV in the spreadsheet and choose that file.',
  );
}

function byMark(source: Buffer): { encoding: Encoding; length: number } | null {
  if (source[0] === 0xef && source[1] === 0xbb && source[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (source[0] === 0xff && source[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (source[0] === 0xfe && source[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return null;
}

function transcode(content: Buffer, encoding: Encoding): Buffer {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(content);
    return Buffer.from(encoding === 'windows-1252' ? withWindowsSigns(text) : text);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw invalidField('file', `The file is not ${encoding} text. Choose another encoding and try again.`);
  }
}

/** What Windows-1252 has at 0x80 to 0x9F; a dot where it has nothing (WHATWG Encoding Standard, index-windows-1252). */
const WINDOWS_SIGNS = '€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ';

/** Some versions of Node read Windows-1252 as ISO 8859-1, so that € becomes a control character (nodejs/node#56542). */
function withWindowsSigns(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (control) => {
    const sign = WINDOWS_SIGNS[control.charCodeAt(0) - 0x80] ?? '.';
    return sign === '.' ? control : sign;
  });
}

/** UTF-16 without its mark is valid UTF-8 with a NUL beside every letter. */
function refuseWide(content: Buffer): void {
  const head = content.subarray(0, 2000);
  const zeros = head.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  if (zeros * 4 < head.length) return;
  throw invalidField(
    'file',
    'The file looks like UTF-16 without a byte order mark. Choose the encoding utf-16le or utf-16be.',
  );
}

function notUtf8(content: Buffer, skipped: number) {
  const { line, start, end } = firstBadLine(content);
  let at = start;
  while (at < end && isUtf8(content.subarray(at, at + characterBytes(content[at] ?? 0))))
    at += characterBytes(content[at] ?? 0);
  const byte = (content[at] ?? 0).toString(16).padStart(2, '0').toUpperCase();
  return invalidField(
    'file',
    `The file is not UTF-8: byte 0x${byte} at offset ${at + skipped}, line ${line}. ` +
      `Save it as "CSV UTF-8", or choose its encoding: ${encodings.slice(1).join(', ')}.`,
  );
}

/** By its first byte (RFC 3629, section 3). */
function characterBytes(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

/** A line feed is never part of a longer UTF-8 character, so lines can be looked at one by one. */
function firstBadLine(content: Buffer): { line: number; start: number; end: number } {
  let start = 0;
  for (let line = 1; ; line += 1) {
    const feed = content.indexOf(0x0a, start);
    const end = feed === -1 ? content.length : feed;
    if (feed === -1 || !isUtf8(content.subarray(start, end))) return { line, start, end };
    start = end + 1;
  }
}
