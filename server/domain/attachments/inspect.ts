import { createHash } from 'node:crypto';
import { invalidField } from '../../kernel/errors.ts';
import { OCTETS, tooLarge, typeOfBytes, typeOfText } from './rules.ts';
import { MAX_ATTACHMENT_BYTES } from './fields.ts';

/** What is known of a file once its bytes have passed. */
export interface Inspected {
  contentType: string;
  bytes: number;
  sha256: string;
}

/** Enough to tell an office document from a plain archive. */
const HEAD_BYTES = 64 * 1024;

/** Looks at bytes as they pass: their kind by their beginning, their size, their hash, and whether all are text. */
export class Inspection {
  private readonly hash = createHash('sha256');
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private readonly fileName: string;
  private readonly mostBytes: number;
  private bytes = 0;
  private isText = true;
  private type: string | null = null;

  constructor(fileName: string, mostBytes = MAX_ATTACHMENT_BYTES) {
    this.fileName = fileName;
    this.mostBytes = mostBytes;
  }

  /**
   * The bytes, once their beginning was judged. Errors: `too_large`; `invalid` where they are a program's, where they
   * are text under the name of what is none, and where there are none.
   */
  async *pass(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const head: Uint8Array[] = [];
    let headBytes = 0;
    let isJudged = false;
    for await (const chunk of content) {
      this.take(chunk);
      if (isJudged) {
        yield chunk;
        continue;
      }
      head.push(chunk);
      headBytes += chunk.byteLength;
      if (headBytes < HEAD_BYTES) continue;
      yield await this.judge(head);
      isJudged = true;
    }
    if (this.bytes === 0) throw invalidField('content', `${this.fileName} is empty.`);
    if (!isJudged) yield await this.judge(head);
    // Whether all is text is known at the end alone; what is refused then fails the store's own write.
    this.type ??= this.isText && this.endsWell() ? typeOfText(this.fileName) : OCTETS;
  }

  /** Once all bytes have passed. */
  result(): Inspected {
    return { contentType: this.type ?? OCTETS, bytes: this.bytes, sha256: this.hash.digest('hex') };
  }

  private take(chunk: Uint8Array): void {
    this.bytes += chunk.byteLength;
    if (this.bytes > this.mostBytes) throw tooLarge(this.fileName, this.mostBytes);
    this.hash.update(chunk);
    if (this.isText) this.isText = !chunk.includes(0) && this.decodes(chunk);
  }

  private async judge(head: readonly Uint8Array[]): Promise<Uint8Array> {
    const bytes = Buffer.concat(head);
    this.type = await typeOfBytes(bytes, this.fileName);
    return bytes;
  }

  private decodes(chunk: Uint8Array): boolean {
    try {
      this.decoder.decode(chunk, { stream: true });
      return true;
    } catch (error) {
      if (error instanceof TypeError) return false;
      throw error;
    }
  }

  /** No character is cut off at the end. */
  private endsWell(): boolean {
    try {
      this.decoder.decode();
      return true;
    } catch (error) {
      if (error instanceof TypeError) return false;
      throw error;
    }
  }
}
