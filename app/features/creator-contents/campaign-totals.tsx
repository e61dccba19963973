import type { CampaignFigures } from '../../../server/domain/creator-contents/schema.ts';
import { formatCount, formatCountCompact, formatPercent } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Panel } from '../../ui/panel.tsx';
import { Stat, StatRow } from '../../ui/stat.tsx';
import { Table } from '../../ui/table.tsx';
import { RATE_WORDS } from './labels.ts';

/** What a campaign's confirmed posts came to: sums of counts, and one ratio made of them. */
export function CampaignTotals({ figures }: { figures: CampaignFigures }) {
  const { pieces, pending, undisclosed, engagementRate, untold } = figures;
  const sum = (label: string, name: 'views' | 'likes' | 'comments') => (
    <Stat
      label={label}
      value={formatCountCompact(figures[name])}
      title={formatCount(figures[name])}
      hint={untold[name] > 0 ? `without ${untold[name]} that tell none` : 'of confirmed posts'}
    />
  );
  return (
    <StatRow>
      <Stat
        label="Confirmed posts"
        value={formatCount(pieces)}
        hint={pending > 0 ? `${formatCount(pending)} to decide` : 'none to decide'}
      />
      {sum('Views', 'views')}
      {sum('Likes', 'likes')}
      {sum('Comments', 'comments')}
      <Stat
        label="Engagement rate"
        value={formatPercent(engagementRate)}
        title={RATE_WORDS}
        hint={engagementRate === null ? 'not known' : 'of views'}
      />
      <Stat
        label="Not disclosed"
        value={formatCount(undisclosed)}
        hint={undisclosed > 0 ? 'of the confirmed posts' : 'nothing is missing'}
      />
    </StatRow>
  );
}

/** The same for each creator. */
export function CreatorShares({ figures }: { figures: CampaignFigures }) {
  if (figures.creators.length === 0) return null;
  return (
    <Panel title="By creator" padded={false}>
      <Table label="Confirmed posts by creator">
        <thead>
          <tr>
            <th scope="col">Creator</th>
            {['Posts', 'To decide', 'Views', 'Likes', 'Comments', 'Rate of views'].map((header) => (
              <th key={header} scope="col" className="end">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.creators.map((own) => (
            <tr key={own.creatorId}>
              <th scope="row">
                <a className="link" href={paths.creator(own.creatorId)}>
                  {own.creatorName}
                </a>
              </th>
              <td className="end">{formatCount(own.pieces)}</td>
              <td className="end">{formatCount(own.pending)}</td>
              <td className="end">{formatCount(own.views)}</td>
              <td className="end">{formatCount(own.likes)}</td>
              <td className="end">{formatCount(own.comments)}</td>
              <td className="end" title={RATE_WORDS}>
                {formatPercent(own.engagementRate)}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
