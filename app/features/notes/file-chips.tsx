import { Paperclip, X } from 'lucide-react';
import type { Attachment } from '../../../server/domain/attachments/schema.ts';
import { formatBytes } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import type { Uploads } from './use-uploads.ts';

/** The files of a note that is being written, each with how far it has come. */
export function UploadChips({ uploads, remove }: Pick<Uploads, 'uploads' | 'remove'>) {
  const failed = uploads.filter(({ state }) => state === 'failed');
  return (
    <>
      {uploads.length > 0 && (
        <ul className="file-chips" aria-label="Files">
          {uploads.map(({ uploadKey, fileName, state, progress, message, attachment }) => (
            <li key={uploadKey} className="file-chip" data-failed={state === 'failed'}>
              <Paperclip aria-hidden="true" />
              {message ?? (
                <span className="truncate" title={fileName}>
                  {fileName}
                </span>
              )}
              {state === 'sending' && (
                <progress className="meter" aria-label={`${fileName} is being sent`} value={progress} />
              )}
              {attachment && <span className="text-muted">{formatBytes(attachment.bytes)}</span>}
              <button type="button" aria-label={`Leave out ${fileName}`} onClick={() => remove(uploadKey)}>
                <X aria-hidden="true" />
              </button>
              {attachment && <input type="hidden" name="uploadIds" value={attachment.id} />}
            </li>
          ))}
        </ul>
      )}
      <p className="sr-only" aria-live="polite">
        {failed.map(({ message }) => message).join(' ')}
      </p>
    </>
  );
}

const PICTURE = /^image\/(png|jpeg|gif|webp|avif)$/;
/** A larger picture is fetched only when somebody asks for it. */
const LARGEST_SHOWN = 2_000_000;

/** The files of a note: pictures as such, all by their names. */
export function AttachmentList({
  attachments,
  isRemovable = false,
}: {
  attachments: readonly Attachment[];
  /** Renders a button that sends `intent` removeFile with the form around it. */
  isRemovable?: boolean;
}) {
  if (attachments.length === 0) return null;
  const pictures = attachments.filter(
    ({ contentType, bytes }) => PICTURE.test(contentType) && bytes <= LARGEST_SHOWN,
  );
  return (
    <div className="grid gap-2">
      {pictures.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {pictures.map(({ id, fileName }) => (
            <a key={id} href={paths.attachment(id)} download={fileName}>
              <img className="file-picture" src={paths.attachment(id)} alt={fileName} loading="lazy" />
            </a>
          ))}
        </div>
      )}
      <ul className="file-chips" aria-label="Files">
        {attachments.map(({ id, fileName, bytes }) => (
          <li key={id} className="file-chip">
            <Paperclip aria-hidden="true" />
            <a href={paths.attachment(id)} download={fileName} className="link truncate">
              {fileName}
            </a>
            <span className="text-muted">{formatBytes(bytes)}</span>
            {isRemovable && (
              <button
                type="submit"
                name="removeFile"
                value={id}
                formNoValidate
                aria-label={`Remove ${fileName}`}
              >
                <X aria-hidden="true" />
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
