import type { ReactNode } from 'react';
import type { MatchedCampaign, MatchPreview } from '../../../server/domain/campaign-match-rules/schema.ts';
import { pickField } from '../../lib/form-fields.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { Badge, StatusDot } from '../../ui/badge.tsx';
import { nativeTone, nativeWord, platformLabel } from '../ad-accounts/labels.ts';

/** What the rules would do: what each attaches, and what waits, stays elsewhere or is claimed twice. */
export function MatchPreviewLists({ campaignId, preview }: { campaignId: string; preview: MatchPreview }) {
  const { rules, here, elsewhere, ambiguous, refused, unmatched } = preview;
  const total = rules.reduce((sum, { count }) => sum + count, 0);
  const pick = (item: MatchedCampaign) => <PickLink campaignId={campaignId} item={item} />;
  return (
    <section aria-label="What the rules would match" className="grid gap-3">
      <p aria-live="polite" className="text-muted">
        {summary(total, here.count)}
      </p>
      {rules.map(
        (list, at) =>
          list.count > 0 && (
            <Group key={at} title={`Rule ${at + 1} would attach`} list={list} isOpen={rules.length <= 3} />
          ),
      )}
      <Group
        title="Claimed by other campaigns’ rules too"
        hint="They are attached to none of them. Make the rules narrower, or pick them."
        list={ambiguous}
        isOpen
        extra={({ campaigns }) => <>Also {campaigns.map(whose).join(', ')}</>}
        action={pick}
      />
      <Group
        title="Attached to another campaign"
        hint="They stay there."
        list={elsewhere}
        extra={({ campaignId: id, campaignName }) =>
          id === null ? (
            'Another campaign'
          ) : (
            <a className="link" href={paths.campaign(id)}>
              {campaignName}
            </a>
          )
        }
      />
      <Group
        title="Taken off this campaign by hand"
        hint="Rules do not bring them back; picking does."
        list={refused}
        action={pick}
      />
      <Group
        title="Waiting and met by no rule"
        hint="In the ad accounts that these rules reach."
        list={unmatched}
        action={pick}
      />
    </section>
  );
}

function summary(total: number, here: number): string {
  const news =
    total === 0
      ? 'Nothing new would be attached.'
      : total === 1
        ? '1 platform campaign would be attached.'
        : `${total} platform campaigns would be attached.`;
  return here === 0
    ? news
    : `${news} ${here === 1 ? '1 that meets a rule is' : `${here} that meet a rule are`} here already.`;
}

function whose({ campaignName }: { campaignName: string | null }): string {
  return campaignName ?? 'another campaign';
}

interface GroupProps<T extends MatchedCampaign> {
  title: string;
  hint?: string;
  list: { count: number; items: readonly T[] };
  isOpen?: boolean;
  extra?: (item: T) => ReactNode;
  action?: (item: T) => ReactNode;
}

function Group<T extends MatchedCampaign>({ title, hint, list, isOpen, extra, action }: GroupProps<T>) {
  if (list.count === 0) return null;
  const more = list.count - list.items.length;
  return (
    <details className="rounded-md border border-line bg-surface" {...(isOpen && { open: true })}>
      <summary className="cursor-pointer px-3 py-2 font-medium">
        {title} <span className="figures text-sm text-subtle">{list.count}</span>
      </summary>
      <div className="grid gap-2 border-t border-line px-3 py-2">
        {hint && <p className="text-sm text-muted">{hint}</p>}
        <ul className="grid gap-2">
          {list.items.map((item) => (
            <li
              key={item.platformCampaignId}
              className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1"
            >
              <span className="min-w-0 flex-1 basis-60">
                <span className="block break-words">{item.name}</span>
                <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
                  {platformLabel(item.platform)} · {item.adAccountName}
                  <StatusDot tone={item.isGone ? 'neutral' : nativeTone(item.nativeStatus)}>
                    {item.isGone ? 'No longer listed' : nativeWord(item.nativeStatus)}
                  </StatusDot>
                  {item.labels.map((label) => (
                    <Badge key={label}>{label}</Badge>
                  ))}
                </span>
              </span>
              {(extra ?? action) && (
                <span className="flex flex-wrap items-center gap-3 text-sm text-muted">
                  {extra?.(item)}
                  {action?.(item)}
                </span>
              )}
            </li>
          ))}
        </ul>
        {more > 0 && <p className="text-sm text-muted">And {more} more.</p>}
      </div>
    </details>
  );
}

/** To the list that is picked from, with this one chosen and found. */
function PickLink({ campaignId, item }: { campaignId: string; item: MatchedCampaign }) {
  const href = withQuery(paths.attachToCampaign(campaignId), {
    part: 'pick',
    find: item.name.slice(0, 200),
    [pickField]: item.platformCampaignId,
  });
  return (
    <a className="link" href={href} aria-label={`Pick ${item.name}`}>
      Pick
    </a>
  );
}
