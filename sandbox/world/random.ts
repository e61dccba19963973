/**
 * Mixes three integers into a uint32. Integer arithmetic alone, so every engine draws the same number and a
 * value can be had for any position without walking to it.
 */
export function mix(salt: number, position: number, channel: number): number {
  let h = salt ^ Math.imul(position, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul((h ^ (h >>> 13)) + Math.imul(channel, 0x27d4eb2f), 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x45d9f3b);
  return (h ^ (h >>> 15)) >>> 0;
}

/** A draw in [0, 1). */
export function unit(salt: number, position: number, channel: number): number {
  return mix(salt, position, channel) / 0x1_0000_0000;
}

/** Places a draw of [0, 1) between two bounds. */
export function between(low: number, high: number, draw: number): number {
  return low + (high - low) * draw;
}

/** One member of a list that is never empty. */
export function pick<T>(list: readonly [T, ...T[]], draw: number): T {
  return list[draw % list.length] ?? list[0];
}

/** `length` decimal digits, the first never 0. */
export function digits(salt: number, position: number, length: number): string {
  let text = String(1 + (mix(salt, position, 0) % 9));
  for (let channel = 1; text.length < length; channel += 1) {
    text += String(mix(salt, position, channel))
      .padStart(10, '0')
      .slice(4);
  }
  return text.slice(0, length);
}
