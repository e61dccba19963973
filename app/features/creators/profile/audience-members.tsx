import type { CombinedAudience } from '../../../../server/domain/creator-platforms/audience-schema.ts';
import { platformLabels } from '../../../../server/domain/creators/fields.ts';
import { formatCount, formatDate } from '../../../lib/format.ts';
import { paths } from '../../../lib/paths.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Table } from '../../../ui/table.tsx';

export interface AudienceMembersProps {
  combined: CombinedAudience;
  /** True where the accounts are of several creators: each is then named. */
  namesCreators?: boolean;
}

/** Which accounts a combined audience is of, and which are left out and why. */
export function AudienceMembers({ combined, namesCreators = false }: AudienceMembersProps) {
  const { included, leftOut } = combined;
  if (included.length + leftOut.length === 0) return null;
  return (
    <Panel title="What this is of" padded={false}>
      <Table label="Accounts of the combined audience">
        <thead>
          <tr>
            <th scope="col">Account</th>
            {namesCreators && <th scope="col">Creator</th>}
            <th scope="col" className="end">
              Followers
            </th>
            <th scope="col">As of</th>
            <th scope="col">To note</th>
          </tr>
        </thead>
        <tbody>
          {included.map((member) => (
            <tr key={member.creatorPlatformId}>
              <AccountCells {...member} namesCreators={namesCreators} />
              <td className="end">{formatCount(member.followers)}</td>
              <td>{formatDate(member.date)}</td>
              <td className="wrap">{member.cautions.map(({ text }) => text).join(' ') || '—'}</td>
            </tr>
          ))}
          {leftOut.map((member) => (
            <tr key={member.creatorPlatformId}>
              <AccountCells {...member} namesCreators={namesCreators} />
              <td className="end quiet">Left out</td>
              <td className="quiet">—</td>
              <td className="wrap">{member.text}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

type AccountCellsProps = Pick<
  CombinedAudience['leftOut'][number],
  'platform' | 'handle' | 'creatorId' | 'creatorName'
> & { namesCreators: boolean };

function AccountCells({ platform, handle, creatorId, creatorName, namesCreators }: AccountCellsProps) {
  return (
    <>
      <th scope="row">
        {platformLabels[platform]} @{handle}
      </th>
      {namesCreators && (
        <td>
          <a className="link" href={paths.creator(creatorId)}>
            {creatorName}
          </a>
        </td>
      )}
    </>
  );
}
