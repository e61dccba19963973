import type { CreatorContent } from '../../../server/domain/creator-contents/schema.ts';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import { formatCount, formatDateTime } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { OutsideLink } from '../records/outside-link.tsx';
import {
  contentSourceLabels,
  contentTypeLabels,
  disclosureLabels,
  disclosureTones,
  disclosureWords,
} from './labels.ts';
import { PiecePicture } from './piece-picture.tsx';

/** What a piece is: who published it where, and its words. */
export function PieceAbout({ content, timeZone }: { content: CreatorContent; timeZone: string }) {
  const { creatorId, creatorName, platform, handle, type, url, publishedAt, durationSeconds, source } =
    content;
  return (
    <Panel title="About">
      <div className="grid gap-4">
        <PiecePicture content={content} />
        <DetailList
          details={[
            {
              term: 'Creator',
              value: (
                <a className="link" href={paths.creator(creatorId)}>
                  {creatorName}
                </a>
              ),
            },
            { term: 'Account', value: `${platformLabels[platform]} @${handle}` },
            { term: 'Type', value: contentTypeLabels[type] },
            { term: 'Published', value: publishedAt && formatDateTime(publishedAt, timeZone) },
            { term: 'Length', value: durationSeconds === null ? null : `${formatCount(durationSeconds)} s` },
            { term: 'Address', value: url && <OutsideLink href={url} /> },
            { term: 'Source', value: contentSourceLabels[source] },
            { term: 'Hashtags', value: listed(content.hashtags, '#') },
            { term: 'Mentions', value: listed(content.mentions, '@') },
            { term: 'Links', value: listed(content.links, '') },
          ]}
        />
        {content.title && <p className="font-medium break-words">{content.title}</p>}
        {content.caption && <p className="break-words whitespace-pre-line">{content.caption}</p>}
      </div>
    </Panel>
  );
}

function listed(words: readonly string[], mark: string): string | null {
  return words.length === 0 ? null : words.map((word) => `${mark}${word}`).join(' ');
}

/** Whether it says that it is paid for: only what is for a campaign has to. */
export function DisclosurePanel({
  content: { disclosure, isLabelledSponsored },
}: {
  content: CreatorContent;
}) {
  const label =
    isLabelledSponsored === null
      ? 'Not known whether the network shows its label'
      : isLabelledSponsored
        ? 'The network shows its paid-partnership label'
        : 'The network shows no paid-partnership label';
  return (
    <Panel
      title="Disclosure"
      {...(disclosure && {
        actions: <Badge tone={disclosureTones[disclosure.state]}>{disclosureLabels[disclosure.state]}</Badge>,
      })}
    >
      <div className="grid gap-1">
        {disclosure ? (
          <p className="text-pretty">{disclosureWords(disclosure)}.</p>
        ) : (
          <p className="text-muted">It is for no campaign, so nothing has to be disclosed.</p>
        )}
        <p className="text-sm text-muted">{label}.</p>
      </div>
    </Panel>
  );
}
