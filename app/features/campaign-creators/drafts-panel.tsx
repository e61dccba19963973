import { Form, useNavigation } from '@remix-run/react';
import type { DeliverableReview } from '../../../server/domain/campaign-creators/delivery-schema.ts';
import type { CampaignCreator } from '../../../server/domain/campaign-creators/schema.ts';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { formatCount, formatDateTime } from '../../lib/format.ts';
import { useEmptied } from '../../lib/use-emptied.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { contentTypeLabels } from '../creator-contents/labels.ts';
import { reviewLabels, reviewTones, roundWords } from './draft-words.ts';

type Deliverable = CampaignCreator['deliverables'][number];

export interface DraftsPanelProps {
  deliverables: readonly Deliverable[];
  reviews: readonly DeliverableReview[];
  canWrite: boolean;
  failureOf: (intent: string, id?: string) => FormFailure | null;
  timeZone: string;
}

/** The drafts of each deliverable: what came, what was said of it, and how many rounds of changes that took. */
export function DraftsPanel({ deliverables, reviews, ...shown }: DraftsPanelProps) {
  return (
    <Panel title="Drafts" description="A round of changes is each time that changes are asked for.">
      {deliverables.length === 0 ? (
        <p className="text-muted">
          Nothing is owed yet: say which deliverables above, and their drafts go here.
        </p>
      ) : (
        <div className="grid gap-4">
          {deliverables.map((one) => (
            <DraftItem
              key={one.id}
              deliverable={one}
              reviews={reviews.filter(({ campaignDeliverableId }) => campaignDeliverableId === one.id)}
              {...shown}
            />
          ))}
        </div>
      )}
    </Panel>
  );
}

type ItemProps = Omit<DraftsPanelProps, 'deliverables'> & { deliverable: Deliverable };

function DraftItem({ deliverable, reviews, canWrite, failureOf, timeZone }: ItemProps) {
  const { id, platform, type, count, drafts } = deliverable;
  const name = `${formatCount(count)} × ${contentTypeLabels[type]}, ${platformLabels[platform]}`;
  const failure = ['submit-draft', 'request-changes', 'approve-draft']
    .map((intent) => failureOf(intent, id))
    .find((one) => one !== null);
  const last = drafts?.last ?? null;
  return (
    <section
      aria-label={`Drafts of ${name}`}
      className="grid gap-2 border-t border-line pt-3 first:border-0 first:pt-0"
    >
      <p className="flex flex-wrap items-center gap-x-3">
        <span className="font-medium">{name}</span>
        {last ? (
          <StatusDot tone={reviewTones[last]}>{reviewLabels[last]}</StatusDot>
        ) : (
          <span>No draft yet</span>
        )}
        <span className={drafts?.isOverRounds ? 'text-warning-ink' : 'text-muted'}>
          {roundWords(deliverable)}
        </span>
      </p>
      {reviews.length > 0 && (
        <ul className="grid gap-1">
          {reviews.map((review) => (
            <ReviewLine key={review.id} review={review} timeZone={timeZone} />
          ))}
        </ul>
      )}
      {failure && (
        <p role="alert" className="text-danger-ink">
          {failure.message}
        </p>
      )}
      {canWrite && <DraftForm {...{ id, name, last }} kept={reviews.length} values={failure?.values ?? {}} />}
    </section>
  );
}

function ReviewLine({ review, timeZone }: { review: DeliverableReview; timeZone: string }) {
  const { kind, round, note, url, createdByName, createdAt } = review;
  return (
    <li className="break-words">
      {reviewLabels[kind]} ({formatCount(round)}){note ? `: ${note} ` : ' '}
      {url && (
        <a className="link underline" href={url} rel="noreferrer">
          Look at draft {formatCount(round)}
        </a>
      )}{' '}
      <span className="text-sm text-muted">
        {formatDateTime(createdAt, timeZone)}
        {createdByName ? `, ${createdByName}` : ''}
      </span>
    </li>
  );
}

interface DraftFormProps {
  id: string;
  name: string;
  last: DeliverableReview['kind'] | null;
  /** How many steps were kept so far: what was typed went with the last. */
  kept: number;
  /** What was typed where it was refused. */
  values: Readonly<Record<string, string>>;
}

function DraftForm({ id, name, last, kept, values }: DraftFormProps) {
  const form = useEmptied(kept);
  const isPending = useNavigation().formData?.get('campaignDeliverableId') === id;
  const button = (intent: string, label: string) => (
    <Button
      type="submit"
      name="intent"
      value={intent}
      size="small"
      isPending={isPending}
      aria-label={`${label}: ${name}`}
    >
      {label}
    </Button>
  );
  return (
    <Form ref={form} method="post" preventScrollReset className="grid gap-2 sm:grid-cols-2">
      <input type="hidden" name="campaignDeliverableId" value={id} />
      <Field name="url" id={`draft-url-${id}`} label="Address of the draft">
        {(control) => <Input {...control} type="url" autoComplete="off" defaultValue={values.url} />}
      </Field>
      <Field name="note" id={`draft-note-${id}`} label="Note">
        {(control) => <Input {...control} maxLength={5000} autoComplete="off" defaultValue={values.note} />}
      </Field>
      <div className="flex flex-wrap gap-2 sm:col-span-2">
        {button('submit-draft', 'A draft came')}
        {last !== null && last !== 'CHANGES_REQUESTED' && button('request-changes', 'Ask for changes')}
        {last !== null && last !== 'APPROVED' && button('approve-draft', 'Approve the draft')}
      </div>
    </Form>
  );
}
