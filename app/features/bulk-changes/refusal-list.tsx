import type { BulkNoun, RefusedRecords } from '../../../server/domain/bulk-changes/schema.ts';
import { paths } from '../../lib/paths.ts';
import { countOf } from './bulk-fields.ts';

const hrefs: Readonly<Record<BulkNoun, (recordId: string) => string>> = {
  COMPANY: paths.company,
  CONTACT: paths.contact,
  DEAL: paths.deal,
  TASK: paths.task,
};

/** Why records stayed as they were, with the first of each to look at. */
export function RefusalList({ noun, refused }: { noun: BulkNoun; refused: readonly RefusedRecords[] }) {
  return (
    <ul className="grid gap-3">
      {refused.map(({ code, reason, count, recordIds }) => (
        <li key={reason}>
          <p className="font-medium">{countOf(noun, count)}</p>
          <p className="text-muted">{reason}</p>
          {code !== 'NOT_FOUND' && (
            <p className="flex flex-wrap gap-x-3 gap-y-1 pt-1">
              {recordIds.map((recordId, index) => (
                <a key={recordId} className="link" href={hrefs[noun](recordId)}>
                  {`Open ${index + 1}`}
                </a>
              ))}
              {count > recordIds.length && (
                <span className="text-muted">and {(count - recordIds.length).toLocaleString('en')} more</span>
              )}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
