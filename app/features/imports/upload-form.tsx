import { Form, useNavigation } from '@remix-run/react';
import type { FormFailure } from '../../bridge/forms.server.ts';
import type { ImportKind } from '../../../server/domain/imports/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Select } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { importKindLabels } from './labels.ts';
import { ReadingFields } from './reading-fields.tsx';

export interface UploadFormProps {
  /** The mappings that are known already, by name. */
  mappings: readonly { name: string; kind: ImportKind }[];
  brands: readonly { id: string; name: string }[];
  encodings: readonly string[];
  /** What the address says that the file holds. */
  initialKind: string;
  failure: FormFailure | undefined;
}

// Ad figures have a form of their own.
const { 'ad-metrics': _adFigures, ...recordKinds } = importKindLabels;
const kinds = Object.entries(recordKinds).map(([value, label]) => ({ value, label }));

const creatorsHint =
  'A row is a creator, with columns by network (Instagram handle, TikTok followers), or an account, with its network in a column Platform. Counts such as 13.8M, rates such as 3.4% and profile links are read as they are; people are found by email, external id or handle before anybody is made.';

/** A file, what it holds, and how its columns are read. A plain multipart form. */
export function UploadForm({ mappings, brands, encodings, initialKind, failure }: UploadFormProps) {
  const isPending = useNavigation().state !== 'idle';
  const errors = failure?.fields;
  const values = failure?.values ?? {};
  return (
    <Form method="post" encType="multipart/form-data" className="grid max-w-160 gap-4">
      <FormErrorSummary formError={failure?.message} />
      <Panel title="File">
        <div className="grid gap-4">
          <Field name="file" label="CSV file" required error={errors?.file}>
            {(control) => (
              <FileDrop
                {...control}
                accept=".csv,.tsv,.txt,text/csv"
                prompt="Drop a CSV file here, or choose one"
                limits="Up to 20 MB, with the names of the columns in its first row"
              />
            )}
          </Field>
          <Field
            name="kind"
            label="What the rows are"
            error={errors?.kind}
            {...(initialKind === 'creators' && { hint: creatorsHint })}
          >
            {(control) => (
              <Select
                {...control}
                emptyLabel="Known files tell it themselves"
                options={kinds}
                defaultValue={values.kind ?? initialKind}
              />
            )}
          </Field>
        </div>
      </Panel>
      <Panel title="Columns" description="Columns are matched to fields by their names unless you say how.">
        <div className="grid gap-4">
          <Field name="mapping" label="Known file" error={errors?.mapping}>
            {(control) => (
              <Select
                {...control}
                emptyLabel="Match by name"
                options={mappings.map(({ name, kind }) => ({
                  value: name,
                  label: `${name} (${importKindLabels[kind].toLowerCase()})`,
                }))}
                defaultValue={values.mapping ?? ''}
              />
            )}
          </Field>
          <Field
            name="mappingFile"
            label="Mapping file"
            hint="A JSON file that names the columns, words and aliases of yours."
            error={errors?.mappingFile}
          >
            {(control) => (
              <input {...control} type="file" accept=".json,application/json" className="file-input" />
            )}
          </Field>
        </div>
      </Panel>
      <Panel title="Dates, amounts and letters">
        <ReadingFields values={values} errors={errors} brands={brands} encodings={encodings} />
      </Panel>
      <div className="flex items-center gap-2">
        <Button type="submit" variant="primary" isPending={isPending}>
          Check the file
        </Button>
        <LinkButton href={paths.imports()}>Cancel</LinkButton>
        <p className="text-muted" role="status">
          {isPending ? 'Reading every row…' : 'Nothing is written yet.'}
        </p>
      </div>
    </Form>
  );
}
