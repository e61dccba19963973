import { type ActionFunctionArgs, json } from '@remix-run/node';
import { api } from '../bridge/api.server.ts';
import { bytesOf, fileNameOf } from '../bridge/attachments.server.ts';
import { submit } from '../bridge/forms.server.ts';
import type { UploadAnswer } from '../features/notes/upload-answer.ts';

/** Takes one file as it is: the body is its bytes, the header x-file-name its name, encoded as in an address. */
export async function action({ request, context }: ActionFunctionArgs) {
  const caller = await api(request, context);
  const { body } = request;
  if (!body) return json({ ok: false, message: 'Send the file itself.' } satisfies UploadAnswer, 400);
  const result = await submit(context, new FormData(), () =>
    caller.attachments.upload({ fileName: fileNameOf(request), content: bytesOf(body) }),
  );
  if ('failure' in result) {
    const { message } = result.failure;
    return json({ ok: false, message } satisfies UploadAnswer, result.status);
  }
  return json({ ok: true, attachment: result.value } satisfies UploadAnswer, 201);
}
