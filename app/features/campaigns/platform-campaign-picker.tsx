import { Form, useNavigation } from '@remix-run/react';
import type { KeyboardEvent } from 'react';
import type { PlatformCampaign, RecentSpend } from '../../../server/domain/platform-campaigns/schema.ts';
import { pickField, searchField } from '../../lib/form-fields.ts';
import { formatDate, formatMoney } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Badge, StatusDot } from '../../ui/badge.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { nativeTone, nativeWord, platformLabel, platformLabels } from '../ad-accounts/labels.ts';

/** What narrows the list, as the address says it; empty is any. */
export interface PickerFilter {
  find: string;
  adAccountId: string;
  platform: string;
  label: string;
}

export interface PlatformCampaignPickerProps {
  campaignId: string;
  /** Those that wait for a campaign and fit the filter. */
  items: readonly PlatformCampaign[];
  spends: readonly RecentSpend[];
  /** More fit than are listed. */
  hasMore: boolean;
  /** What was chosen before the search: it stays chosen, listed or not. */
  chosen: readonly Pick<PlatformCampaign, 'id' | 'name'>[];
  filter: PickerFilter;
  accounts: readonly { id: string; name: string; platform: string }[];
  labels: readonly { label: string; count: number }[];
  problem: string | undefined;
}

/**
 * A searchable list of checkboxes. Searching sends the whole form to its own page with GET, so that what is chosen
 * comes back with it, with or without a script.
 */
export function PlatformCampaignPicker(props: PlatformCampaignPickerProps) {
  const { campaignId, items, hasMore, chosen, filter, problem } = props;
  const isPending = useNavigation().formData?.get('intent') === 'attach';
  const isNarrowed = Object.values(filter).some((value) => value !== '');
  const description = `${countWords(items.length, hasMore)} for a campaign${isNarrowed ? ' and fit' : ''}. Spend is of the last 28 days, each account’s own.`;
  if (items.length === 0 && chosen.length === 0 && !isNarrowed) return <NothingWaits />;
  return (
    <Form method="post" className="grid gap-3">
      <FormErrorSummary formError={problem} />
      <PickerFilters {...props} />
      <Panel title="Waiting for a campaign" description={description}>
        {items.length === 0 && chosen.length === 0 ? (
          <EmptyState
            kind="no-result"
            title="None fits"
            description="No platform campaign that waits for a campaign fits this search."
            action={{ label: 'Clear the search', href: paths.attachToCampaign(campaignId, 'pick') }}
          />
        ) : (
          <Choices {...props} />
        )}
        {hasMore && (
          <p className="pt-2 text-muted">More fit than are listed here; search to narrow them down.</p>
        )}
      </Panel>
      <div className="flex gap-2">
        <Button type="submit" name="intent" value="attach" variant="primary" isPending={isPending}>
          Attach
        </Button>
        <LinkButton href={paths.attachToCampaign(campaignId)}>Cancel</LinkButton>
      </div>
    </Form>
  );
}

function NothingWaits() {
  return (
    <EmptyState
      kind="unused"
      title="Nothing waits for a campaign"
      description="Every platform campaign that you see is attached. New ones come with the next sync of an ad account."
      action={{ label: 'Ad accounts', href: paths.adAccounts() }}
    />
  );
}

function countWords(count: number, hasMore: boolean): string {
  if (hasMore) return `More than ${count} wait`;
  return count === 1 ? '1 waits' : `${count} wait`;
}

function PickerFilters({ campaignId, filter, accounts, labels }: PlatformCampaignPickerProps) {
  const platforms = [...new Set(accounts.map(({ platform }) => platform))];
  return (
    <div className="picker-filters" key={JSON.stringify(filter)}>
      <input type="hidden" name="part" value="pick" />
      <Input
        type="search"
        name={searchField}
        aria-label="Search platform campaigns"
        placeholder="Search by name"
        defaultValue={filter.find}
        onKeyDown={searchOnEnter}
      />
      <Select
        name="adAccountId"
        aria-label="Ad account"
        emptyLabel="Any ad account"
        options={accounts.map(({ id, name, platform }) => ({
          value: id,
          label: `${name} · ${platformLabel(platform)}`,
        }))}
        defaultValue={filter.adAccountId}
      />
      <Select
        name="platform"
        aria-label="Platform"
        emptyLabel="Any platform"
        options={Object.entries(platformLabels)
          .filter(([value]) => platforms.includes(value))
          .map(([value, label]) => ({ value, label }))}
        defaultValue={filter.platform}
      />
      <Select
        name="label"
        aria-label="Label"
        emptyLabel="Any label"
        options={labels.map(({ label, count }) => ({ value: label, label: `${label} (${count})` }))}
        defaultValue={filter.label}
      />
      <Button
        type="submit"
        formMethod="get"
        formAction={paths.attachToCampaign(campaignId)}
        formNoValidate
        data-search-button=""
      >
        Search
      </Button>
    </div>
  );
}

function Choices({ items, spends, chosen }: PlatformCampaignPickerProps) {
  const spendOf = new Map(spends.map(({ platformCampaignId, spend }) => [platformCampaignId, spend]));
  const chosenIds = new Set(chosen.map(({ id }) => id));
  const listed = new Set(items.map(({ id }) => id));
  return (
    <ul
      className="grid max-h-[36rem] gap-1 overflow-y-auto"
      aria-label="Platform campaigns without a campaign"
    >
      {chosen.map(
        (item) =>
          !listed.has(item.id) && (
            <li key={item.id}>
              <Choice item={item} isChosen spend={null} />
            </li>
          ),
      )}
      {items.map((item) => (
        <li key={item.id}>
          <Choice
            item={item}
            isChosen={chosenIds.has(item.id)}
            spend={formatMoney(spendOf.get(item.id) ?? null)}
          />
        </li>
      ))}
    </ul>
  );
}

interface ChoiceProps {
  item: Pick<PlatformCampaign, 'id' | 'name'> & Partial<PlatformCampaign>;
  isChosen: boolean;
  spend: string | null;
}

function Choice({ item, isChosen, spend }: ChoiceProps) {
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
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
            {platformLabel(item.platform)} · {item.adAccountName}
            {item.startsOn && ` · from ${formatDate(item.startsOn)}`}
            <StatusDot tone={item.isGone ? 'neutral' : nativeTone(item.nativeStatus ?? null)}>
              {item.isGone ? 'No longer listed' : nativeWord(item.nativeStatus ?? null)}
            </StatusDot>
            {item.isSandbox && <span>sandbox</span>}
            {item.labels?.map((label) => (
              <Badge key={label}>{label}</Badge>
            ))}
          </span>
        )}
      </span>
      {spend !== null && <span className="figures text-sm text-muted">{spend}</span>}
    </label>
  );
}

/** Enter in the search searches; elsewhere in the form it attaches. */
function searchOnEnter(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.form?.querySelector<HTMLButtonElement>('[data-search-button]')?.click();
}
