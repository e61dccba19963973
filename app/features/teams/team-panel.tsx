import { Form, useNavigation } from '@remix-run/react';
import { X } from 'lucide-react';
import type { Team } from '../../../server/domain/teams/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { type RecordChoice, RecordPicker } from '../records/record-picker.tsx';

export interface TeamPanelProps {
  team: Team;
  /** The agency's own people, who can be in a team. */
  staff: readonly RecordChoice[];
  canWrite: boolean;
  /** The refusal of one of this team's forms. */
  failure: FormFailure | undefined;
}

/** One team: who is in it, and what may be changed. */
export function TeamPanel({ team, staff, canWrite, failure }: TeamPanelProps) {
  const others = staff.filter(({ id }) => !team.members.some(({ userId }) => userId === id));
  return (
    <Panel title={team.name}>
      <div className="grid gap-3">
        <FormErrorSummary formError={failure?.message} />
        {team.members.length === 0 && <p className="text-muted">Nobody is in this team yet.</p>}
        <ul aria-label={`Members of ${team.name}`} className="flex flex-wrap gap-1.5">
          {team.members.map(({ userId, name }) => (
            <li key={userId}>
              <Form method="post" preventScrollReset className="tag-chip">
                <span className="py-1 pr-1">{name}</span>
                {canWrite && (
                  <>
                    <Hidden team={team} intent="remove" />
                    <input type="hidden" name="userId" value={userId} />
                    <button type="submit" aria-label={`Take ${name} out of ${team.name}`}>
                      <X aria-hidden="true" />
                    </button>
                  </>
                )}
              </Form>
            </li>
          ))}
        </ul>
        {canWrite && (
          <>
            <AddForm team={team} others={others} failure={failure} />
            <details open={failure?.values.intent === 'rename'}>
              <summary className="link inline-block py-1">Change {team.name}</summary>
              <div className="grid gap-4 pt-3 sm:grid-cols-2">
                <RenameForm team={team} failure={failure} />
                <DeleteForm team={team} />
              </div>
            </details>
          </>
        )}
      </div>
    </Panel>
  );
}

function Hidden({ team, intent }: { team: Team; intent: string }) {
  return (
    <>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="teamId" value={team.id} />
    </>
  );
}

interface AddFormProps {
  team: Team;
  others: readonly RecordChoice[];
  failure: FormFailure | undefined;
}

function AddForm({ team, others, failure }: AddFormProps) {
  const isPending = useNavigation().state !== 'idle';
  if (others.length === 0) return null;
  return (
    <Form method="post" preventScrollReset className="flex max-w-120 items-end gap-2">
      <Hidden team={team} intent="add" />
      <Field
        name="userId"
        id={`add-${team.id}`}
        label={`Add to ${team.name}`}
        required
        error={failure?.fields.userId ?? failure?.fields.userIds}
        className="w-full"
      >
        {(control) => (
          <RecordPicker
            control={control}
            noun="member"
            picked={null}
            choices={others}
            emptyLabel="Choose a member"
          />
        )}
      </Field>
      <Button type="submit" isPending={isPending}>
        Add
      </Button>
    </Form>
  );
}

function RenameForm({ team, failure }: { team: Team; failure: FormFailure | undefined }) {
  const isPending = useNavigation().state !== 'idle';
  return (
    <Form method="post" preventScrollReset className="flex items-end gap-2">
      <Hidden team={team} intent="rename" />
      <input type="hidden" name="expectedVersion" value={team.version} />
      <Field
        name="name"
        id={`name-${team.id}`}
        label="Name"
        required
        error={failure?.fields.name}
        className="w-full"
      >
        {(control) => (
          <Input {...control} defaultValue={failure?.values.name ?? team.name} autoComplete="off" />
        )}
      </Field>
      <Button type="submit" isPending={isPending}>
        Rename
      </Button>
    </Form>
  );
}

function DeleteForm({ team }: { team: Team }) {
  const isPending = useNavigation().state !== 'idle';
  return (
    <Form method="post" preventScrollReset className="grid content-end justify-items-start gap-2">
      <Hidden team={team} intent="delete" />
      <p className="text-muted">
        The team goes for good, and the views that were shared with it alone. Its members stay.
      </p>
      <Button type="submit" variant="danger" isPending={isPending}>
        Delete {team.name}
      </Button>
    </Form>
  );
}
