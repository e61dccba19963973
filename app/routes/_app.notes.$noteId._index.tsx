import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { readFormData } from '../bridge/forms.server.ts';
import { answerNoteIntent } from '../bridge/note-actions.server.ts';
import { readNotice } from '../bridge/notice.server.ts';
import { NoteCard } from '../features/notes/note-card.tsx';
import { recordHref } from '../lib/note-links.ts';
import { ArchivedCallout } from '../features/records/archive-actions.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { Callout } from '../ui/callout.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Note · SpokeStack' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { noteId = '' } = params;
  const caller = await api(request, context);
  const [note, people] = await load(context, () =>
    Promise.all([caller.notes.byId({ noteId }), caller.members.list()]),
  );
  const ids = [note.dealId, note.campaignId, note.contactId, note.companyId].filter((id) => id !== null);
  const names = await load(context, () => caller.records.names({ ids }));
  const about = ids.flatMap((id) => names[id] ?? [])[0] ?? 'The record';
  return { note, people, about, notice: readNotice(request), now: new Date().toISOString() };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { noteId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  return answerNoteIntent({ context, caller, form }, noteId);
}

/** One note by its own address: where a mention leads, and where a deleted one is brought back. */
export default function NotePage() {
  const { note, people, about, notice, now } = useLoaderData<typeof loader>();
  const { timeZone } = useAccount().current.organization;
  return (
    <>
      <PageHeader title="Note" crumbs={[{ label: about, href: recordHref(note) }]} />
      <PageBody>
        <div className="grid max-w-160 gap-4">
          {notice && (
            <Callout tone="warning" title="The note was saved" isAnswer>
              {notice}
            </Callout>
          )}
          {!note.isActive && <ArchivedCallout noun="note" canRestore={note.isEditable} />}
          <NoteCard note={note} people={people} timeZone={timeZone} now={now} />
        </div>
      </PageBody>
    </>
  );
}
