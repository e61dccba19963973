import { createHash } from 'node:crypto';
import { AwsV4Signer } from 'aws4fetch';
import type { Config } from '../../kernel/config.ts';
import { AppError } from '../../kernel/errors.ts';
import { PlatformError } from '../errors.ts';
import type { FileStore } from '../file-store.ts';
import { createHttp, type HttpAnswer, type HttpDeps, type HttpRequest } from '../http.ts';
import { partsOf } from './keys.ts';

type S3Settings = NonNullable<Config['s3']>;

const NAME = 'The file store';

/**
 * Objects of one bucket, addressed by path, signed with AWS Signature Version 4, which S3 and what speaks its language
 * (MinIO, R2, B2, Spaces) understand. A file that is put is held in memory: S3 wants its size and hash beforehand.
 */
export function createS3Store(settings: S3Settings, deps: HttpDeps): FileStore {
  const http = createHttp({ name: NAME, classify }, deps);
  const sign = (call: Call) => signed(settings, call);
  return {
    put: async (key, content) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) chunks.push(chunk);
      const body = new Uint8Array(Buffer.concat(chunks));
      await inOurWords(async () => http.text(await sign({ method: 'PUT', key, body })));
    },
    get: (key) =>
      inOurWords(async () => {
        const { body } = await http.stream(await sign({ method: 'GET', key }));
        return body;
      }),
    remove: (key) =>
      inOurWords(async () => {
        try {
          await http.text(await sign({ method: 'DELETE', key }));
        } catch (error) {
          if (!isMissing(error)) throw error;
        }
      }),
  };
}

interface Call {
  method: 'GET' | 'PUT' | 'DELETE';
  key: string;
  body?: Uint8Array<ArrayBuffer>;
}

async function signed(settings: S3Settings, { method, key, body }: Call): Promise<HttpRequest> {
  const { endpoint, bucket, accessKeyId, secretAccessKey } = settings;
  const signer = new AwsV4Signer({
    method,
    url: [endpoint, encodeURIComponent(bucket), ...partsOf(key)].join('/'),
    headers: {
      // The store refuses bytes that changed on the way.
      'X-Amz-Content-Sha256': createHash('sha256')
        .update(body ?? '')
        .digest('hex'),
      ...(body ? { 'Content-Type': 'application/octet-stream' } : {}),
    },
    accessKeyId,
    secretAccessKey: secretAccessKey.reveal(),
    service: 's3',
  });
  const { url, headers } = await signer.sign();
  return {
    method,
    url: url.toString(),
    headers: { ...Object.fromEntries(headers), accept: '*/*' },
    meter: NAME,
    ...(body ? { body } : {}),
  };
}

/** 409 and 5xx pass, as the documentation of S3's errors says of them; 403 is a setting that is wrong. */
function classify({ status }: HttpAnswer): PlatformError | null {
  if (status < 400) return null;
  const code = `http ${status}`;
  if (status === 404) return new PlatformError({ kind: 'skip', code, message: 'The file itself is gone.' });
  const isPassing = status >= 500 || status === 408 || status === 409 || status === 429;
  return new PlatformError({
    kind: isPassing ? 'retry' : 'stop',
    code,
    message: isPassing
      ? 'The file store does not answer right now. Try again in a moment.'
      : 'The file store refused us. An administrator checks the settings that begin with S3_.',
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof PlatformError && error.code === 'http 404';
}

async function inOurWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    throw new AppError(isMissing(error) ? 'not_found' : 'upstream', error.message, { cause: error });
  }
}
