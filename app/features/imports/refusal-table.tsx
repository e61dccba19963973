import type { Refusal } from '../../../server/domain/imports/schema.ts';
import { formatCount } from '../../lib/format.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';

export interface RefusalTableProps {
  header: readonly string[];
  refusals: readonly Refusal[];
  total: number;
  fileHref: string;
  nextHref: string | null;
}

/** Rows that do not come in, with why. The file holds them all, to be corrected and imported again. */
export function RefusalTable({ header, refusals, total, fileHref, nextHref }: RefusalTableProps) {
  if (refusals.length === 0) return null;
  return (
    <Panel
      title="Refused rows"
      description={`${formatCount(total)} ${total === 1 ? 'row does' : 'rows do'} not come in.`}
      padded={false}
      actions={
        <LinkButton size="small" href={fileHref} download>
          Download them
        </LinkButton>
      }
    >
      <Table label="Refused rows">
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Why</th>
            {header.map((name, index) => (
              <th key={`${index}:${name}`} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {refusals.map(({ line, reasons, cells }) => (
            <tr key={line}>
              <th scope="row">{formatCount(line)}</th>
              <td className="wrap">{reasons.join(' ')}</td>
              {header.map((name, index) => (
                <td key={`${index}:${name}`} className="clip quiet">
                  {cells[index] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      {nextHref && (
        <p className="border-t border-line px-4 py-2.5">
          <a className="link" href={nextHref} rel="next">
            Next refused rows
          </a>
        </p>
      )}
    </Panel>
  );
}
