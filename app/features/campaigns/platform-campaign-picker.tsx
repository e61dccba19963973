import { Search } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { PlatformCampaign } from '../../../server/domain/platform-campaigns/schema.ts';
import { pickField, searchField } from '../../lib/form-fields.ts';
import { formatDate } from '../../lib/format.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Input } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { nativeTone, nativeWord, platformLabel } from '../ad-accounts/labels.ts';

export interface PlatformCampaignPickerProps {
  /** Those that wait for a campaign and fit the search. */
  items: readonly PlatformCampaign[];
  /** More fit than are listed. */
  hasMore: boolean;
  /** What was chosen before the search: it stays chosen, listed or not. */
  chosen: readonly Pick<PlatformCampaign, 'id' | 'name'>[];
  /** The search itself; empty lists all. */
  find: string;
  /** Where the search leads: the page itself, which then carries what the form holds. */
  action: string;
}

/**
 * A searchable list of checkboxes inside a form. Searching sends the whole form to its own page with GET, so that what
 * is typed and chosen comes back with it, with or without a script.
 */
export function PlatformCampaignPicker({
  items,
  hasMore,
  chosen,
  find,
  action,
}: PlatformCampaignPickerProps) {
  const chosenIds = new Set(chosen.map(({ id }) => id));
  const listed = new Set(items.map(({ id }) => id));
  return (
    <Panel
      title="Platform campaigns"
      description="Their figures become this campaign’s. Those attached elsewhere are not listed."
    >
      <div className="grid gap-3">
        <div className="flex gap-2">
          <Input
            type="search"
            name={searchField}
            aria-label="Search platform campaigns"
            placeholder="Search platform campaigns"
            defaultValue={find}
            key={find}
            onKeyDown={searchOnEnter}
            className="max-w-80"
          />
          <Button
            type="submit"
            formMethod="get"
            formAction={action}
            formNoValidate
            iconOnly
            aria-label="Search"
            data-search-button=""
          >
            <Search aria-hidden="true" />
          </Button>
        </div>
        <ul
          className="grid max-h-96 gap-1 overflow-y-auto"
          aria-label="Platform campaigns without a campaign"
        >
          {chosen.map((item) => !listed.has(item.id) && <li key={item.id}>{choice(item, true)}</li>)}
          {items.map((item) => (
            <li key={item.id}>{choice(item, chosenIds.has(item.id))}</li>
          ))}
        </ul>
        {items.length === 0 && (
          <p className="text-muted">
            {find
              ? 'No platform campaign without a campaign fits this search.'
              : 'No platform campaign waits for a campaign. They come with the next sync of an ad account.'}
          </p>
        )}
        {hasMore && <p className="text-muted">More fit than are listed here; search to narrow them down.</p>}
      </div>
    </Panel>
  );
}

function choice(item: Pick<PlatformCampaign, 'id' | 'name'> & Partial<PlatformCampaign>, isChosen: boolean) {
  return (
    <label className="flex min-h-8 items-start gap-2 rounded-md px-1 py-1 hover:bg-hover">
      <input
        type="checkbox"
        className="checkbox"
        name={pickField}
        value={item.id}
        defaultChecked={isChosen}
        key={String(isChosen)}
      />
      <span className="min-w-0 flex-1">
        <span className="block break-words">{item.name}</span>
        {item.platform && (
          <span className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
            {platformLabel(item.platform)} · {item.adAccountName}
            {item.startsOn && ` · from ${formatDate(item.startsOn)}`}
            <StatusDot tone={nativeTone(item.nativeStatus ?? null)}>
              {nativeWord(item.nativeStatus ?? null)}
            </StatusDot>
            {item.isSandbox && <span>sandbox</span>}
          </span>
        )}
      </span>
    </label>
  );
}

/** Enter in the search searches; elsewhere in the form it creates. */
function searchOnEnter(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.form?.querySelector<HTMLButtonElement>('[data-search-button]')?.click();
}
