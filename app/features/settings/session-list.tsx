import type { AccountSession } from '../../../server/domain/members/schema.ts';
import { formatDateTime, formatRelative } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Table } from '../../ui/table.tsx';

export interface SessionListProps {
  sessions: readonly AccountSession[];
  now: string;
  timeZone: string;
}

/** Where the person is signed in. */
export function SessionList({ sessions, now, timeZone }: SessionListProps) {
  return (
    <Table label="Sessions">
      <thead>
        <tr>
          <th scope="col">Browser</th>
          <th scope="col">Address</th>
          <th scope="col" className="end">
            Signed in
          </th>
          <th scope="col" className="end">
            Last seen
          </th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <tr key={`${session.createdAt}:${session.address ?? ''}`}>
            <th scope="row" className="clip" title={session.userAgent ?? undefined}>
              {browserOf(session.userAgent)} {session.isCurrent && <Badge tone="success">This one</Badge>}
            </th>
            <td>{session.address ?? '—'}</td>
            <td className="end">{formatDateTime(session.createdAt, timeZone)}</td>
            <td className="end quiet">{formatRelative(session.lastSeenAt, now)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const browsers = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;

const systems = [
  [/Windows/, 'Windows'],
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const;

/** "Chrome on macOS": enough to know one's own by. The order matters, since browsers name one another. */
function browserOf(userAgent: string | null): string {
  if (!userAgent) return 'Unknown';
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (!browser) return userAgent.slice(0, 60);
  return system ? `${browser} on ${system}` : browser;
}
