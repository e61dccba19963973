import type { CreatorContentDetail } from '../../../server/domain/creator-contents/schema.ts';
import {
  formatCount,
  formatCountCompact,
  formatDateTime,
  formatPercent,
  formatRelative,
} from '../../lib/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { Stat, StatRow } from '../../ui/stat.tsx';
import { Table } from '../../ui/table.tsx';
import { contentSourceLabels, RATE_WORDS } from './labels.ts';

const figures = [
  ['views', 'Views'],
  ['likes', 'Likes'],
  ['comments', 'Comments'],
  ['shares', 'Shares'],
  ['saves', 'Saves'],
  ['reach', 'Reach'],
] as const;

/** A piece's figures as they stand, each "not told" where its network tells none, with their source and age. */
export function PieceFigures({
  content,
  now,
  timeZone,
}: {
  content: CreatorContentDetail;
  now: string;
  timeZone: string;
}) {
  const { engagementRate, figuresAt, source } = content;
  return (
    <StatRow>
      {figures.map(([name, label]) => (
        <Stat
          key={name}
          label={label}
          value={formatCountCompact(content[name])}
          title={formatCount(content[name])}
          {...(content[name] === null && { hint: 'not told' })}
        />
      ))}
      <Stat
        label="Engagement rate"
        value={formatPercent(engagementRate)}
        title={RATE_WORDS}
        hint={engagementRate === null ? 'not known' : 'of views'}
      />
      <Stat
        label="Figures as of"
        value={figuresAt === null ? '—' : formatRelative(figuresAt, now)}
        title={formatDateTime(figuresAt, timeZone)}
        hint={figuresAt === null ? 'nobody read any' : contentSourceLabels[source]}
      />
    </StatRow>
  );
}

const DAY_MS = 86_400_000;

const milestones = [
  ['day1', 1],
  ['day7', 7],
  ['day30', 30],
] as const;

/** What it came to after a day, a week and a month: posts are compared at the same age. */
export function Milestones({ content, now }: { content: CreatorContentDetail; now: string }) {
  return (
    <Panel
      title="After 1, 7 and 30 days"
      description="The figures of that day after publication, or of the last day before it that was read."
      padded={false}
    >
      <Table label="Figures after 1, 7 and 30 days">
        <thead>
          <tr>
            <th scope="col">After</th>
            {figures.map(([name, label]) => (
              <th key={name} scope="col" className="end">
                {label}
              </th>
            ))}
            <th scope="col">Read</th>
          </tr>
        </thead>
        <tbody>
          {milestones.map(([id, day]) => {
            const snapshot = content.milestones[id];
            return (
              <tr key={id}>
                <th scope="row">{day === 1 ? '1 day' : `${day} days`}</th>
                {figures.map(([name]) => (
                  <td key={name} className="end">
                    {formatCount(snapshot?.[name])}
                  </td>
                ))}
                <td className="quiet">
                  {snapshot
                    ? `on day ${snapshot.day}, ${contentSourceLabels[snapshot.source]}`
                    : missingWords(content, { day, now })}
                </td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </Panel>
  );
}

/** Why a milestone has no figures: its day has not come, or nobody read any until then. */
function missingWords(
  { publishedAt }: CreatorContentDetail,
  { day, now }: { day: number; now: string },
): string {
  const isToCome = publishedAt !== null && Date.parse(now) - Date.parse(publishedAt) < day * DAY_MS;
  return isToCome ? 'Not yet' : 'Not read';
}
