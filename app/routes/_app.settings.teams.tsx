import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import type { TeamMemberInput, UpdateTeamInput } from '../../server/domain/teams/schema.ts';
import { api, type Api, load } from '../bridge/api.server.ts';
import { type FormFailure, readFormData, readForm, submit } from '../bridge/forms.server.ts';
import { SettingsTabs } from '../features/settings/settings-tabs.tsx';
import { useMay } from '../features/shell/use-account.ts';
import { TeamPanel } from '../features/teams/team-panel.tsx';
import { paths } from '../lib/paths.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Field } from '../ui/field.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { Input } from '../ui/input.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Teams · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  const [teams, members] = await load(context, () =>
    Promise.all([caller.teams.list({}), caller.members.list()]),
  );
  const staff = members.filter(({ brandId }) => brandId === null).map(({ id, name }) => ({ id, name }));
  return { teams, staff };
}

/** The refusal, and of which team's form: null for a new one. */
interface Refused {
  teamId: string | null;
  failure: FormFailure;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => change(caller, form));
  if (!('failure' in result)) return redirect(paths.settingsTeams());
  const teamId = readForm(form).teamId ?? null;
  return json({ teamId, failure: result.failure } satisfies Refused, { status: result.status });
}

/** One form an intent. The procedures' own schemas judge what it sent. */
function change(caller: Api, form: FormData): Promise<unknown> {
  const { intent, teamId, userId, name = '', expectedVersion } = readForm(form);
  const member = { teamId, userId } as TeamMemberInput;
  switch (intent) {
    case 'create':
      return caller.teams.create({ name });
    case 'rename':
      return caller.teams.update({ teamId, name, expectedVersion } as unknown as UpdateTeamInput);
    case 'add':
      return caller.teams.addMember(member);
    case 'remove':
      return caller.teams.removeMember(member);
    case 'delete':
      return caller.teams.delete({ teamId: member.teamId });
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}

export default function Teams() {
  const { teams, staff } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const canWrite = useMay('teams.write');
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs currentId="teams" />
      <PageBody>
        <div className="grid max-w-220 grid-cols-[minmax(0,1fr)] gap-4">
          <h2 className="sr-only">Teams</h2>
          <p className="max-w-160 text-muted">
            A team shares views of lists. Who sees which records stays as roles and brands say it.
          </p>
          {teams.length === 0 && (
            <EmptyState
              kind="unused"
              title="No teams yet"
              description="Gather people who work with the same lists, so that they can share their views."
            />
          )}
          {teams.map((team) => (
            <TeamPanel
              key={`${team.id}:${team.version}`}
              team={team}
              staff={staff}
              canWrite={canWrite}
              failure={refused?.teamId === team.id ? refused.failure : undefined}
            />
          ))}
          {canWrite && (
            <NewTeam key={teams.length} failure={refused?.teamId === null ? refused.failure : undefined} />
          )}
        </div>
      </PageBody>
    </>
  );
}

function NewTeam({ failure }: { failure: FormFailure | undefined }) {
  const isPending = useNavigation().state !== 'idle';
  return (
    <Panel title="New team">
      <Form method="post" preventScrollReset className="grid gap-3">
        <FormErrorSummary formError={failure?.message} />
        <input type="hidden" name="intent" value="create" />
        <div className="flex max-w-120 items-end gap-2">
          <Field name="name" label="Name" required error={failure?.fields.name} className="w-full">
            {(control) => <Input {...control} defaultValue={failure?.values.name} autoComplete="off" />}
          </Field>
          <Button type="submit" variant="primary" isPending={isPending}>
            Create team
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
