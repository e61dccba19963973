import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { invalidField } from '../../../kernel/errors.ts';

const inflate = promisify(inflateRaw);

/** What all of a workbook's parts may unpack to: a small archive can hold a very large nothing. */
export const MAX_UNPACKED_BYTES = 96 * 1024 * 1024;
const MAX_ENTRIES = 2000;

export interface ZipEntry {
  name: string;
  /** Where its local header begins. */
  offset: number;
  method: number;
  packedBytes: number;
}

/** The archive's own list of its entries. Source: PKWARE APPNOTE 4.3.12, 4.3.16. Errors: `invalid` on `file`. */
export function listEntries(archive: Buffer): ZipEntry[] {
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  if (end === -1 || end + 22 > archive.length) throw broken();
  const count = archive.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw broken();
  let at = archive.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== 0x02014b50) throw broken();
    const nameEnd = at + 46 + archive.readUInt16LE(at + 28);
    const entry = {
      name: archive.toString('utf8', at + 46, nameEnd),
      offset: archive.readUInt32LE(at + 42),
      method: archive.readUInt16LE(at + 10),
      packedBytes: archive.readUInt32LE(at + 20),
    };
    at = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    return entry;
  });
}

/**
 * One entry's bytes, never more than `mostBytes` whatever the archive says of itself. Errors: `invalid` on `file`.
 */
export async function unpack(archive: Buffer, entry: ZipEntry, mostBytes: number): Promise<Buffer> {
  const { offset, method, packedBytes } = entry;
  if (offset + 30 > archive.length || archive.readUInt32LE(offset) !== 0x04034b50) throw broken();
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  if (start + packedBytes > archive.length) throw broken();
  const packed = archive.subarray(start, start + packedBytes);
  if (method === 0 && packed.length <= mostBytes) return packed;
  if (method !== 8) throw method === 0 ? tooLarge() : broken();
  try {
    return await inflate(packed, { maxOutputLength: Math.max(1, mostBytes) });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw broken();
  }
}

/** An archive of these parts in this order, not compressed. */
export function pack(parts: readonly { name: string; content: Buffer }[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of parts) {
    const path = Buffer.from(name);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(content.length, 14);
    facts.writeUInt32LE(content.length, 18);
    facts.writeUInt16LE(path.length, 22);
    locals.push(Buffer.from('PK\u0003\u0004', 'latin1'), facts, path, content);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), facts, place, path);
    offset += 30 + path.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

export function broken() {
  return invalidField(
    'file',
    'The workbook cannot be read: it is damaged, protected by a password, or no XLSX file. Save it anew as XLSX or CSV.',
  );
}

function tooLarge() {
  const most = MAX_UNPACKED_BYTES / 1024 / 1024;
  return invalidField(
    'file',
    `The workbook unpacks to more than ${most} MiB. Export fewer days at once, or save it as CSV.`,
  );
}
