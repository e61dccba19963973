import { Form, useNavigation } from '@remix-run/react';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { paths } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { CreateAnyway, DuplicateWarning } from '../duplicates/duplicate-warning.tsx';
import { type RecordChoice, RecordPicker } from '../records/record-picker.tsx';
import { useMay } from '../shell/use-account.ts';

export interface ChooseContactProps {
  /** The first by name, for a list before the script arrives. */
  contacts: readonly RecordChoice[];
  failure: FormFailure | undefined;
}

/** A creator is a person who is known already, or who is written down first: never a second record of one. */
export function ChooseContact({ contacts, failure }: ChooseContactProps) {
  const mayCreate = useMay('contacts.write');
  return (
    <div className="grid max-w-160 grid-cols-[minmax(0,1fr)] gap-4">
      <Panel title="Somebody you know" description="A contact becomes a creator and stays the same person.">
        <form method="get" action={paths.newCreator()} className="grid gap-4">
          <Field id="known-contact" name="contactId" label="Contact" required>
            {(control) => (
              <RecordPicker
                control={control}
                noun="contact"
                picked={null}
                choices={contacts}
                emptyLabel="Choose a contact"
              />
            )}
          </Field>
          <div>
            <Button type="submit" variant="primary">
              Continue
            </Button>
          </div>
        </form>
      </Panel>
      {mayCreate && <NewPerson failure={failure} />}
    </div>
  );
}

const fields = [
  ['firstName', 'First name', true],
  ['lastName', 'Last name', true],
  ['emails', 'Email', false],
  ['mobile', 'Mobile', false],
] as const;

function NewPerson({ failure }: { failure: FormFailure | undefined }) {
  const isPending = useNavigation().state !== 'idle';
  return (
    <Panel title="Somebody new" description="They become a contact first, with one timeline for everything.">
      <Form method="post" className="grid gap-4">
        <FormErrorSummary formError={failure?.message} />
        <div className="grid gap-4 sm:grid-cols-2">
          {fields.map(([name, label, isRequired]) => (
            <Field
              key={name}
              name={name}
              label={label}
              required={isRequired}
              error={failure?.fields[name] ?? failure?.fields[`${name}.0`]}
            >
              {(control) => (
                <Input
                  {...control}
                  autoComplete="off"
                  defaultValue={failure?.values[name] ?? ''}
                  {...(name === 'emails' && { inputMode: 'email' as const })}
                />
              )}
            </Field>
          ))}
          <DuplicateWarning noun="CONTACT" stopped={failure?.duplicates} className="sm:col-span-2" />
        </div>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" name="intent" value="contact" isPending={isPending}>
            Write down and continue
          </Button>
          <CreateAnyway stopped={failure?.duplicates} />
          <LinkButton href={paths.creators()}>Cancel</LinkButton>
        </div>
      </Form>
    </Panel>
  );
}
