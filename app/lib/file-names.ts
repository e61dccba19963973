/** The Content-Disposition of a file to be saved under its own name (RFC 6266), with a plain name for old readers. */
export function attachmentHeader(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeName(fileName)}`;
}

/** RFC 8187: what encodeURIComponent leaves alone and the header's grammar does not. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
