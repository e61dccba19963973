import { Form } from '@remix-run/react';
import type { CampaignCreator } from '../../../server/domain/campaign-creators/schema.ts';
import type { PlatformCampaign, RecentSpend } from '../../../server/domain/platform-campaigns/schema.ts';
import { pickField } from '../../lib/form-fields.ts';
import { formatDateIn, formatMoney } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Badge, StatusDot } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Select } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { nativeTone, nativeWord, platformLabel } from '../ad-accounts/labels.ts';
import { useTimeZone } from '../shell/use-account.ts';
import { useDetach } from './use-detach.ts';

export interface AttachedPartProps {
  campaignId: string;
  items: readonly PlatformCampaign[];
  spends: readonly RecentSpend[];
  /** Whose posts a boost may be for. */
  creators: readonly Pick<CampaignCreator, 'id' | 'creatorName'>[];
  canChange: boolean;
  mayRule: boolean;
  problem: string | undefined;
}

/** What is attached: how it came, what it counts as, and off again. */
export function AttachedPart(props: AttachedPartProps) {
  const { campaignId, items, canChange, mayRule, problem } = props;
  const detach = useDetach(campaignId);
  if (items.length === 0) return <NothingAttached {...{ campaignId, canChange, mayRule }} />;
  return (
    <Form
      method="post"
      action={paths.attachToCampaign(campaignId)}
      onSubmit={(event) => {
        const { submitter } = event.nativeEvent as SubmitEvent;
        const isDetach = submitter instanceof HTMLButtonElement && submitter.value === 'detach';
        if (isDetach && new FormData(event.currentTarget).has(pickField)) detach.onSubmit(event);
      }}
      className="grid gap-3"
    >
      <FormErrorSummary formError={problem} />
      <Panel
        title="Attached"
        description="Their figures are this campaign’s. Spend is of the last 28 days, each account’s own."
        padded={false}
      >
        <AttachedTable {...props} />
      </Panel>
      {canChange && <Marking creators={props.creators} />}
    </Form>
  );
}

function NothingAttached({
  campaignId,
  canChange,
  mayRule,
}: Pick<AttachedPartProps, 'campaignId' | 'canChange' | 'mayRule'>) {
  return (
    <EmptyState
      kind="unused"
      title="No platform campaign is attached"
      description="What runs on the platforms is listed there under its own names. Pick what belongs to this campaign, or write rules that attach it by name, label or ad account as it comes in."
      {...(canChange && {
        action: { label: 'Pick platform campaigns', href: paths.attachToCampaign(campaignId, 'pick') },
      })}
    >
      {mayRule && (
        <a className="button button-secondary" href={paths.attachToCampaign(campaignId, 'rules')}>
          {canChange ? 'Write rules' : 'See the rules'}
        </a>
      )}
    </EmptyState>
  );
}

function AttachedTable({ items, spends, canChange }: AttachedPartProps) {
  const spendOf = new Map(spends.map(({ platformCampaignId, spend }) => [platformCampaignId, spend]));
  return (
    <Table label="Attached platform campaigns" hasSelection={canChange}>
      <thead>
        <tr>
          {canChange && (
            <th scope="col">
              <span className="sr-only">Choose</span>
            </th>
          )}
          <th scope="col">Platform campaign</th>
          <th scope="col">Counts as</th>
          <th scope="col" className="end">
            Spend, 28 days
          </th>
          <th scope="col">Status there</th>
          <th scope="col" className="wide">
            Attached
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <AttachedRow
            key={item.id}
            item={item}
            spend={formatMoney(spendOf.get(item.id) ?? null)}
            canChange={canChange}
          />
        ))}
      </tbody>
    </Table>
  );
}

interface AttachedRowProps {
  item: PlatformCampaign;
  spend: string;
  canChange: boolean;
}

function AttachedRow({ item, spend, canChange }: AttachedRowProps) {
  return (
    <tr>
      {canChange && (
        <td>
          <input
            type="checkbox"
            className="checkbox"
            name={pickField}
            value={item.id}
            aria-label={`Choose ${item.name}`}
          />
        </td>
      )}
      <th scope="row" className="wrap">
        {item.name}
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-normal text-muted">
          {platformLabel(item.platform)} · {item.adAccountName}
          {item.isSandbox && ' · sandbox'}
          {item.labels.map((label) => (
            <Badge key={label}>{label}</Badge>
          ))}
        </span>
      </th>
      <td>{kindOf(item)}</td>
      <td className="end figures">{spend}</td>
      <td>
        <StatusDot
          tone={item.isGone ? 'neutral' : nativeTone(item.nativeStatus)}
          title={item.nativeStatus ?? ''}
        >
          {item.isGone ? 'No longer listed' : nativeWord(item.nativeStatus)}
        </StatusDot>
      </td>
      <td className="quiet wide">
        <Attached item={item} />
      </td>
    </tr>
  );
}

function kindOf({ isBoost, creatorName }: PlatformCampaign): string {
  if (!isBoost) return 'Media';
  return creatorName === null ? 'Boost' : `Boost of ${creatorName}`;
}

function Attached({ item: { attachedBy, attachedAt } }: { item: PlatformCampaign }) {
  const timeZone = useTimeZone();
  const how = attachedBy === 'RULE' ? 'By a rule' : attachedBy === 'PICKED' ? 'Picked' : '—';
  return <>{attachedAt === null ? how : `${how}, ${formatDateIn(attachedAt, timeZone)}`}</>;
}

/** What is done with those that are chosen. */
function Marking({ creators }: Pick<AttachedPartProps, 'creators'>) {
  return (
    <fieldset className="flex flex-wrap items-end gap-2">
      <legend className="pb-1 text-sm text-muted">With those that are chosen</legend>
      <Button type="submit" name="intent" value="detach">
        Detach
      </Button>
      <Button type="submit" name="intent" value="media">
        Count as media
      </Button>
      <span className="flex flex-wrap gap-2">
        <Button type="submit" name="intent" value="boost">
          Count as boost
        </Button>
        {creators.length > 0 && (
          <Select
            name="campaignCreatorId"
            aria-label="Whose posts are boosted"
            emptyLabel="Of no creator in particular"
            options={creators.map(({ id, creatorName }) => ({
              value: id,
              label: `Of ${creatorName ?? 'a creator'}`,
            }))}
          />
        )}
      </span>
    </fieldset>
  );
}
