import { useCallback, useEffect, useRef, useState } from 'react';
import { MAX_ATTACHMENT_BYTES } from '../../../server/domain/attachments/fields.ts';
import type { Attachment } from '../../../server/domain/attachments/schema.ts';
import { paths } from '../../lib/paths.ts';
import type { UploadAnswer } from './upload-answer.ts';

/** A file on its way to a note. */
export interface Upload {
  uploadKey: number;
  fileName: string;
  state: 'sending' | 'done' | 'failed';
  /** From 0 to 1. */
  progress: number;
  /** Why it failed, in words. */
  message?: string;
  attachment?: Attachment;
}

export interface Uploads {
  uploads: readonly Upload[];
  isSending: boolean;
  add: (files: Iterable<File>) => void;
  remove: (uploadKey: number) => void;
  clear: () => void;
}

const MEGABYTE = 1024 * 1024;

/** Sends files one by one as they are chosen, each as a body of its own; the note then takes them by their ids. */
export function useUploads(initial: readonly Attachment[]): Uploads {
  const nextKey = useRef(initial.length);
  const running = useRef(new Map<number, XMLHttpRequest>());
  const [uploads, setUploads] = useState<readonly Upload[]>(() => initial.map(toDone));

  useEffect(() => {
    const requests = running.current;
    return () => requests.forEach((request) => request.abort());
  }, []);

  const change = useCallback((uploadKey: number, part: Partial<Upload>) => {
    setUploads((all) => all.map((one) => (one.uploadKey === uploadKey ? { ...one, ...part } : one)));
  }, []);

  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        const uploadKey = nextKey.current++;
        const upload: Upload = { uploadKey, fileName: file.name, state: 'sending', progress: 0 };
        setUploads((all) => [...all, upload]);
        if (file.size > MAX_ATTACHMENT_BYTES) {
          const message = `${file.name} is larger than ${MAX_ATTACHMENT_BYTES / MEGABYTE} MB.`;
          change(uploadKey, { state: 'failed', message });
          continue;
        }
        const request = send(file, (part) => change(uploadKey, part));
        running.current.set(uploadKey, request);
        request.addEventListener('loadend', () => running.current.delete(uploadKey));
      }
    },
    [change],
  );

  const remove = useCallback((uploadKey: number) => {
    running.current.get(uploadKey)?.abort();
    setUploads((all) => all.filter((one) => one.uploadKey !== uploadKey));
  }, []);

  const clear = useCallback(() => setUploads([]), []);
  const isSending = uploads.some(({ state }) => state === 'sending');
  return { uploads, isSending, add, remove, clear };
}

function toDone(attachment: Attachment, index: number): Upload {
  return { uploadKey: index, fileName: attachment.fileName, state: 'done', progress: 1, attachment };
}

/** XMLHttpRequest, since fetch tells nothing of how far a body has gone. */
function send(file: File, onChange: (part: Partial<Upload>) => void): XMLHttpRequest {
  const request = new XMLHttpRequest();
  const fail = (message: string) => onChange({ state: 'failed', message });
  request.open('POST', paths.uploads());
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
  request.upload.addEventListener('progress', ({ loaded, total }) =>
    onChange({ progress: total > 0 ? loaded / total : 0 }),
  );
  request.addEventListener('load', () => {
    const answer = readAnswer(request.responseText);
    if (answer?.ok) onChange({ state: 'done', progress: 1, attachment: answer.attachment });
    else fail(answer?.message ?? `${file.name} could not be taken in. Sign in again if you were signed out.`);
  });
  request.addEventListener('error', () => fail(`The connection broke. Attach ${file.name} again.`));
  request.send(file);
  return request;
}

/** Null where something else than the address itself answered. */
function readAnswer(text: string): UploadAnswer | null {
  try {
    const answer = JSON.parse(text) as unknown;
    return typeof answer === 'object' && answer !== null && 'ok' in answer ? (answer as UploadAnswer) : null;
  } catch {
    return null;
  }
}
