import type { ActionFunctionArgs } from '@remix-run/node';
import { answerFieldEdit } from '../bridge/field-edit.server.ts';

/** Changes one field of a creator in place: on their page, beside the roster, in a cell, and back to a value of the history. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { creatorId = '' } = params;
  return answerFieldEdit({ request, context }, (caller, change) =>
    caller.creators.update({ ...change, creatorId }),
  );
}
