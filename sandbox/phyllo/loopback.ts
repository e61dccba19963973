/**
 * Whether the sender may aim there: this machine, and names below `test`, which belong to nobody (RFC 6761) and are
 * answered by msw.
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
