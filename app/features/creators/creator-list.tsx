import { creatorFields, platformLabels } from '../../../server/domain/creators/fields.ts';
import type { FieldDefinition } from '../../../server/domain/records/fields.ts';
import { countryName } from '../../lib/countries.ts';
import { formatCount, formatCountCompact, missing } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import type { ColumnLook, ListLook } from '../records/list-look.ts';
import {
  ageCell,
  brandsCell,
  connectionCell,
  contractCell,
  creatorOf,
  nameCell,
  networksCell,
  rateCell,
  statusCell,
} from './creator-cells.tsx';
import { creatorSpecs } from './creator-fields.ts';
import { rosterFilterWords, rosterFilters } from './roster-query.ts';

/** A rate is a ratio to the procedures: conditions ask for it in percent, in the roster's own filters. */
const ownFilter = ['engagementRate'];

const extraColumns: readonly FieldDefinition[] = [
  ...creatorFields.filter(({ name }) => ownFilter.includes(name)),
  { name: 'platforms', label: 'Networks', type: 'several' },
  { name: 'figuresAt', label: 'Figures as of', type: 'instant' },
  { name: 'connection', label: 'Connection', type: 'choice' },
  { name: 'contractState', label: 'Contract', type: 'choice' },
  { name: 'brandIds', label: 'Works for', type: 'several' },
];

const looks: Readonly<Record<string, ColumnLook>> = {
  name: { width: 224, cell: nameCell },
  status: { width: 128, cell: statusCell },
  statusChangedAt: { width: 128 },
  platforms: { width: 368, cell: networksCell },
  totalFollowers: {
    width: 112,
    cell: (row) => {
      const { totalFollowers } = creatorOf(row);
      return totalFollowers === null ? (
        missing
      ) : (
        <span title={formatCount(totalFollowers)}>{formatCountCompact(totalFollowers)}</span>
      );
    },
  },
  engagementRate: { width: 160, alsoReads: ['engagementBasis'], cell: rateCell },
  figuresAt: { width: 160, alsoReads: ['platforms'], cell: ageCell },
  connection: { width: 192, alsoReads: ['platforms'], cell: connectionCell },
  contractState: { width: 176, alsoReads: ['contractEndsOn'], cell: contractCell },
  brandIds: { width: 192, alsoReads: ['worksForOtherBrands'], cell: brandsCell },
  categories: { width: 192 },
  primaryPlatform: {
    width: 128,
    cell: (row) => {
      const { primaryPlatform } = creatorOf(row);
      return primaryPlatform ? platformLabels[primaryPlatform] : missing;
    },
  },
  audienceCountries: {
    width: 208,
    cell: (row) => creatorOf(row).audienceCountries.map(countryName).join(', ') || missing,
  },
  managerContactId: {
    width: 176,
    alsoReads: ['manager'],
    cell: (row) => {
      const { manager, managerContactId } = creatorOf(row);
      return manager?.name ?? (managerContactId ? 'Not yours to see' : missing);
    },
  },
  contactId: { width: 176, cell: ({ name }) => name },
  commissionPercent: {
    width: 128,
    cell: (row) => {
      const { commissionPercent } = creatorOf(row);
      return commissionPercent === null ? missing : `${commissionPercent}%`;
    },
  },
  estimatedReach: { width: 128 },
  updatedAt: { width: 128 },
  createdAt: { width: 128 },
};

/** The roster. A client's own login knows neither commissions nor contracts, nor whom else a creator works for. */
export function creatorList(isClient: boolean): ListLook {
  return isClient ? clientList : agencyList;
}

const agencyList: ListLook = {
  noun: 'CREATOR',
  label: 'Creators',
  one: 'creator',
  many: 'creators',
  path: paths.creators(),
  fields: creatorFields.filter(({ name }) => !ownFilter.includes(name)),
  extraColumns,
  specs: creatorSpecs,
  columns: [
    'name',
    'status',
    'platforms',
    'totalFollowers',
    'engagementRate',
    'figuresAt',
    'contractState',
    'brandIds',
    'ownerId',
  ],
  looks,
  filters: rosterFilters,
  filterWords: rosterFilterWords,
  sort: 'name',
  exportPath: '/creators/export.csv',
};

const agencyOnly = ['commissionPercent', 'contractState', 'brandIds'];
const isShared = ({ name }: FieldDefinition) => !agencyOnly.includes(name);

const clientList: ListLook = {
  ...agencyList,
  fields: agencyList.fields.filter(isShared),
  extraColumns: extraColumns.filter(isShared),
  columns: agencyList.columns.filter((name) => !agencyOnly.includes(name)),
};
