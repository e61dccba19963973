import type { SavedView } from '../../../server/domain/saved-views/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Checkbox, Input, Select } from '../../ui/input.tsx';

export interface ViewFormProps {
  /** Null for a new one. */
  view: Pick<SavedView, 'name' | 'visibility' | 'teamId' | 'defaultFor' | 'version'> | null;
  query: string;
  noun: string;
  /** The author's own teams. */
  teams: readonly { id: string; name: string }[];
  /** Whether they may share with the whole agency. */
  mayShareWithAll: boolean;
  /** A client's own login keeps private views alone. */
  mayShare: boolean;
  failure: FormFailure | undefined;
  cancelHref: string;
}

const roles = [
  ['OWNER', 'Owners'],
  ['ADMIN', 'Admins'],
  ['MEMBER', 'Members'],
  ['VIEWER', 'Viewers'],
] as const;

/** A view's name and who sees it. */
export function ViewForm(props: ViewFormProps) {
  const { view, query, noun, failure, mayShare, mayShareWithAll, cancelHref } = props;
  const values = failure?.values;
  return (
    <form method="post" className="grid max-w-[32rem] gap-4">
      <FormErrorSummary formError={failure?.message} />
      <input type="hidden" name="intent" value="save" />
      <input type="hidden" name="noun" value={noun} />
      {!view && <input type="hidden" name="query" value={query} />}
      {view && <input type="hidden" name="expectedVersion" value={view.version} />}
      <Field name="name" label="Name" required error={failure?.fields.name}>
        {(control) => (
          <Input
            {...control}
            maxLength={200}
            defaultValue={values?.name ?? view?.name ?? ''}
            autoComplete="off"
          />
        )}
      </Field>
      {mayShare && <Sharing {...props} />}
      {mayShareWithAll && (
        <fieldset>
          <legend className="pb-1 font-medium">Opens the list for</legend>
          <p className="pb-1.5 text-sm text-muted">
            Of a view of the whole agency. Who chose a view of their own keeps it.
          </p>
          <div className="flex flex-wrap gap-x-4">
            {roles.map(([role, label]) => (
              <Checkbox
                key={role}
                name="defaultFor"
                value={role}
                label={label}
                defaultChecked={view?.defaultFor.includes(role) ?? false}
              />
            ))}
          </div>
          {failure?.fields.defaultFor && (
            <p className="pt-1 text-sm text-danger-ink">{failure.fields.defaultFor}</p>
          )}
        </fieldset>
      )}
      <div className="flex gap-2">
        <Button type="submit" variant="primary">
          {view ? 'Save changes' : 'Save view'}
        </Button>
        <LinkButton href={cancelHref}>Cancel</LinkButton>
      </div>
    </form>
  );
}

function Sharing({ view, teams, mayShareWithAll, failure }: ViewFormProps) {
  const values = failure?.values;
  const options = [
    { value: 'PRIVATE', label: 'Only me' },
    ...(teams.length > 0 ? [{ value: 'TEAM', label: 'One of my teams' }] : []),
    ...(mayShareWithAll ? [{ value: 'AGENCY', label: 'The whole agency' }] : []),
  ];
  return (
    <>
      <Field name="visibility" label="Who sees it" required error={failure?.fields.visibility}>
        {(control) => (
          <Select
            {...control}
            options={options}
            defaultValue={values?.visibility ?? view?.visibility ?? 'PRIVATE'}
          />
        )}
      </Field>
      {teams.length > 0 && (
        <Field
          name="teamId"
          label="Team"
          hint="Of a view that one of your teams sees."
          error={failure?.fields.teamId}
        >
          {(control) => (
            <Select
              {...control}
              emptyLabel="No team"
              options={teams.map(({ id, name }) => ({ value: id, label: name }))}
              defaultValue={values?.teamId ?? view?.teamId ?? ''}
            />
          )}
        </Field>
      )}
    </>
  );
}
