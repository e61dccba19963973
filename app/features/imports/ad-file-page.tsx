import { Form } from '@remix-run/react';
import type { FormFailure } from '../../bridge/forms.server.ts';
import type { AdFile, AdFileGuide, Import } from '../../../server/domain/imports/schema.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { AdChange, AdColumns, AdFileReading, AdTotals } from './ad-file-facts.tsx';
import { AdAccountFields, adFileValues, AdReadingFields } from './ad-file-fields.tsx';
import { ImportNotes } from './import-facts.tsx';

export interface AdFilePageProps {
  record: Import;
  file: AdFile;
  guide: AdFileGuide;
  brands: readonly { id: string; name: string }[];
  by: string | null;
  /** Whether the file may be read another way: by whom, and before anything is written. */
  mayRecheck: boolean;
  failure: FormFailure | undefined;
}

/** An import of ad figures below its state: the file's totals, what they change, and how it was read. */
export function AdFilePage({ record, file, guide, brands, by, mayRecheck, failure }: AdFilePageProps) {
  const { report } = file;
  const values = failure?.values ?? adFileValues(file.settings);
  const fields = { guide, brands, values, errors: failure?.fields };
  return (
    <>
      {report && <AdTotals report={report} />}
      {report && <AdChange record={record} report={report} />}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid gap-4">
          <AdFileReading record={record} file={file} by={by} />
          <ImportNotes notes={record.notes} />
        </div>
        {report && <AdColumns report={report} />}
      </div>
      {mayRecheck && (
        <Panel
          title="Account, and how it is read"
          description="The file is checked again; nothing is written."
        >
          <Form method="post" className="grid max-w-160 gap-6" preventScrollReset>
            <AdAccountFields {...fields} />
            <AdReadingFields {...fields} isNeeded={record.status === 'FAILED'} />
            <div>
              <Button type="submit" name="intent" value="recheck-ad-file">
                Check again
              </Button>
            </div>
          </Form>
        </Panel>
      )}
    </>
  );
}
