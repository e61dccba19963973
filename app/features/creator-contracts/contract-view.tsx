import { Form } from '@remix-run/react';
import {
  contractFileTypes,
  MAX_CONTRACT_FILE_BYTES,
} from '../../../server/domain/creator-contracts/fields.ts';
import type { Contract } from '../../../server/domain/creator-contracts/schema.ts';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import { formatBytes, formatDate, formatMoney } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { type Detail, DetailList, Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { daysOf } from '../creators/profile/contract-list.tsx';
import { adPermissionLabels, channelLabels, exclusivityLabels, territoryWords } from './labels.ts';

export interface ContractViewProps {
  contract: Contract;
  canWrite: boolean;
}

/** What a contract says: its terms, what it forbids, what it allows, and the signed file. */
export function ContractView({ contract, canWrite }: ContractViewProps) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title="Terms">
        <DetailList details={termsOf(contract)} />
      </Panel>
      <Panel title="Exclusivity" description={contract.clause ?? undefined}>
        <DetailList details={exclusivityOf(contract)} />
      </Panel>
      <UsageRights rights={contract.usageRights} />
      <SignedFile contract={contract} canWrite={canWrite} />
    </div>
  );
}

function termsOf(contract: Contract): Detail[] {
  const { campaignId, campaignName, commissionPercent, note } = contract;
  return [
    {
      term: 'Creator',
      value:
        contract.creatorName === null ? (
          'Not yours to see'
        ) : (
          <a className="link" href={paths.creator(contract.creatorId)}>
            {contract.creatorName}
          </a>
        ),
    },
    { term: 'Brand', value: contract.brandName ?? (contract.brandId === null ? 'The agency itself' : null) },
    {
      term: 'Campaign',
      value: campaignId && (
        <a className="link" href={paths.campaign(campaignId)}>
          {campaignName ?? 'Its campaign'}
        </a>
      ),
    },
    { term: 'Days', value: daysOf(contract) },
    { term: 'Fee', value: formatMoney(contract.fee, 'code') },
    { term: 'Commission', value: commissionPercent === null ? null : `${commissionPercent} %` },
    { term: 'Signed on', value: contract.signedOn && formatDate(contract.signedOn) },
    ...(contract.terminatedOn ? [{ term: 'Ended on', value: formatDate(contract.terminatedOn) }] : []),
    { term: 'Owner', value: contract.ownerName },
    ...(note ? [{ term: 'Note', value: <span className="whitespace-pre-line">{note}</span> }] : []),
  ];
}

function exclusivityOf(contract: Contract): Detail[] {
  const { exclusivity } = contract;
  const kind = { term: 'Kind', value: exclusivityLabels[exclusivity] };
  if (exclusivity === 'NONE') return [kind];
  const words = (list: readonly string[]) => (list.length === 0 ? null : list.join(', '));
  const networks = contract.exclusivityPlatforms.map((platform) => platformLabels[platform]);
  return [
    kind,
    ...(exclusivity === 'CATEGORY'
      ? [
          { term: 'Categories', value: words(contract.exclusivityCategories) },
          { term: 'Competitors', value: words(contract.exclusivityCompetitors) },
        ]
      : []),
    ...(exclusivity === 'FULL' ? [] : [{ term: 'Networks', value: words(networks) ?? 'All' }]),
    { term: 'Countries', value: territoryWords(contract.exclusivityTerritories) },
    {
      term: 'Days',
      value: daysOf({
        startsOn: contract.exclusivityStartsOn ?? contract.startsOn,
        endsOn: contract.exclusivityEndsOn ?? contract.endsOn,
      }),
    },
  ];
}

function UsageRights({ rights }: { rights: Contract['usageRights'] }) {
  return (
    <Panel title="Usage rights" padded={rights.length === 0} className="lg:col-span-2">
      {rights.length === 0 ? (
        <p className="text-muted">None: the content stays the creator’s.</p>
      ) : (
        <Table label="Usage rights">
          <thead>
            <tr>
              <th scope="col">Channel</th>
              <th scope="col">Permission</th>
              <th scope="col">Countries</th>
              <th scope="col">Days</th>
              <th scope="col">Note</th>
            </tr>
          </thead>
          <tbody>
            {rights.map((right) => (
              <tr key={right.id}>
                <th scope="row">{channelLabels[right.channel]}</th>
                <td>{right.adPermission ? adPermissionLabels[right.adPermission] : '—'}</td>
                <td className="wrap">{territoryWords(right.territories)}</td>
                <td>{daysOf(right)}</td>
                <td className="wrap">{right.note ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

const types = Object.values(contractFileTypes).join(', ');
const accept = Object.keys(contractFileTypes).join(',');

function SignedFile({ contract, canWrite }: ContractViewProps) {
  const { id, file, isActive } = contract;
  const action = paths.creatorContractFile(id);
  return (
    <Panel title="The signed file" className="lg:col-span-2">
      <div className="grid gap-3">
        {file ? (
          <div className="flex flex-wrap items-center gap-3">
            <a className="link" href={action} download={file.fileName}>
              {file.fileName}
            </a>
            <span className="text-muted">{formatBytes(file.bytes)}</span>
            {canWrite && isActive && (
              <Form method="post" action={action} reloadDocument>
                <Button type="submit" name="intent" value="remove" size="small">
                  Remove the file
                </Button>
              </Form>
            )}
          </div>
        ) : (
          <p className="text-muted">No file yet.</p>
        )}
        {canWrite && isActive && (
          <Form
            method="post"
            action={action}
            encType="multipart/form-data"
            reloadDocument
            className="grid gap-2"
          >
            <FileDrop
              name="file"
              aria-label="The signed file"
              accept={accept}
              prompt={file ? 'Choose another file in its place' : 'Drop the signed file here, or choose it'}
              limits={`${types}, up to ${formatBytes(MAX_CONTRACT_FILE_BYTES)}`}
            />
            <div>
              <Button type="submit">Keep the file</Button>
            </div>
          </Form>
        )}
      </div>
    </Panel>
  );
}
