import type { Import, Note } from '../../../server/domain/imports/schema.ts';
import { formatBytes, formatCount } from '../../lib/format.ts';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { Stat, StatRow } from '../../ui/stat.tsx';
import { dateOrderLabels, decimalLabels, delimiterLabels, importKindLabels } from './labels.ts';

/** The counts: what would happen before the import runs, and what did once it has. */
export function ImportCounts({ record }: { record: Import }) {
  const isAhead = record.startedAt === null;
  const stats = [
    ['Rows', record.rowsTotal],
    [isAhead ? 'To create' : 'Created', record.rowsCreated],
    [isAhead ? 'To change' : 'Changed', record.rowsUpdated],
    [isAhead ? 'Stay as they are' : 'Stayed as they were', record.rowsUnchanged],
    ['Refused', record.rowsRefused],
  ] as const;
  return (
    <StatRow>
      {stats.map(([label, value]) => (
        <Stat key={label} label={label} value={formatCount(value)} />
      ))}
    </StatRow>
  );
}

/** What a person should know before rows come in: nothing is ignored, renamed or assumed without saying so. */
export function ImportNotes({ notes }: { notes: readonly Note[] }) {
  if (notes.length === 0) return null;
  return (
    <Panel title="Good to know">
      <ul className="grid gap-1.5">
        {notes.map(({ text, count }) => (
          <li key={text} className="flex justify-between gap-4">
            <span className="min-w-0 break-words">{text}</span>
            {count !== null && (
              <span className="figures whitespace-nowrap text-muted">
                {formatCount(count)} {count === 1 ? 'row' : 'rows'}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface ImportReadingProps {
  record: Import;
  mapping: NonNullable<Import['mapping']>;
  by: string | null;
}

/** How the file is read. */
export function ImportReading({ record, mapping, by }: ImportReadingProps) {
  return (
    <Panel title="File">
      <DetailList
        details={[
          { term: 'Rows are', value: importKindLabels[record.kind] },
          { term: 'Size', value: formatBytes(record.fileBytes) },
          { term: 'Mapping', value: mapping.name ?? 'By the names of the columns' },
          { term: 'Dates', value: dateOrderLabels[mapping.dateOrder] },
          { term: 'Decimals', value: decimalLabels[mapping.decimal] },
          { term: 'Currency', value: mapping.currency ?? null },
          { term: 'Columns', value: mapping.delimiter ? delimiterLabels[mapping.delimiter] : null },
          { term: 'Letters', value: mapping.encoding ?? null },
          { term: 'Uploaded by', value: by },
        ]}
      />
    </Panel>
  );
}
