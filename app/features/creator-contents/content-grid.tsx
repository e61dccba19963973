import type { CreatorContent } from '../../../server/domain/creator-contents/schema.ts';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import { formatCountCompact } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import type { Selection } from '../../table/selection-cells.tsx';
import { NetworkMark } from '../creators/network-mark.tsx';
import { contentTypeLabels, firstLine } from './labels.ts';
import { PiecePicture } from './piece-picture.tsx';
import { disclosureCell, matchCell, publishedCell, rateCell } from './piece-cells.tsx';

export interface ContentGridProps {
  contents: readonly CreatorContent[];
  campaignId?: string | null;
  now: string;
  timeZone: string;
  selection?: Selection | undefined;
}

/** The same posts as cards. */
export function ContentGrid({ contents, selection, ...shown }: ContentGridProps) {
  return (
    <ul className="piece-grid" aria-label="Content">
      {contents.map((content) => (
        <PieceCard key={content.id} content={content} selection={selection} {...shown} />
      ))}
    </ul>
  );
}

type PieceCardProps = Omit<ContentGridProps, 'contents'> & { content: CreatorContent };

function PieceCard({ content, campaignId = null, now, timeZone, selection }: PieceCardProps) {
  const { id, platform, type, creatorName, handle, views, likes, comments } = content;
  return (
    <li className="piece-card" id={`row-${id}`} data-record-id={id}>
      <PiecePicture content={content} />
      <div className="piece-card-body">
        <p className="flex min-w-0 items-center gap-1.5 text-sm text-muted">
          <NetworkMark platform={platform} />
          <span className="min-w-0 flex-1 truncate">
            {contentTypeLabels[type]} on {platformLabels[platform]} by {creatorName}, @{handle}
          </span>
          {selection && <PieceCheck content={content} selection={selection} />}
        </p>
        <h2 className="line-clamp-2 text-base">
          <a href={paths.creatorContent(id)} data-row-link="" className="piece-link">
            {firstLine(content)}
          </a>
        </h2>
        <p className="text-sm text-muted">{publishedCell(content, { now, timeZone })}</p>
        <dl className="piece-figures">
          <Figure term="Views" value={formatCountCompact(views)} />
          <Figure term="Likes" value={formatCountCompact(likes)} />
          <Figure term="Comments" value={formatCountCompact(comments)} />
          <Figure term="Rate of views" value={rateCell(content)} />
        </dl>
        <p className="flex flex-wrap gap-x-3 gap-y-1 text-sm">
          {matchCell(content, campaignId)}
          {content.disclosure && disclosureCell(content)}
        </p>
      </div>
    </li>
  );
}

function Figure({ term, value }: { term: string; value: React.ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd className="figures">{value}</dd>
    </div>
  );
}

function PieceCheck({ content, selection }: { content: CreatorContent; selection: Selection }) {
  return (
    <label className="select-cell grid size-6 flex-none place-items-center">
      <input
        type="checkbox"
        className="checkbox"
        name="recordId"
        value={content.id}
        form={selection.formId}
        aria-label={`Select ${firstLine(content)}`}
        checked={selection.selectedIds.has(content.id)}
        onChange={() => selection.onToggle(content.id)}
      />
    </label>
  );
}
