import { Form, useNavigation } from '@remix-run/react';
import type { BriefInvitation } from '../../../server/domain/campaign-briefs/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useEmptied } from '../../lib/use-emptied.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Textarea } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { BriefTermsView } from './brief-terms.tsx';
import { answerLabels } from './labels.ts';

export interface BriefPageProps {
  invitation: BriefInvitation;
  failure: FormFailure | undefined;
}

/** What a creator reads and decides on who was sent a brief: no account, no script needed. */
export function BriefPage({ invitation, failure }: BriefPageProps) {
  const { agencyName, askedBy, subject, body, terms, closed, answers, expiresAt, timeZone } = invitation;
  return (
    <main className="mx-auto grid w-full max-w-160 gap-5 px-4 py-8">
      <header className="grid gap-1">
        <p className="text-muted">
          {askedBy ? `${askedBy}, ${agencyName}` : agencyName} to {invitation.creatorName}
        </p>
        <h1 className="text-lg font-semibold tracking-tight text-balance">{subject}</h1>
      </header>
      <p className="break-words whitespace-pre-wrap">{body}</p>
      <Panel title="What is asked" description={`For ${invitation.campaignName}`}>
        <BriefTermsView terms={terms} />
      </Panel>
      {answers.length > 0 && <OwnAnswers answers={answers} timeZone={timeZone} />}
      {closed ? (
        <>
          <FormErrorSummary formError={failure?.message} />
          <Callout tone="info" title={closed}>
            If something changed, write to {askedBy ?? agencyName}.
          </Callout>
        </>
      ) : (
        <AnswerForm failure={failure} kept={answers.length} />
      )}
      <p className="text-sm text-pretty text-muted">
        This link is yours
        {expiresAt ? ` until ${formatDateTime(expiresAt, timeZone)} (${timeZone.replaceAll('_', ' ')})` : ''}.
        If you did not expect it, close this page: nothing happens.
      </p>
    </main>
  );
}

function OwnAnswers({ answers, timeZone }: Pick<BriefInvitation, 'answers' | 'timeZone'>) {
  return (
    <Panel title="What you answered">
      <ul className="grid gap-2">
        {answers.map(({ answer, note, answeredAt }) => (
          <li key={`${answeredAt} ${answer}`} className="min-w-0">
            <span className="font-medium">{answerLabels[answer]}</span>{' '}
            <span className="text-sm text-muted">{formatDateTime(answeredAt, timeZone)}</span>
            {note && <p className="break-words whitespace-pre-wrap">{note}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function AnswerForm({ failure, kept }: { failure: FormFailure | undefined; kept: number }) {
  const isPending = useNavigation().state !== 'idle';
  const form = useEmptied(kept);
  return (
    <Form ref={form} method="post" className="grid gap-4">
      <FormErrorSummary formError={failure?.message} />
      <Field
        name="note"
        label="Note or question"
        error={failure?.fields.note}
        hint="The people who sent you this read it."
      >
        {(control) => (
          <Textarea {...control} rows={4} maxLength={5000} defaultValue={failure?.values.note ?? ''} />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" name="answer" value="ACCEPTED" variant="primary" isPending={isPending}>
          Accept
        </Button>
        <Button type="submit" name="answer" value="DECLINED" isPending={isPending}>
          Decline
        </Button>
        <Button type="submit" name="answer" value="QUESTION" variant="quiet" isPending={isPending}>
          Ask, and decide later
        </Button>
      </div>
    </Form>
  );
}
