import type { LoaderFunctionArgs } from '@remix-run/node';
import { exportInputs } from '../../server/domain/exports/schema.ts';
import { exportList } from '../bridge/exports.server.ts';

/** The list that this address would show, as a file. */
export function loader({ request, context }: LoaderFunctionArgs) {
  return exportList({ request, context, names: Object.keys(exportInputs.creators.shape) }, 'creators');
}
