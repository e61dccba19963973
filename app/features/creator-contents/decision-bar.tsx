import { Form, useNavigation } from '@remix-run/react';
import type { CreatorContent } from '../../../server/domain/creator-contents/schema.ts';
import { formatCount } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { useHasScript } from '../../lib/use-has-script.ts';
import type { BulkPick } from '../bulk-changes/use-bulk-selection.ts';
import { undecidedMatch } from './content-query.ts';

export interface DecisionBarProps {
  formId: string;
  contents: readonly CreatorContent[];
  campaignId: string | null;
  pick: BulkPick;
}

/** What can be said of the chosen pieces. Before the script it stands under the list; with it, while any are chosen. */
export function DecisionBar({ formId, contents, campaignId, pick }: DecisionBarProps) {
  const hasScript = useHasScript();
  const isPending = useNavigation().state === 'submitting';
  const isShown = !hasScript || pick.count > 0;
  return (
    <Form id={formId} method="post" preventScrollReset>
      {contents.map((content) => {
        const match = undecidedMatch(content, campaignId);
        return (
          match && (
            <input
              key={content.id}
              type="hidden"
              name={`match.${content.id}`}
              value={`${match.campaignContentId}:${match.version}`}
            />
          )
        );
      })}
      <p className="sr-only" role="status">
        {pick.count > 0 ? `${formatCount(pick.count)} selected` : ''}
      </p>
      {isShown && (
        <section
          className={hasScript ? 'bulk-bar' : 'flex flex-wrap gap-2 px-4 py-2'}
          aria-label="Selected posts"
          aria-busy={isPending}
        >
          {hasScript && <span className="bulk-count">{formatCount(pick.count)} selected</span>}
          <Button type="submit" name="intent" value="confirm-many" variant="primary" isPending={isPending}>
            Confirm
          </Button>
          <Button type="submit" name="intent" value="reject-many" isPending={isPending}>
            Not related
          </Button>
          {hasScript && (
            <Button variant="quiet" onClick={pick.clear}>
              Clear
            </Button>
          )}
        </section>
      )}
    </Form>
  );
}
