import type { CampaignCreator, Deliverable } from '../../../../server/domain/campaign-creators/schema.ts';
import { formatCount, formatDate, formatDateRange, formatMoney, missing } from '../../../lib/format.ts';
import { paths } from '../../../lib/paths.ts';
import { StatusDot } from '../../../ui/badge.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Table } from '../../../ui/table.tsx';
import {
  assignmentLabels,
  assignmentTones,
  deliverableTones,
  deliverableWords,
  roleLabels,
} from './campaign-words.ts';

export interface CampaignsViewProps {
  assignments: readonly CampaignCreator[];
  hasMore: boolean;
  /** A client's own login does not read fees. */
  isClient: boolean;
}

/** What a creator works on: each campaign with their part in it and what is delivered. */
export function CampaignsView({ assignments, hasMore, isClient }: CampaignsViewProps) {
  return (
    <>
      <Panel title="Campaigns" padded={false}>
        {assignments.length === 0 ? (
          <EmptyState
            kind="unused"
            title="No campaign"
            description="A creator is assigned on the campaign’s own page, where blocks and exclusivity are checked."
            action={{ label: 'Campaigns', href: paths.campaigns() }}
          />
        ) : (
          <AssignmentTable assignments={assignments} isClient={isClient} />
        )}
      </Panel>
      {hasMore && <p className="text-muted">Only the 50 newest are shown.</p>}
    </>
  );
}

function AssignmentTable({ assignments, isClient }: Omit<CampaignsViewProps, 'hasMore'>) {
  return (
    <Table label="Campaigns of this creator">
      <thead>
        <tr>
          <th scope="col">Campaign</th>
          <th scope="col">Role</th>
          <th scope="col">Status</th>
          <th scope="col">Days</th>
          {!isClient && (
            <th scope="col" className="end">
              Fee
            </th>
          )}
          <th scope="col">Deliverables</th>
          <th scope="col">Posts</th>
        </tr>
      </thead>
      <tbody>
        {assignments.map((assignment) => (
          <AssignmentRow key={assignment.id} assignment={assignment} isClient={isClient} />
        ))}
      </tbody>
    </Table>
  );
}

function AssignmentRow({ assignment, isClient }: { assignment: CampaignCreator; isClient: boolean }) {
  const { campaignId, campaignName, role, status, fee, feeType, deliverables, confirmed, pending } =
    assignment;
  return (
    <tr>
      <th scope="row">
        <a data-row-link="" href={paths.campaign(campaignId)}>
          {campaignName}
        </a>
      </th>
      <td>{roleLabels[role]}</td>
      <td>
        <StatusDot tone={assignmentTones[status]}>{assignmentLabels[status]}</StatusDot>
      </td>
      <td>{daysOf(assignment)}</td>
      {!isClient && (
        <td className="end" title={feeType ?? undefined}>
          {formatMoney(fee, 'code')}
        </td>
      )}
      <td className="wrap">
        {deliverables.length === 0 ? missing : <DeliverableList deliverables={deliverables} />}
      </td>
      <td>
        {formatCount(confirmed)} confirmed, {formatCount(pending)} to decide
      </td>
    </tr>
  );
}

function DeliverableList({ deliverables }: { deliverables: readonly Deliverable[] }) {
  return (
    <ul className="grid gap-0.5">
      {deliverables.map((deliverable) => (
        <li key={deliverable.id}>
          <StatusDot tone={deliverableTones[deliverable.state]}>{deliverableWords(deliverable)}</StatusDot>
        </li>
      ))}
    </ul>
  );
}

function daysOf({ startsOn, endsOn }: CampaignCreator): string {
  if (startsOn && endsOn) return formatDateRange(startsOn, endsOn);
  if (startsOn) return `From ${formatDate(startsOn)}`;
  return endsOn ? `Until ${formatDate(endsOn)}` : 'The campaign’s';
}
