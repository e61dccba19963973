import { dealFields } from '../../../server/domain/deals/fields.ts';
import type { Deal } from '../../../server/domain/deals/schema.ts';
import { missing } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import type { ListLook } from '../records/list-look.ts';
import { dealSpecs } from './deal-fields.ts';
import { dealStatusLabels, dealStatusTones, stageLabels } from './labels.ts';

export const dealList: ListLook = {
  noun: 'DEAL',
  label: 'Deals',
  one: 'deal',
  many: 'deals',
  path: paths.deals(),
  fields: dealFields,
  specs: dealSpecs,
  columns: ['name', 'companyId', 'stage', 'amount', 'expectedCloseOn', 'ownerId', 'updatedAt'],
  looks: {
    name: { width: 256 },
    companyId: {
      width: 192,
      cell: (row) => (row.companyName as string | null) ?? missing,
      alsoReads: ['companyName'],
    },
    contactId: {
      width: 176,
      cell: (row) => (row.contactName as string | null) ?? missing,
      alsoReads: ['contactName'],
    },
    stage: {
      width: 128,
      alsoReads: ['status'],
      cell: (row) =>
        row.status === 'OPEN'
          ? stageLabels[row.stage as Deal['stage']]
          : dealStatusLabels[row.status as Deal['status']],
    },
    status: { width: 112, cell: (row) => statusCell(row.status as Deal['status']) },
    amount: { width: 176, className: 'end' },
    probability: { width: 112, cell: ({ probability }) => `${probability as number} %` },
    expectedCloseOn: { width: 144, className: 'end' },
    openedOn: { width: 128, className: 'end' },
    closedOn: { width: 128, className: 'end' },
    updatedAt: { width: 128 },
    createdAt: { width: 128 },
    stageChangedAt: { width: 144 },
    description: { width: 288 },
  },
  filters: ['stage', 'status', 'companyId', 'contactId', 'ownerId', 'brandId', 'deleted'],
  sort: '-updatedAt',
  exportPath: '/deals/export.csv',
};

function statusCell(status: Deal['status']) {
  return (
    <span className="status-dot" data-tone={dealStatusTones[status]}>
      {dealStatusLabels[status]}
    </span>
  );
}
