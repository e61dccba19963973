/** One step for each byte. Source: W3C, Portable Network Graphics, annex D. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb8_8320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** The check of a PNG chunk. `zlib.crc32` came only with Node 20.15 and 22.2. */
export function crc32Of(data: Uint8Array): number {
  let value = 0xffff_ffff;
  for (const byte of data) value = (TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffff_ffff) >>> 0;
}
