import { Badge, type Tone } from '../../ui/badge.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Table } from '../../ui/table.tsx';
import type { ApiField, ApiOperation } from './api-docs.ts';

const tones: Readonly<Record<ApiOperation['method'], Tone>> = {
  GET: 'info',
  POST: 'success',
  PATCH: 'warning',
  PUT: 'warning',
  DELETE: 'danger',
};

/** One operation: a line that opens into what it takes and answers. */
export function OperationView({ operation }: { operation: ApiOperation }) {
  const { id, method, path, summary, parameters, body, status, answer, example } = operation;
  return (
    <details id={id} className="border-b border-line last:border-b-0">
      <summary className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 hover:bg-hover">
        <span className="w-15 flex-none">
          <Badge tone={tones[method]}>{method}</Badge>
        </span>
        <h3 className="min-w-0 font-mono text-base font-normal break-all">{path}</h3>
        <span className="text-muted">{summary}</span>
      </summary>
      <div className="grid gap-4 border-t border-line-faint p-4">
        <div className="rounded-md border border-line bg-sunken p-3">
          <div className="flex items-start justify-between gap-3">
            <pre className="min-w-0 flex-1 overflow-x-auto font-mono text-sm" {...scrollable}>
              {example}
            </pre>
            <CopyButton value={example} label="Copy" />
          </div>
        </div>
        <Fields title="Parameters" of={`${method} ${path}`} fields={parameters} />
        <Fields title="Body" of={`${method} ${path}`} fields={body} />
        <Fields title={`Answer ${status}`} of={`${method} ${path}`} fields={answer} isAnswer />
      </div>
    </details>
  );
}

// What scrolls must be reachable by keyboard.
const scrollable = { tabIndex: 0 };

interface FieldsProps {
  title: string;
  /** What tells this table from the others of the page. */
  of: string;
  fields: readonly ApiField[];
  isAnswer?: boolean;
}

function Fields({ title, of, fields, isAnswer = false }: FieldsProps) {
  if (fields.length === 0) return null;
  return (
    <div className="[--gutter:0px]">
      <h4 className="pb-1 font-semibold">{title}</h4>
      <Table label={`${title} of ${of}`}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Type</th>
            <th scope="col">Notes</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={`${field.place ?? ''}:${field.name}`}>
              <th scope="row" className="font-mono">
                {field.name}
              </th>
              <td className="wrap">{field.type}</td>
              <td className="wrap quiet">{notesOf(field, isAnswer)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function notesOf({ place, isRequired, description }: ApiField, isAnswer: boolean): string {
  const need = isRequired && !isAnswer ? 'Required.' : '';
  const where = place === 'header' ? 'A header.' : place === 'path' ? 'In the path.' : '';
  return [need, where, description].filter(Boolean).join(' ');
}
