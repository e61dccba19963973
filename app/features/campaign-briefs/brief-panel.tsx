import { Form, useNavigation } from '@remix-run/react';
import type { BriefDraft, CampaignBrief, SentBrief } from '../../../server/domain/campaign-briefs/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useEmptied } from '../../lib/use-emptied.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Checkbox, Input, Select, Textarea } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { BriefTermsView } from './brief-terms.tsx';
import { answerLabels, briefStateLabels, briefStateTones } from './labels.ts';
import { mailHref } from './mail-href.ts';

export interface BriefPanelProps {
  briefs: readonly CampaignBrief[];
  /** What a new brief begins with; null for who may send none. */
  draft: BriefDraft | null;
  /** Of the form that was sent; `of` says which. */
  failureOf: (intent: string, id?: string) => FormFailure | null;
  sent: SentBrief | null;
  timeZone: string;
}

/** The briefs of one creator's work with their answers, and the form that sends the next. */
export function BriefPanel({ briefs, draft, failureOf, sent, timeZone }: BriefPanelProps) {
  return (
    <Panel
      title="Briefs"
      description="What was asked and answered. A link works for 14 days; a new brief withdraws one that waits."
    >
      <div className="grid gap-4">
        {sent && <SentCallout sent={sent} />}
        {briefs.length === 0 && <p className="text-muted">No brief was sent yet.</p>}
        {briefs.map((brief) => (
          <BriefItem
            key={brief.id}
            brief={brief}
            timeZone={timeZone}
            canWrite={draft !== null}
            failure={failureOf('record-answer', brief.id) ?? failureOf('withdraw-brief', brief.id)}
          />
        ))}
        {draft && <SendForm draft={draft} failure={failureOf('send-brief')} isOpen={briefs.length === 0} />}
      </div>
    </Panel>
  );
}

function SentCallout({ sent: { brief, briefUrl, recipient } }: { sent: SentBrief }) {
  return (
    <Callout
      isAnswer
      tone="success"
      title="The brief is ready: send its link"
      actions={<CopyButton value={briefUrl} label="Copy the link" />}
    >
      <p>It is shown this once. Nothing is mailed by itself.</p>
      <p className="break-all">{briefUrl}</p>
      <a className="link" href={mailHref({ recipient, brief, briefUrl })}>
        Write the mail{recipient ? '' : ' (no address is known)'}
      </a>
    </Callout>
  );
}

interface BriefItemProps {
  brief: CampaignBrief;
  timeZone: string;
  canWrite: boolean;
  failure: FormFailure | null;
}

function BriefItem({ brief, timeZone, canWrite, failure }: BriefItemProps) {
  const { number, subject, state, sentAt, sentByName, openedAt, answers } = brief;
  return (
    <article className="grid gap-2 border-t border-line pt-3 first:border-0 first:pt-0">
      <header className="flex flex-wrap items-center gap-x-3">
        <h3 className="font-medium">
          {number}. {subject}
        </h3>
        <StatusDot tone={briefStateTones[state]}>{briefStateLabels[state]}</StatusDot>
      </header>
      <p className="text-sm text-muted">
        Sent {formatDateTime(sentAt, timeZone)}
        {sentByName ? ` by ${sentByName}` : ''}
        {openedAt ? `, opened ${formatDateTime(openedAt, timeZone)}` : ', not opened yet'}
      </p>
      {answers.map((one) => (
        <p key={one.id} className="break-words whitespace-pre-wrap">
          <span className="font-medium">{answerLabels[one.answer]}</span>
          {one.note ? `: ${one.note}` : ''}{' '}
          <span className="text-sm text-muted">
            {formatDateTime(one.answeredAt, timeZone)}
            {one.recordedByName ? `, written down by ${one.recordedByName}` : ', by the link'}
          </span>
        </p>
      ))}
      <details>
        <summary className="link">What was sent</summary>
        <div className="grid gap-3 pt-2">
          <p className="break-words whitespace-pre-wrap">{brief.body}</p>
          <BriefTermsView terms={brief.terms} />
        </div>
      </details>
      {failure && (
        <p role="alert" className="text-danger-ink">
          {failure.message}
        </p>
      )}
      {canWrite && (state === 'OPEN' || state === 'EXPIRED') && <BriefActions brief={brief} />}
    </article>
  );
}

function BriefActions({ brief: { id, number, state, answers } }: { brief: CampaignBrief }) {
  const form = useEmptied(answers.length);
  const isPending = useNavigation().state !== 'idle';
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Form ref={form} method="post" preventScrollReset className="flex min-w-0 flex-wrap items-end gap-2">
        <input type="hidden" name="campaignBriefId" value={id} />
        <Field name="answer" id={`answer-${id}`} label="Answered elsewhere" hidesOptional>
          {(control) => (
            <Select
              {...control}
              options={Object.entries(answerLabels).map(([value, label]) => ({ value, label }))}
            />
          )}
        </Field>
        <Field name="note" id={`note-${id}`} label="Note">
          {(control) => <Input {...control} maxLength={5000} autoComplete="off" />}
        </Field>
        <Button type="submit" name="intent" value="record-answer" isPending={isPending}>
          Write it down
        </Button>
      </Form>
      {state === 'OPEN' && (
        <Form method="post" preventScrollReset>
          <input type="hidden" name="campaignBriefId" value={id} />
          <Button
            type="submit"
            name="intent"
            value="withdraw-brief"
            variant="quiet"
            isPending={isPending}
            aria-label={`Withdraw brief ${number}`}
          >
            Withdraw
          </Button>
        </Form>
      )}
    </div>
  );
}

function SendForm({
  draft,
  failure,
  isOpen,
}: {
  draft: BriefDraft;
  failure: FormFailure | null;
  isOpen: boolean;
}) {
  const isPending = useNavigation().state !== 'idle';
  return (
    <details open={isOpen || failure !== null} className="border-t border-line pt-3">
      <summary className="link">{isOpen ? 'Send a brief' : 'Send another brief'}</summary>
      <Form method="post" preventScrollReset className="grid gap-3 pt-3">
        <FormErrorSummary formError={failure?.message} />
        <Field name="subject" label="Subject" required error={failure?.fields.subject}>
          {(control) => (
            <Input {...control} maxLength={200} defaultValue={failure?.values.subject ?? draft.subject} />
          )}
        </Field>
        <Field name="body" label="Text" required error={failure?.fields.body}>
          {(control) => <Textarea {...control} rows={12} defaultValue={failure?.values.body ?? draft.body} />}
        </Field>
        <p className="text-muted">The link’s page shows these terms below the text, as they stand today:</p>
        <BriefTermsView terms={draft.terms} />
        <Checkbox
          name="showsFee"
          value="true"
          label="Show the fee on the link’s page"
          defaultChecked={failure?.values.showsFee === 'true'}
        />
        <div>
          <Button type="submit" name="intent" value="send-brief" isPending={isPending}>
            Make the brief and its link
          </Button>
        </div>
      </Form>
    </details>
  );
}
