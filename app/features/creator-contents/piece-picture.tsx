import type { CreatorContent } from '../../../server/domain/creator-contents/schema.ts';
import { NetworkMark } from '../creators/network-mark.tsx';
import { contentTypeLabels } from './labels.ts';

/**
 * Where a piece's picture would be: a quiet tile of its network and type. Pictures stand at hosts of networks, which the
 * pages' policy does not allow, so none is asked for: a reader's address is nobody else's to know.
 */
export function PiecePicture({
  content: { platform, type },
}: {
  content: Pick<CreatorContent, 'platform' | 'type'>;
}) {
  return (
    <span className="piece-picture" aria-hidden="true">
      <span className="piece-tile">
        <NetworkMark platform={platform} />
        {contentTypeLabels[type]}
      </span>
    </span>
  );
}
