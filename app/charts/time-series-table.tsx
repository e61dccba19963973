import { formatDay, formatMeasure } from '../lib/format.ts';
import { Table } from '../ui/table.tsx';
import { isProvisional, type TimeSeries } from './series.ts';

/** The chart's figures as a table: what is there first, what a screen reader reads, what can be copied. */
export function TimeSeriesTable({ title, data }: { title: string; data: TimeSeries }) {
  return (
    <Table label={`${title}: figures`}>
      <thead>
        <tr>
          <th scope="col">Day</th>
          {data.series.map(({ id, label }) => (
            <th key={id} scope="col" className="end">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.days.map((day, index) => (
          <tr key={day}>
            <th scope="row">
              <time dateTime={day}>{formatDay(day)}</time>
              {isProvisional(day, data) && (
                <span className="pl-2 text-sm font-normal text-subtle">settling</span>
              )}
            </th>
            {data.series.map(({ id, values, measure, hrefOf }) => (
              <td key={id} className="end">
                {hrefOf ? (
                  <a href={hrefOf(day)} data-figure={id} className="figure-link">
                    {formatMeasure(values[index], measure)}
                  </a>
                ) : (
                  formatMeasure(values[index], measure)
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
