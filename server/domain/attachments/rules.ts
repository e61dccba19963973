import path from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { AppError, invalidField } from '../../kernel/errors.ts';

/** Where an attachment's bytes lie: its agency's id and its own. */
export function storageKeyOf(organizationId: string, attachmentId: string): string {
  return `${organizationId}/${attachmentId}`;
}

const LONGEST_NAME = 200;
/** Controls, and the marks that turn the direction of text, behind which "gpj.exe" reads as "exe.jpg". */
const INVISIBLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A name that is safe to store, show and save under: no folders, no invisible marks, its ending kept. */
export function safeFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const cleaned = last
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(/^[\s.]+|[\s.]+$/g, '');
  if (cleaned === '') return 'file';
  const characters = [...cleaned];
  if (characters.length <= LONGEST_NAME) return cleaned;
  const ending = [...path.extname(cleaned)].slice(0, 20);
  return [...characters.slice(0, LONGEST_NAME - ending.length), ...ending].join('');
}

/** What may be told of itself when it is sent: nothing here runs in a browser. */
const TOLD = new Set([
  'application/pdf',
  'application/zip',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'video/mp4',
  'video/quicktime',
  'video/webm',
  'audio/mpeg',
  'audio/wav',
  'audio/x-m4a',
]);

/** Programs by their bytes, as file-type names them. */
const PROGRAMS = new Set(['exe', 'elf', 'macho', 'deb', 'rpm', 'apk', 'dmg', 'class', 'crx', 'xpi', 'swf']);
/** Programs by their names: what a double click runs whatever its bytes are. */
const RUNS =
  /\.(exe|dll|com|bat|cmd|scr|pif|cpl|msi|msp|hta|jar|lnk|reg|ps1|vb|vbe|vbs|wsf|wsh|apk|app|dmg|deb|rpm)$/i;
/** Text that a browser would run or draw. */
const MARKUP = /\.(html?|xhtml|xht|svg|xml|xsl|mht|mhtml|js|mjs|cjs|jsx|ts|tsx|css|wasm)$/i;

/** Names of what is never text: a reader would take the file for what its name says. */
const NEVER_TEXT =
  /\.(png|jpe?g|gif|webp|avif|heic|bmp|tiff?|ico|mp4|mov|webm|avi|mkv|mp3|wav|m4a|ogg|pdf|zip|docx?|xlsx?|pptx?|od[tsp])$/i;

export const OCTETS = 'application/octet-stream';

/** Errors: `invalid` where the name is a program's. */
export function requireHarmlessName(fileName: string): void {
  if (RUNS.test(fileName)) throw program(fileName);
}

function program(fileName: string): AppError {
  return invalidField(
    'content',
    `${fileName} is a program, and programs are not taken. Put it into a ZIP archive if it has to be here.`,
  );
}

/**
 * The type of a file by its first bytes, or null where they say nothing: then it is text or unknown.
 * Errors: `invalid` where they are a program's.
 */
export async function typeOfBytes(head: Uint8Array, fileName: string): Promise<string | null> {
  const found = await fileTypeFromBuffer(head);
  if (!found) return null;
  if (PROGRAMS.has(found.ext)) throw program(fileName);
  return TOLD.has(found.mime) ? found.mime : OCTETS;
}

/**
 * The type of bytes that are text to their end. Markup and scripts are sent as mere bytes.
 * Errors: `invalid` where the name is a picture's, a video's or a document's.
 */
export function typeOfText(fileName: string): string {
  const ending = NEVER_TEXT.exec(fileName)?.[1];
  if (ending) {
    const kind = ending.toUpperCase();
    throw invalidField('content', `${fileName} holds text. It is no ${kind} file, whatever its name says.`);
  }
  if (MARKUP.test(fileName)) return OCTETS;
  if (/\.csv$/i.test(fileName)) return 'text/csv';
  return 'text/plain';
}

export function tooLarge(fileName: string, mostBytes: number): AppError {
  const most = mostBytes / 1024 / 1024;
  return new AppError('too_large', `${fileName} is larger than ${most} MB. Share it by a link instead.`, {
    issues: [{ path: 'content', message: `At most ${most} MB a file.` }],
  });
}
