import { useMemo } from 'react';
import type { Company } from '../../../server/domain/companies/schema.ts';
import { formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { type DataColumn, DataTable } from '../../table/data-table.tsx';
import type { Selection } from '../../table/selection-cells.tsx';
import { type Sort, sortHref } from '../../table/sort.ts';
import { companySizeLabels, companyTypeLabels } from './labels.ts';

/** What the table shows of a company. A page carries its data twice, as HTML and as data, so it carries no more. */
export type CompanyLine = Pick<
  Company,
  'id' | 'name' | 'type' | 'industry' | 'size' | 'country' | 'ownerId' | 'updatedAt'
>;

export function toCompanyLine(company: Company): CompanyLine {
  const { id, name, type, industry, size, country, ownerId, updatedAt } = company;
  return { id, name, type, industry, size, country, ownerId, updatedAt };
}

export interface CompanyTableProps {
  companies: readonly CompanyLine[];
  /** User id to name. */
  owners: Readonly<Record<string, string>>;
  url: URL;
  sort: Sort | null;
  now: string;
  selection?: Selection | undefined;
}

export function CompanyTable({ companies, owners, url, sort, now, selection }: CompanyTableProps) {
  const columns = useMemo(() => columnsOf(owners, now), [owners, now]);
  return (
    <DataTable
      label="Companies"
      columns={columns}
      rows={companies}
      rowId={(company) => company.id}
      rowName={(company) => company.name}
      rowHref={(company) => paths.company(company.id)}
      sort={sort}
      hrefForSort={(next) => sortHref(url, next)}
      {...(selection && { selection })}
    />
  );
}

function columnsOf(owners: Readonly<Record<string, string>>, now: string): DataColumn<CompanyLine>[] {
  return [
    { id: 'name', header: 'Name', cell: (company) => company.name, sortKey: 'name' },
    { id: 'type', header: 'Type', cell: (company) => companyTypeLabels[company.type] },
    { id: 'industry', header: 'Industry', cell: (company) => company.industry ?? '—' },
    { id: 'size', header: 'Size', cell: (company) => (company.size ? companySizeLabels[company.size] : '—') },
    { id: 'country', header: 'Country', cell: (company) => company.country ?? '—' },
    { id: 'owner', header: 'Owner', cell: (company) => (company.ownerId && owners[company.ownerId]) || '—' },
    {
      id: 'updated',
      header: 'Changed',
      className: 'end quiet',
      cell: (company) => formatRelative(company.updatedAt, now),
      sortKey: 'updatedAt',
      firstDirection: 'desc',
    },
  ];
}
