import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigate } from '@remix-run/react';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { readFormData } from '../bridge/forms.server.ts';
import { answerNoteChange } from '../bridge/note-actions.server.ts';
import type { NoteFailure } from '../bridge/note-forms.server.ts';
import { AttachmentList } from '../features/notes/file-chips.tsx';
import { NoteForm } from '../features/notes/note-form.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Edit note · SpokeStack' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { noteId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'notes.write');
  const [note, people] = await load(context, () =>
    Promise.all([caller.notes.byId({ noteId }), caller.members.list()]),
  );
  if (note.isEditable) return { note, people };
  const message = 'This note is for its author, and those who work on its brand, to change.';
  throw Response.json({ message }, { status: 403 });
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { noteId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  return answerNoteChange({ context, caller, form }, noteId);
}

export default function EditNote() {
  const { note, people } = useLoaderData<typeof loader>();
  const failure = useActionData() as NoteFailure | undefined;
  const navigate = useNavigate();
  const isClient = useAccount().current.brandId !== null;
  return (
    <>
      <PageHeader title="Edit note" crumbs={[{ label: 'Note', href: paths.note(note.id) }]} />
      <PageBody>
        <Panel className="max-w-160">
          <div className="grid gap-4">
            <NoteForm
              action={paths.editNote(note.id)}
              note={note}
              people={people}
              isClient={isClient}
              failure={failure}
              onDone={({ href }) => navigate(href)}
            />
            <form method="post">
              <AttachmentList attachments={note.attachments} isRemovable />
            </form>
          </div>
        </Panel>
      </PageBody>
    </>
  );
}
