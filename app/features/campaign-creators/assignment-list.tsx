import type { CampaignCreator, Deliverable } from '../../../server/domain/campaign-creators/schema.ts';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import {
  formatCount,
  formatCountCompact,
  formatDate,
  formatDateIn,
  formatDateRange,
} from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { contentTypeLabels } from '../creator-contents/labels.ts';
import {
  assignmentLabels,
  assignmentTones,
  deliverableTones,
  roleLabels,
} from '../creators/profile/campaign-words.ts';
import { roundWords } from './draft-words.ts';
import { briefDetails, feeDetails } from './fee-details.tsx';
import { WorkSteps } from './work-steps.tsx';

export interface AssignmentListProps {
  assignments: readonly CampaignCreator[];
  canWrite: boolean;
  /** A client's own login reads no fees. */
  isClient: boolean;
  timeZone: string;
}

/** Who works on a campaign: on what terms, how far they are, and what of it came. */
export function AssignmentList({ assignments, ...shown }: AssignmentListProps) {
  return (
    <ul className="grid gap-4">
      {assignments.map((assignment) => (
        <li key={assignment.id} className="min-w-0">
          <AssignmentCard assignment={assignment} {...shown} />
        </li>
      ))}
    </ul>
  );
}

type CardProps = Omit<AssignmentListProps, 'assignments'> & { assignment: CampaignCreator };

function AssignmentCard({ assignment, canWrite, isClient, timeZone }: CardProps) {
  const { campaignId, creatorId, creatorName, deliverables, overrideReason } = assignment;
  const { status, role } = assignment;
  return (
    <Panel
      title={creatorName ?? 'A creator who is not yours to see'}
      description={
        <span className="flex flex-wrap items-center gap-x-3">
          <StatusDot tone={assignmentTones[status]}>{assignmentLabels[status]}</StatusDot>
          <span>{roleLabels[role]}</span>
          <span>{accountWords(assignment)}</span>
        </span>
      }
      actions={
        <span className="flex flex-wrap gap-2">
          {creatorName !== null && (
            <LinkButton size="small" href={paths.creator(creatorId)} aria-label={`Profile of ${creatorName}`}>
              Profile
            </LinkButton>
          )}
          {!isClient && (
            <LinkButton
              size="small"
              href={paths.campaignCreator(campaignId, creatorId)}
              aria-label={`${canWrite ? 'Edit' : 'Open'} the work of ${creatorName ?? 'this creator'}`}
            >
              {canWrite ? 'Edit' : 'Open'}
            </LinkButton>
          )}
        </span>
      }
    >
      <div className="grid gap-4">
        {overrideReason && (
          <Callout tone="warning" title="Assigned in spite of what stood against it">
            {overrideReason}
          </Callout>
        )}
        <DetailList details={detailsOf(assignment, timeZone)} />
        {deliverables.length > 0 && <DeliverableTable assignment={assignment} />}
        {canWrite && <WorkSteps assignment={assignment} />}
      </div>
    </Panel>
  );
}

function accountWords({ accounts }: CampaignCreator): string {
  return accounts
    .map(({ platform, handle, followers }) =>
      [`${platformLabels[platform]} @${handle}`, followers === null ? null : formatCountCompact(followers)]
        .filter((part) => part !== null)
        .join(' '),
    )
    .join(', ');
}

function detailsOf(assignment: CampaignCreator, timeZone: string) {
  const { campaignId, creatorId, confirmed, pending, note } = assignment;
  const posts = withQuery(paths.campaignContent(campaignId), { creatorId });
  const moments = [
    ['asked', assignment.briefSentAt],
    ['accepted', assignment.acceptedAt],
    ['completed', assignment.completedAt],
  ] as const;
  const told = moments.flatMap(([word, at]) =>
    at === null ? [] : [`${word} ${formatDateIn(at, timeZone)}`],
  );
  return [
    ...feeDetails(assignment),
    ...briefDetails(assignment, timeZone),
    { term: 'Days', value: daysOf(assignment) },
    ...(told.length === 0 ? [] : [{ term: 'So far', value: told.join(', ') }]),
    {
      term: 'Posts',
      value: (
        <a className="link" href={posts}>
          {formatCount(confirmed)} confirmed, {formatCount(pending)} to decide
        </a>
      ),
    },
    ...(note ? [{ term: 'Note', value: note }] : []),
  ];
}

function daysOf({ startsOn, endsOn }: CampaignCreator): string {
  if (startsOn && endsOn) return formatDateRange(startsOn, endsOn);
  if (startsOn) return `From ${formatDate(startsOn)}`;
  return endsOn ? `Until ${formatDate(endsOn)}` : 'The campaign’s';
}

const stateLabels = {
  DUE: 'Due',
  DELIVERED: 'Delivered',
  LATE: 'Late',
  MISSING: 'Missing',
} as const satisfies Record<Deliverable['state'], string>;

function DeliverableTable({ assignment: { creatorName, deliverables } }: { assignment: CampaignCreator }) {
  const showsDrafts = deliverables.some(({ drafts }) => drafts !== null);
  return (
    <div className="overflow-clip rounded-lg border border-line">
      <Table label={`Deliverables of ${creatorName ?? 'this creator'}`}>
        <thead>
          <tr>
            <th scope="col">Deliverable</th>
            <th scope="col">Due</th>
            <th scope="col" className="end">
              Delivered
            </th>
            <th scope="col" className="end">
              Confirmed
            </th>
            {showsDrafts && <th scope="col">Rounds</th>}
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {deliverables.map((one) => (
            <tr key={one.id}>
              <th scope="row" title={one.note ?? undefined}>
                {formatCount(one.count)} × {contentTypeLabels[one.type]}, {platformLabels[one.platform]}
              </th>
              <td>{formatDate(one.dueOn)}</td>
              <td className="end">
                {formatCount(one.delivered)} of {formatCount(one.count)}
              </td>
              <td className="end">{formatCount(one.confirmed)}</td>
              {showsDrafts && <td>{roundWords(one) ?? '—'}</td>}
              <td>
                <StatusDot tone={deliverableTones[one.state]}>
                  {stateLabels[one.state]}
                  {one.late > 0 && one.state !== 'LATE' ? `, ${formatCount(one.late)} late` : ''}
                </StatusDot>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
