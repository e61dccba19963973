import { type AppLoadContext, json } from '@remix-run/node';
import type { ArchiveAnswer } from '../features/records/archive-actions.tsx';
import { load } from './api.server.ts';
import { readFormData } from './forms.server.ts';

interface ArchiveCommands {
  archive: (expectedVersion: number | undefined) => Promise<{ name: string }>;
  restore: () => Promise<{ name: string }>;
}

/** Answers the two forms of a record's page: into the recycle bin, and back. */
export async function answerArchive(
  { request, context }: { request: Request; context: AppLoadContext },
  commands: ArchiveCommands,
) {
  const form = await readFormData(request);
  const intent = form.get('intent');
  if (intent !== 'archive' && intent !== 'restore') throw new Response('Unknown intent', { status: 400 });
  const version = Number(form.get('expectedVersion') ?? 0) || undefined;
  const record = await load(context, () =>
    intent === 'archive' ? commands.archive(version) : commands.restore(),
  );
  return json({ intent, name: record.name } satisfies ArchiveAnswer);
}
