import { storageKeyOf } from '../domain/attachments/rules.ts';
import { notFound } from '../kernel/errors.ts';
import type { RequestContext } from './context.ts';
import { createCaller } from './root.ts';

/** What a file is, and its bytes as they come from the store. */
export interface OpenedFile {
  file: {
    id: string;
    fileName: string;
    contentType: string;
    /** Null where only the store knows. */
    bytes: number | null;
    /** A picture that pages show; everything else is saved. */
    isPicture?: boolean;
  };
  stream: ReadableStream<Uint8Array>;
}

/**
 * A file of a note for its reader, by the procedure and so under the policies. Errors: those of attachments.byId;
 * `not_found` and `upstream` of the store.
 */
export async function openAttachment(context: RequestContext, attachmentId: string): Promise<OpenedFile> {
  const file = await createCaller(context).attachments.byId({ attachmentId });
  return { file, stream: await stored(context, file.id) };
}

/** As openAttachment, the signed file of a contract. Errors: those of creatorContracts.file, and of the store. */
export async function openContractFile(
  context: RequestContext,
  creatorContractId: string,
): Promise<OpenedFile> {
  const file = await createCaller(context).creatorContracts.file({ creatorContractId });
  return { file, stream: await stored(context, file.id) };
}

/** Our copy of a story. Errors: those of creatorContents.byId; `not_found` where there is no copy, and of the store. */
export async function openContentMedia(
  context: RequestContext,
  creatorContentId: string,
): Promise<OpenedFile> {
  const { id, media } = await createCaller(context).creatorContents.byId({ creatorContentId });
  const contentType = media?.contentType;
  if (media?.state !== 'KEPT' || !contentType) throw notFound('copy of this piece');
  const [kind, format = ''] = contentType.split('/');
  const file = {
    id,
    fileName: `story-${id}.${format === 'quicktime' ? 'mov' : format}`,
    contentType,
    bytes: null,
    isPicture: kind === 'image',
  };
  return { file, stream: await stored(context, id) };
}

function stored(
  { principal, services }: RequestContext,
  fileId: string,
): Promise<ReadableStream<Uint8Array>> {
  return services.files.get(storageKeyOf(principal?.organizationId ?? '', fileId));
}
