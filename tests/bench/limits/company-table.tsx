import type { Row } from './together.ts';

/** What the product's list shows of a company. */
export interface CompanyLine {
  id: string;
  name: string;
  type: string;
  industry: string;
  size: string;
  country: string;
  owner: string;
  updated: string;
}

export function toLine(row: Row): CompanyLine {
  const text = (name: string) => (typeof row[name] === 'string' ? row[name] : '—');
  return {
    id: text('id'),
    name: text('name'),
    type: text('type'),
    industry: text('industry'),
    size: text('size'),
    country: text('country'),
    owner: text('owner_id'),
    updated: row.updated_at instanceof Date ? row.updated_at.toISOString().slice(0, 10) : '—',
  };
}

/** The product's table of companies as plain elements: the same columns, links and text, and nothing around it. */
export function CompanyTable({ companies }: { companies: readonly CompanyLine[] }) {
  return (
    <table>
      <thead>
        <tr>
          {['Name', 'Type', 'Industry', 'Size', 'Country', 'Owner', 'Changed'].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {companies.map(({ id, name, type, industry, size, country, owner, updated }) => (
          <tr key={id}>
            <th scope="row">
              <a href={`/companies/${id}`} data-row-link="">
                {name}
              </a>
            </th>
            <td>{type}</td>
            <td>{industry}</td>
            <td>{size}</td>
            <td>{country}</td>
            <td>{owner}</td>
            <td className="end quiet">{updated}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
