import { paths, withQuery } from '../../../lib/paths.ts';
import { LinkButton } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ContentList, type ContentListProps } from '../../creator-contents/content-list.tsx';
import type { Decided } from '../../creator-contents/contents.server.ts';
import { DecidedCallout } from '../../creator-contents/decided-callout.tsx';

export interface ContentViewProps {
  creatorId: string;
  list: Omit<ContentListProps, 'isOfOneCreator'>;
  /** What the decision that was just made came to. */
  decided: Decided | null;
}

/** A creator's posts, with what can be decided about them; the filters are on the page of all content. */
export function ContentView({ creatorId, list, decided }: ContentViewProps) {
  const all = withQuery(paths.creatorContents(), { creatorId });
  return (
    <Panel
      title="Content"
      padded={false}
      actions={
        <LinkButton href={all} size="small">
          Filter and search
        </LinkButton>
      }
    >
      {decided && <DecidedCallout decided={decided} />}
      {list.contents.length === 0 ? (
        <EmptyState
          kind="unused"
          title="No content yet"
          description="Posts arrive once an account is connected. A single post can also be added by its address, on the page of all content."
        />
      ) : (
        <ContentList {...list} isOfOneCreator />
      )}
    </Panel>
  );
}
