import { type ActionFunctionArgs, json } from '@remix-run/node';
import type { ContractFile } from '../../server/domain/creator-contracts/schema.ts';
import { api } from '../bridge/api.server.ts';
import { bytesOf, fileNameOf } from '../bridge/attachments.server.ts';
import { readFormData, submit } from '../bridge/forms.server.ts';
import { redirectDone, redirectWithNotice } from '../bridge/notice.server.ts';
import { paths, safeReturnTo } from '../lib/paths.ts';

/** What a script is answered that sends a file as it is. */
export type ContractFileAnswer = { ok: true; file: ContractFile } | { ok: false; message: string };

/**
 * Takes the signed file of a contract: from a form (`file`, `returnTo`; `intent` remove takes it away), or from a script
 * as a body of its own, whose header x-file-name is its name. It is read at the same address: see app/http.
 */
export function action(args: ActionFunctionArgs) {
  const type = args.request.headers.get('content-type') ?? '';
  return /^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type)
    ? fromForm(args)
    : fromBody(args);
}

async function fromForm({ request, context, params }: ActionFunctionArgs) {
  const creatorContractId = params.creatorContractId ?? '';
  const caller = await api(request, context);
  const form = await readFormData(request);
  const returnTo = safeReturnTo(form.get('returnTo'), paths.creatorContract(creatorContractId));
  const file = form.get('file');
  if (form.get('intent') !== 'remove' && (!(file instanceof File) || file.name === ''))
    return redirectWithNotice(returnTo, 'Choose the file first.');
  const result = await submit(context, form, () =>
    file instanceof File && form.get('intent') !== 'remove'
      ? caller.creatorContracts.uploadFile({
          creatorContractId,
          fileName: file.name,
          content: bytesOf(file.stream()),
        })
      : caller.creatorContracts.removeFile({ creatorContractId }),
  );
  return 'failure' in result ? redirectWithNotice(returnTo, result.failure.message) : redirectDone(returnTo);
}

async function fromBody({ request, context, params }: ActionFunctionArgs) {
  const creatorContractId = params.creatorContractId ?? '';
  const caller = await api(request, context);
  const { body } = request;
  if (!body) return json({ ok: false, message: 'Send the file itself.' } satisfies ContractFileAnswer, 400);
  const input = { creatorContractId, fileName: fileNameOf(request), content: bytesOf(body) };
  const result = await submit(context, new FormData(), () => caller.creatorContracts.uploadFile(input));
  if ('failure' in result) {
    const { message } = result.failure;
    return json({ ok: false, message } satisfies ContractFileAnswer, result.status);
  }
  return json({ ok: true, file: result.value } satisfies ContractFileAnswer, 201);
}
