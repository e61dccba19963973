import { Form, useNavigation } from '@remix-run/react';
import type { Deliverable } from '../../../server/domain/campaign-creators/schema.ts';
import type { ContentMatch, CreatorContent } from '../../../server/domain/creator-contents/schema.ts';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import { formatDate, formatDateIn } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { contentTypeLabels, matchLabels, matchReason, matchTones } from './labels.ts';

/** A campaign that a piece's creator works on. */
export interface WorkedOn {
  campaignId: string;
  campaignName: string;
  deliverables: readonly Deliverable[];
}

export interface MatchPanelProps {
  content: CreatorContent;
  campaigns: readonly WorkedOn[];
  canDecide: boolean;
  timeZone: string;
}

/** Which campaigns a piece is for or may be, what it was recognised by, and the decision about each. */
export function MatchPanel({ content, campaigns, canDecide, timeZone }: MatchPanelProps) {
  const { matches } = content;
  return (
    <Panel title="Campaigns">
      <div className="grid gap-4">
        {matches.length === 0 && (
          <p className="text-muted">
            Nothing in it points to a campaign of its creator: no hashtag, mention or link of one within its
            days.
          </p>
        )}
        {matches.length > 0 && (
          <ul className="grid gap-4">
            {matches.map((match) => (
              <MatchItem
                key={match.campaignContentId}
                match={match}
                deliverables={deliverablesOf(campaigns, match)}
                canDecide={canDecide}
                timeZone={timeZone}
              />
            ))}
          </ul>
        )}
        {canDecide && <AttachForm content={content} campaigns={campaigns} />}
      </div>
    </Panel>
  );
}

function deliverablesOf(campaigns: readonly WorkedOn[], match: ContentMatch): readonly Deliverable[] {
  return campaigns.find(({ campaignId }) => campaignId === match.campaignId)?.deliverables ?? [];
}

interface MatchItemProps {
  match: ContentMatch;
  deliverables: readonly Deliverable[];
  canDecide: boolean;
  timeZone: string;
}

function MatchItem({ match, deliverables, canDecide, timeZone }: MatchItemProps) {
  const { campaignId, campaignName, state, reasons, decidedByName, decidedAt } = match;
  return (
    <li className="grid gap-2 border-b border-line pb-4 last:border-0 last:pb-0">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <a className="link min-w-0 font-medium break-words" href={paths.campaignContent(campaignId)}>
          {campaignName}
        </a>
        <StatusDot tone={matchTones[state]}>{matchLabels[state]}</StatusDot>
      </p>
      <p className="text-sm text-muted">
        Recognised by {reasons.map(matchReason).join(', ')}.
        {decidedAt !== null &&
          ` Decided by ${decidedByName ?? 'somebody who left'}, ${formatDateIn(decidedAt, timeZone)}.`}
      </p>
      {canDecide && <Decision match={match} deliverables={deliverables} />}
    </li>
  );
}

function Decision({ match, deliverables }: Pick<MatchItemProps, 'match' | 'deliverables'>) {
  const { campaignContentId, campaignName, state, version } = match;
  const { formData } = useNavigation();
  const isPending = formData?.get('campaignContentId') === campaignContentId;
  const send = (intent: string, label: string, variant?: 'primary') => (
    <Button
      type="submit"
      name="intent"
      value={intent}
      size="small"
      isPending={isPending}
      aria-label={`${label}: ${campaignName}`}
      {...(variant && { variant })}
    >
      {label}
    </Button>
  );
  return (
    <Form method="post" preventScrollReset className="flex flex-wrap items-end gap-2">
      <input type="hidden" name="campaignContentId" value={campaignContentId} />
      <input type="hidden" name="expectedVersion" value={version} />
      {deliverables.length > 0 && state !== 'REJECTED' && (
        <DeliverableSelect match={match} deliverables={deliverables} />
      )}
      {state === 'CONFIRMED'
        ? deliverables.length > 0 && send('move', 'Save deliverable')
        : send('confirm', 'Confirm', 'primary')}
      {state !== 'REJECTED' && send('reject', 'Not related')}
    </Form>
  );
}

function DeliverableSelect({ match, deliverables }: Pick<MatchItemProps, 'match' | 'deliverables'>) {
  return (
    <Field
      name="campaignDeliverableId"
      id={`deliverable-${match.campaignContentId}`}
      label="Delivers"
      hidesOptional
    >
      {(control) => (
        <Select
          key={match.campaignDeliverableId}
          {...control}
          emptyLabel="The first that it fits"
          options={deliverables.map(({ id, platform, type, count, dueOn }) => ({
            value: id,
            label: `${count} × ${contentTypeLabels[type]}, ${platformLabels[platform]}${dueOn ? `, due ${formatDate(dueOn)}` : ''}`,
          }))}
          defaultValue={match.campaignDeliverableId ?? ''}
        />
      )}
    </Field>
  );
}

/** Adding by hand counts at once: whoever adds it has decided. */
function AttachForm({ content, campaigns }: Pick<MatchPanelProps, 'content' | 'campaigns'>) {
  const known = new Set(content.matches.map(({ campaignId }) => campaignId));
  const open = campaigns.filter(({ campaignId }) => !known.has(campaignId));
  if (open.length === 0) return null;
  return (
    <details>
      <summary className="link">Add to a campaign by hand</summary>
      <Form method="post" preventScrollReset className="flex flex-wrap items-end gap-2 pt-3">
        <input type="hidden" name="creatorContentId" value={content.id} />
        <Field name="campaignId" label="Campaign" required>
          {(control) => (
            <Select
              {...control}
              emptyLabel={`Choose one that ${content.creatorName} works on`}
              options={open.map(({ campaignId, campaignName }) => ({
                value: campaignId,
                label: campaignName,
              }))}
              defaultValue=""
            />
          )}
        </Field>
        <Button type="submit" name="intent" value="attach">
          Add and confirm
        </Button>
      </Form>
    </details>
  );
}
