/**
 * Whether the stand-ins' senders may aim there: this machine, and names below `test`, which belong to nobody
 * (RFC 6761) and are answered by msw.
 */
export function isReachable(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname) ||
    /\.(test|localhost)$/.test(hostname)
  );
}

export interface Letter {
  /** JSON, sent as these bytes. */
  body: string;
  headers: Readonly<Record<string, string>>;
  timeoutMs: number;
}

/**
 * POSTs to an address of this machine and answers the status; a redirect is not followed. Throws where no answer came
 * in time, and for every other address.
 */
export async function postHere(url: string, { body, headers, timeoutMs }: Letter): Promise<number> {
  if (!isReachable(url)) throw new Error('the sandbox sends to the loopback alone');
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  await response.arrayBuffer();
  return response.status;
}
