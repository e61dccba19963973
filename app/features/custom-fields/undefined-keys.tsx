import { Form } from '@remix-run/react';
import type { CustomFieldNoun, CustomFieldUse } from '../../../server/domain/custom-fields/schema.ts';
import { formatCount } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { kindLabels } from './labels.ts';

/** Keys that came with imports or over the API: records hold values under them, and no field says what they are. */
export function UndefinedKeys({ noun, uses }: { noun: CustomFieldNoun; uses: readonly CustomFieldUse[] }) {
  const undefinedUses = uses.filter(({ isDefined }) => !isDefined);
  if (undefinedUses.length === 0) return null;
  return (
    <Panel
      title="In use without a field"
      description="Records hold these values. A field gives them a label, a kind, and a place in forms and filters."
      padded={false}
    >
      <ul className="divide-y divide-line-faint">
        {undefinedUses.map(({ key, count, suggestedKind, examples }) => (
          <li key={key} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
            <code className="break-all">{key}</code>
            <span className="min-w-0 flex-1 basis-48 truncate text-muted">
              {formatCount(count)} {count === 1 ? 'record' : 'records'} · {examples.join(' · ')}
            </span>
            <Form method="post" preventScrollReset>
              <input type="hidden" name="intent" value="define" />
              <input type="hidden" name="noun" value={noun} />
              <input type="hidden" name="key" value={key} />
              <input type="hidden" name="kind" value={suggestedKind} />
              <Button type="submit" size="small" aria-label={`Define ${key} as ${kindLabels[suggestedKind]}`}>
                Define as {kindLabels[suggestedKind].toLowerCase()}
              </Button>
            </Form>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
