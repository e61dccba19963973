import type { ActionFunctionArgs } from '@remix-run/node';
import { answerFieldEdit } from '../bridge/field-edit.server.ts';

/** Changes one field of a company in place: on its page, beside its list, in a cell, and back to a value of its history. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { companyId = '' } = params;
  return answerFieldEdit({ request, context }, (caller, change) =>
    caller.companies.update({ ...change, companyId }),
  );
}
