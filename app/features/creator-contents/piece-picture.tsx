import type { CreatorContent } from '../../../server/domain/creator-contents/schema.ts';
import { NetworkMark } from '../creators/network-mark.tsx';
import { contentTypeLabels } from './labels.ts';

/**
 * A piece's picture over a quiet tile. It adds nothing to the words beside it, so its alternative is empty: where it
 * does not come the tile stays, and no broken picture is seen.
 */
export function PiecePicture({
  content,
}: {
  content: Pick<CreatorContent, 'thumbnailUrl' | 'platform' | 'type'>;
}) {
  const { thumbnailUrl, platform, type } = content;
  return (
    <span className="piece-picture" aria-hidden="true">
      <span className="piece-tile">
        <NetworkMark platform={platform} />
        {contentTypeLabels[type]}
      </span>
      {thumbnailUrl !== null && (
        <img src={thumbnailUrl} alt="" loading="lazy" decoding="async" referrerPolicy="no-referrer" />
      )}
    </span>
  );
}
