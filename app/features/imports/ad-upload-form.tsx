import { Form, useNavigation } from '@remix-run/react';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { paths } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Panel } from '../../ui/panel.tsx';
import { AdAccountFields, type AdFileFieldsProps, AdReadingFields } from './ad-file-fields.tsx';

export interface AdUploadFormProps extends Pick<AdFileFieldsProps, 'guide' | 'brands'> {
  failure: FormFailure | undefined;
}

/** A report of an ad manager, whose figures it holds, and how it is read. A plain multipart form. */
export function AdUploadForm({ guide, brands, failure }: AdUploadFormProps) {
  const isPending = useNavigation().state !== 'idle';
  const errors = failure?.fields;
  const values = failure?.values ?? {};
  return (
    <Form method="post" encType="multipart/form-data" className="grid max-w-160 gap-4">
      <FormErrorSummary formError={failure?.message} />
      <input type="hidden" name="kind" value="ad-metrics" />
      <Panel
        title="Report"
        description="By day and campaign, as the ad manager exports it: with its heading and its totals."
      >
        <Field name="file" label="CSV or XLSX file" required error={errors?.file}>
          {(control) => (
            <FileDrop
              {...control}
              accept=".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              prompt="Drop a report here, or choose one"
              limits="Up to 20 MB. Meta, Google Ads, TikTok, Snapchat, LinkedIn, X, Pinterest, Amazon Ads, DV360"
            />
          )}
        </Field>
      </Panel>
      <Panel title="Ad account" description="It may be said after the file was read, too.">
        <AdAccountFields guide={guide} brands={brands} values={values} errors={errors} />
      </Panel>
      <Panel title="What it replaces">
        <AdReadingFields guide={guide} values={values} errors={errors} />
      </Panel>
      <div className="flex flex-wrap items-center gap-2">
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
