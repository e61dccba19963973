import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigate } from '@remix-run/react';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { readFormData } from '../bridge/forms.server.ts';
import { answerNewNote } from '../bridge/note-actions.server.ts';
import type { NoteFailure } from '../bridge/note-forms.server.ts';
import { NoteForm } from '../features/notes/note-form.tsx';
import { recordHref } from '../lib/note-links.ts';
import { useAccount } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { timelineOf } from '../lib/timeline-address.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction = () => [{ title: 'New note · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  await requireRight(caller, 'notes.write');
  const people = await load(context, () => caller.members.list());
  return { people, of: timelineOf(new URL(request.url).searchParams) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  return answerNewNote({ context, caller, form });
}

export default function NewNote() {
  const { people, of } = useLoaderData<typeof loader>();
  const failure = useActionData() as NoteFailure | undefined;
  const navigate = useNavigate();
  const isClient = useAccount().current.brandId !== null;
  // A form that was refused brings the record along, whatever the address says.
  const about = Object.keys(of).length > 0 ? of : timelineOf(new URLSearchParams(failure?.values));
  const back = recordHref({ companyId: null, contactId: null, dealId: null, campaignId: null, ...about });
  return (
    <>
      <PageHeader title="New note" crumbs={[{ label: 'Back', href: back }]} />
      <PageBody>
        {Object.keys(about).length === 0 ? (
          <EmptyState
            kind="unused"
            title="A note is about something"
            description="Open a company, contact, deal or campaign, and write the note there."
            action={{ label: 'Companies', href: paths.companies() }}
          />
        ) : (
          <Panel className="max-w-160">
            <NoteForm
              action={paths.newNote()}
              note={null}
              of={about}
              people={people}
              isClient={isClient}
              failure={failure}
              onDone={({ href }) => navigate(href)}
            />
          </Panel>
        )}
      </PageBody>
    </>
  );
}
