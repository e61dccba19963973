import { Form, useNavigation } from '@remix-run/react';
import type { MergePreview } from '../../../server/domain/merges/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { PageBody, PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { type CustomFieldWords, customSpecs } from '../records/field-specs.ts';
import type { RecordNounWords } from '../records/record-noun.ts';
import { useAccount } from '../shell/use-account.ts';
import { ChooseMerged, type ChooseMergedProps, MergeDone, MovesLine } from './merge-parts.tsx';
import { MergeSides } from './merge-sides.tsx';
import { MergeTable } from './merge-table.tsx';
import { begun, sideNames } from './side-names.ts';

export interface MergePageProps {
  words: RecordNounWords;
  /** The address of this page for a record and the one to merge into it. */
  mergeHrefOf: (recordId: string, mergeId?: string) => string;
  data: ChooseMergedProps & {
    preview: MergePreview | null;
    done: { mergeId: string; mergedName: string } | null;
    customFields: readonly CustomFieldWords[];
  };
  failure: FormFailure | undefined;
}

/** Merging two records: whom, then field by field, then what was done. */
export function MergePage({ words, mergeHrefOf, data, failure }: MergePageProps) {
  const { record, preview, done } = data;
  return (
    <>
      <PageHeader
        title="Merge"
        crumbs={[
          { label: words.many, href: words.listHref },
          { label: record.name, href: words.hrefOf(record.id) },
        ]}
      />
      <PageBody>
        <FormErrorSummary formError={failure?.message} />
        {done && <MergeDone noun={data.noun} record={record} done={done} />}
        {preview ? (
          <MergeForm words={words} mergeHrefOf={mergeHrefOf} preview={preview} data={data} />
        ) : (
          <ChooseMerged {...data} />
        )}
      </PageBody>
    </>
  );
}

type MergeFormProps = Pick<MergePageProps, 'words' | 'mergeHrefOf' | 'data'> & { preview: MergePreview };

function MergeForm({ words, mergeHrefOf, preview, data }: MergeFormProps) {
  const isPending = useNavigation().state !== 'idle';
  const { timeZone } = useAccount().current.organization;
  const { kept, merged, moves } = preview;
  const names = sideNames(preview, timeZone);
  const specs = { ...words.specs, ...customSpecs(data.customFields) };
  return (
    <Form method="post" className="grid max-w-280 gap-4">
      <input type="hidden" name="mergeId" value={merged.id} />
      <input type="hidden" name="keptVersion" value={kept.version} />
      <input type="hidden" name="mergedVersion" value={merged.version} />
      <Panel
        title={
          names.kept === kept.name ? `${merged.name} into ${kept.name}` : `Two records called ${kept.name}`
        }
        description={`${begun(names.kept)} stays. ${begun(names.merged)} becomes a part of it, and its address leads there.`}
        padded={false}
      >
        <MergeSides
          preview={preview}
          specs={specs}
          timeZone={timeZone}
          hrefOf={words.hrefOf}
          swapHref={mergeHrefOf(merged.id, kept.id)}
        />
        {/* Other records are another table: its choices begin anew. */}
        <MergeTable
          key={`${kept.id} ${merged.id}`}
          preview={preview}
          specs={specs}
          timeZone={timeZone}
          names={names}
        />
      </Panel>
      <MovesLine moves={moves} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" name="intent" value="merge" variant="primary" isPending={isPending}>
          Merge
        </Button>
        <LinkButton href={words.hrefOf(kept.id)}>Cancel</LinkButton>
      </div>
    </Form>
  );
}
