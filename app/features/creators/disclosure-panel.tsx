import { Form, useNavigation } from '@remix-run/react';
import { X } from 'lucide-react';
import type { DisclosureTerm } from '../../../server/domain/disclosure-terms/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';

export interface DisclosurePanelProps {
  terms: readonly DisclosureTerm[];
  canWrite: boolean;
  failure: FormFailure | undefined;
}

/** The agency's own words of disclosure, beside those that every agency has. */
export function DisclosurePanel({ terms, canWrite, failure }: DisclosurePanelProps) {
  return (
    <Panel
      title="Disclosure words"
      description="A campaign’s post is disclosed where its caption holds one of these, or where the network labels it a paid partnership."
    >
      <div className="grid gap-4">
        <p className="max-w-160 text-pretty">
          #ad, #sponsored, #paidpartnership and their like in other languages (#werbung, #publicité, #إعلان)
          count everywhere. Vague ones (#collab, #sp, #partner) do not: regulators name them as not enough.
          Add what your agency agreed with its clients.
        </p>
        {terms.length === 0 ? (
          <p className="text-muted">No words of your own yet.</p>
        ) : (
          <ul className="flex flex-wrap gap-2" aria-label="Your own words">
            {terms.map((term) => (
              <Term key={term.id} term={term} canWrite={canWrite} />
            ))}
          </ul>
        )}
        {canWrite && <AddTerm key={terms.length} failure={failure} />}
      </div>
    </Panel>
  );
}

function Term({ term: { id, term }, canWrite }: { term: DisclosureTerm; canWrite: boolean }) {
  return (
    <li className="chip">
      <span className="chip-text" dir="auto">
        {term}
      </span>
      {canWrite && (
        <Form method="post" className="flex">
          <input type="hidden" name="disclosureTermId" value={id} />
          <button
            type="submit"
            name="intent"
            value="remove"
            className="chip-remove"
            aria-label={`Remove ${term}`}
          >
            <X aria-hidden="true" />
          </button>
        </Form>
      )}
    </li>
  );
}

function AddTerm({ failure }: { failure: FormFailure | undefined }) {
  const isPending = useNavigation().state !== 'idle';
  const atField = failure?.fields.term;
  return (
    <Form method="post" className="grid max-w-120 gap-2">
      <FormErrorSummary formError={atField ? undefined : failure?.message} />
      <Field
        name="term"
        label="Word or hashtag"
        required
        hint="With # it counts as a hashtag, else as words that stand by themselves."
        error={atField}
      >
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              dir="auto"
              maxLength={100}
              autoComplete="off"
              autoCapitalize="none"
              className="min-w-0 flex-1"
              defaultValue={failure?.values.term ?? ''}
            />
            <Button type="submit" name="intent" value="add" variant="primary" isPending={isPending}>
              Add
            </Button>
          </div>
        )}
      </Field>
    </Form>
  );
}
