import { Form } from '@remix-run/react';
import type { FormFailure } from '../../bridge/forms.server.ts';
import type { Import, MappingGuide, Preview } from '../../../server/domain/imports/schema.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ColumnTable } from './column-table.tsx';
import { ImportNotes, ImportReading } from './import-facts.tsx';
import { ReadingFields, readingOf } from './reading-fields.tsx';

export interface RecordImportProps {
  record: Import;
  mapping: NonNullable<Import['mapping']>;
  header: readonly string[];
  labels: Readonly<Record<string, string>>;
  encodings: MappingGuide['encodings'];
  preview: Preview | null;
  brands: readonly { id: string; name: string }[];
  by: string | null;
  mayRecheck: boolean;
  failure: FormFailure | undefined;
}

/** An import of records below its state and counts: its columns, and how it was read. */
export function RecordImport(props: RecordImportProps) {
  const { record, mapping, header, labels, encodings, preview, brands, by, mayRecheck, failure } = props;
  return (
    <>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid gap-4">
          <ImportReading record={record} mapping={mapping} by={by} />
          <ImportNotes notes={record.notes} />
        </div>
        <ColumnTable mapping={mapping} header={header} labels={labels} preview={preview} />
      </div>
      {mayRecheck && (
        <Panel title="Read it another way" description="The file is checked again; nothing is written.">
          <Form method="post" className="grid max-w-160 gap-4" preventScrollReset>
            <ReadingFields
              values={failure?.values ?? readingOf(mapping)}
              errors={failure?.fields}
              brands={brands}
              encodings={encodings}
            />
            <div>
              <Button type="submit" name="intent" value="recheck">
                Check again
              </Button>
            </div>
          </Form>
        </Panel>
      )}
    </>
  );
}
