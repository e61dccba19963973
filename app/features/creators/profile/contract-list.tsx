import type {
  Contract,
  ExclusivityConflict,
  ExclusivityConflicts,
} from '../../../../server/domain/creator-contracts/schema.ts';
import { formatDate, formatDateRange, formatMoney } from '../../../lib/format.ts';
import { paths } from '../../../lib/paths.ts';
import { StatusDot } from '../../../ui/badge.tsx';
import { LinkButton } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Table } from '../../../ui/table.tsx';
import { contractStateWords, contractTone } from './contract-words.ts';

export interface ContractsViewProps {
  creatorId: string;
  contracts: readonly Contract[];
  hasMore: boolean;
  conflicts: ExclusivityConflicts;
  canWrite: boolean;
}

/** What was agreed with a creator, what of it ends soon, and what stands against it today. */
export function ContractsView({ creatorId, contracts, hasMore, conflicts, canWrite }: ContractsViewProps) {
  const action = canWrite && <LinkButton href={paths.newCreatorContract(creatorId)}>New contract</LinkButton>;
  return (
    <>
      <Conflicts conflicts={conflicts} />
      <Ending contracts={contracts} />
      <Panel title="Contracts" padded={false} actions={action}>
        {contracts.length === 0 ? (
          <EmptyState
            kind="unused"
            title="No contracts"
            description="What was agreed: fee, dates, exclusivity and usage rights, checked whenever the creator is assigned."
          />
        ) : (
          <ContractTable contracts={contracts} />
        )}
      </Panel>
      {hasMore && <p className="text-muted">Only the 50 changed last are shown.</p>}
    </>
  );
}

export interface ContractTableProps {
  contracts: readonly Contract[];
  /** Of a list over creators: whose each is. */
  showsCreator?: boolean;
}

export function ContractTable({ contracts, showsCreator = false }: ContractTableProps) {
  return (
    <Table label="Contracts">
      <thead>
        <tr>
          <th scope="col">Contract</th>
          {showsCreator && <th scope="col">Creator</th>}
          <th scope="col">State</th>
          <th scope="col">Brand</th>
          <th scope="col">Days</th>
          <th scope="col" className="end">
            Fee
          </th>
          <th scope="col">Exclusivity</th>
        </tr>
      </thead>
      <tbody>
        {contracts.map((contract) => (
          <tr key={contract.id}>
            <th scope="row">
              <a data-row-link="" href={paths.creatorContract(contract.id)}>
                {contract.title}
              </a>
            </th>
            {showsCreator && (
              <td>
                {contract.creatorName === null ? (
                  'Not yours to see'
                ) : (
                  <a className="link" href={paths.creator(contract.creatorId)}>
                    {contract.creatorName}
                  </a>
                )}
              </td>
            )}
            <td>
              <StatusDot tone={contractTone(contract)}>{contractStateWords(contract)}</StatusDot>
            </td>
            <td>{contract.brandName ?? (contract.brandId === null ? 'The agency itself' : '—')}</td>
            <td>{daysOf(contract)}</td>
            <td className="end">{formatMoney(contract.fee, 'code')}</td>
            <td className="wrap">{contract.clause ?? 'None'}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** "From 1 March 2026", "1 March – 30 June 2026". */
export function daysOf({ startsOn, endsOn }: Pick<Contract, 'startsOn' | 'endsOn'>): string {
  if (startsOn && endsOn) return formatDateRange(startsOn, endsOn);
  if (startsOn) return `From ${formatDate(startsOn)}`;
  return endsOn ? `Until ${formatDate(endsOn)}` : '—';
}

function Ending({ contracts }: Pick<ContractsViewProps, 'contracts'>) {
  const ending = contracts.filter(({ state }) => state === 'ENDING');
  if (ending.length === 0) return null;
  return (
    <Callout tone="warning" title={ending.length === 1 ? 'A contract ends soon' : 'Contracts end soon'}>
      <ul>
        {ending.map(({ id, title, endsOn, daysLeft }) => (
          <li key={id}>
            <a className="text-link" href={paths.creatorContract(id)}>
              {title}
            </a>{' '}
            on {formatDate(endsOn)}
            {daysLeft !== null && `, in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}`}
          </li>
        ))}
      </ul>
    </Callout>
  );
}

export interface ConflictsProps {
  conflicts: ExclusivityConflicts;
  /** Of work of several creators: whose each is. */
  showsCreator?: boolean;
}

/** What stands against a clause today; nothing where nothing does. */
export function Conflicts({ conflicts, showsCreator = false }: ConflictsProps) {
  if (conflicts.items.length === 0) return null;
  return (
    <Callout {...conflictCallout(conflicts)}>
      <ul className="grid gap-1">
        {conflicts.items.map((conflict, at) => (
          <li key={`${at} ${conflict.clause}`}>
            {showsCreator && conflict.creatorName !== null && (
              <>
                <a className="text-link" href={paths.creator(conflict.creatorId)}>
                  {conflict.creatorName}
                </a>
                {': '}
              </>
            )}
            <ConflictLine conflict={conflict} />
          </li>
        ))}
      </ul>
      {!conflicts.isComplete && <p>There are more than these.</p>}
    </Callout>
  );
}

/** That something stands against a clause, leading to where it is said; nothing where nothing does. */
export function ConflictsNotice({ conflicts, href }: { conflicts: ExclusivityConflicts; href: string }) {
  const count = conflicts.items.length;
  if (count === 0) return null;
  const many = conflicts.isComplete ? `${count}` : `More than ${count}`;
  return (
    <Callout {...conflictCallout(conflicts)}>
      {many} {count === 1 ? 'conflict' : 'conflicts'} with an exclusivity.{' '}
      <a className="text-link" href={href}>
        Show under Contracts
      </a>
    </Callout>
  );
}

function conflictCallout({ items }: ExclusivityConflicts): { tone: 'danger' | 'warning'; title: string } {
  return items.some(({ kind }) => kind === 'CONFLICT')
    ? { tone: 'danger', title: 'Work stands against a contract' }
    : { tone: 'warning', title: 'Work may stand against a contract' };
}

/** The clause in words; whose it is stands there only where the reader sees that contract. */
function ConflictLine({ conflict }: { conflict: ExclusivityConflict }) {
  const { kind, clause, reason, contractId, contractTitle, engagement } = conflict;
  return (
    <>
      {kind === 'POSSIBLE' && 'Possibly: '}
      {clause}
      {contractId && (
        <>
          {' '}
          (
          <a className="text-link" href={paths.creatorContract(contractId)}>
            {contractTitle ?? 'its contract'}
          </a>
          )
        </>
      )}
      . {reason}
      {engagement?.campaignId && (
        <>
          {' '}
          <a className="text-link" href={paths.campaign(engagement.campaignId)}>
            {engagement.campaignName ?? 'The campaign'}
          </a>
        </>
      )}
    </>
  );
}
