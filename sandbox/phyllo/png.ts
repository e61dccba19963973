import { crc32Of } from './crc32.ts';
import { deflateSync } from 'node:zlib';
import { mix } from '../world/random.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const TRUE_COLOUR = 2;

function chunk(name: string, data: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32Of(body));
  return Buffer.concat([head, body, check]);
}

function header(width: number, height: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([8, TRUE_COLOUR, 0, 0, 0], 8);
  return chunk('IHDR', data);
}

/** The pixels: two colours that flow into each other, and a disc, as the salt draws them. */
function pixels(salt: number, width: number, height: number): Buffer {
  const colour = (position: number) => [0, 1, 2].map((part) => 48 + (mix(salt, position, part) % 176));
  const [from, to, disc] = [colour(1), colour(2), colour(3)];
  const centre = { x: width * 0.5, y: height * (0.35 + (mix(salt, 4, 0) % 30) / 100) };
  const radius = width * (0.18 + (mix(salt, 4, 1) % 12) / 100);
  const data = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isDisc = Math.hypot(x - centre.x, y - centre.y) < radius;
      const share = (x + y) / (width + height);
      for (let part = 0; part < 3; part += 1) {
        const flow = (from?.[part] ?? 0) * (1 - share) + (to?.[part] ?? 0) * share;
        data[y * (1 + width * 3) + 1 + x * 3 + part] = isDisc ? (disc?.[part] ?? 0) : flow;
      }
    }
  }
  return data;
}

/** A small picture as a PNG file (W3C, Portable Network Graphics, section 5), the same for the same salt. */
export function pictureOf(salt: number, { width, height }: { width: number; height: number }): Buffer {
  const data = chunk('IDAT', deflateSync(pixels(salt, width, height)));
  return Buffer.concat([SIGNATURE, header(width, height), data, chunk('IEND', Buffer.alloc(0))]);
}
