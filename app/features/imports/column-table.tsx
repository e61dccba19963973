import type { Import, MappingGuide, Preview } from '../../../server/domain/imports/schema.ts';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';

export interface ColumnTableProps {
  mapping: NonNullable<Import['mapping']>;
  /** The file's own columns; empty where they were never understood. */
  header: readonly string[];
  /** Field name to label, of the file's kind. */
  labels: Readonly<Record<string, string>>;
  /** Null once the file is gone. */
  preview: Preview | null;
}

/** Each column of the file, what it becomes, and one of its cells. */
export function ColumnTable({ mapping, header, labels, preview }: ColumnTableProps) {
  if (header.length === 0) return null;
  return (
    <Panel title="Columns" padded={false}>
      <Table label="Columns">
        <thead>
          <tr>
            <th scope="col">In the file</th>
            <th scope="col">Becomes</th>
            {preview && <th scope="col">For example</th>}
          </tr>
        </thead>
        <tbody>
          {header.map((column, index) => (
            <tr key={`${index}:${column}`}>
              <th scope="row" className="clip">
                {column}
              </th>
              <td>{wordsOf(mapping.columns[column], labels)}</td>
              {preview && <td className="clip quiet">{sampleOf(preview, column)}</td>}
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function wordsOf(target: string | string[] | null | undefined, labels: ColumnTableProps['labels']): string {
  if (!target) return 'Left out';
  const words = (Array.isArray(target) ? target : [target]).map((field) =>
    field.startsWith('custom:') ? `Custom field ${field.slice('custom:'.length)}` : (labels[field] ?? field),
  );
  return words.join(' and ');
}

function sampleOf({ header, samples }: Preview, column: string): string {
  const index = header.indexOf(column);
  return samples.map((cells) => cells[index] ?? '').find((cell) => cell !== '') ?? '—';
}

/** Field name to label, for one kind of file. */
export function fieldLabels(guide: MappingGuide, kind: Import['kind']): Record<string, string> {
  const fields = guide.kinds.find((known) => known.kind === kind)?.fields ?? [];
  return Object.fromEntries(fields.map(({ field, label }) => [field, label]));
}
