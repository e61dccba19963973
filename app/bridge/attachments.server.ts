/** A body's bytes as they come in. */
export async function* bytesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    reader.releaseLock();
  }
}

/** The name of a file that is a body as it is, from the header x-file-name, where it is written as in an address. */
export function fileNameOf(request: Request): string {
  const header = request.headers.get('x-file-name') ?? '';
  try {
    return decodeURIComponent(header) || 'file';
  } catch {
    // A name that is not encoded so is taken as it stands.
    return header;
  }
}
