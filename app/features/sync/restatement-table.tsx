import type { Restatement, SyncRestatements } from '../../../server/domain/sync/schema.ts';
import { formatCount, formatDay, formatMoney, formatMoneyExact } from '../../lib/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';

/** The campaigns' days that a run found changed: what stood, and what stands after it. */
export function RestatementTable({ items, total }: SyncRestatements) {
  if (total === 0) return null;
  const description =
    total > items.length
      ? `The ${formatCount(items.length)} largest changes of spend, of ${formatCount(total)} in all.`
      : 'What stood before is kept with each number’s history.';
  return (
    <Panel title="Restated" description={description} padded={false}>
      <Table label="Restated days">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Campaign</th>
            <th scope="col" className="end">
              Spend
            </th>
            <th scope="col" className="end">
              Impressions
            </th>
            <th scope="col" className="end">
              Clicks
            </th>
            <th scope="col" className="end">
              Conversions
            </th>
            <th scope="col" className="end">
              Their value
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={`${item.platformCampaignId} ${item.date}`}>
              <th scope="row">{formatDay(item.date)}</th>
              <td className="clip" title={item.campaignName}>
                {item.campaignName}
              </td>
              <MoneyChange item={item} name="spend" />
              <CountChange item={item} name="impressions" />
              <CountChange item={item} name="clicks" />
              <CountChange item={item} name="conversions" />
              <MoneyChange item={item} name="conversionValue" />
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

type Figures = Restatement['before'];

function MoneyChange({ item, name }: { item: Restatement; name: 'spend' | 'conversionValue' }) {
  const money = (figures: Figures) => {
    const amount = figures[name];
    return amount === null ? null : { amount, currency: item.currency };
  };
  const exact = [item.before, ...(item.after ? [item.after] : [])].map((f) => formatMoneyExact(money(f)));
  return (
    <Change
      before={formatMoney(money(item.before))}
      after={item.after && formatMoney(money(item.after))}
      title={exact.join(' → ')}
      isSame={item.after !== null && isEqual(item.after[name], item.before[name])}
    />
  );
}

function CountChange({
  item,
  name,
}: {
  item: Restatement;
  name: Exclude<keyof Figures, 'spend' | 'conversionValue'>;
}) {
  return (
    <Change
      before={formatCount(item.before[name])}
      after={item.after && formatCount(item.after[name])}
      isSame={item.after !== null && isEqual(item.after[name], item.before[name])}
    />
  );
}

/** "1.50" and "1.5" are the same; unknown is the same as unknown alone, and not as 0. */
function isEqual(after: string | number | null, before: string | number | null): boolean {
  return after === null || before === null ? after === before : Number(after) === Number(before);
}

interface ChangeProps {
  before: string;
  /** null: the day is gone. */
  after: string | null;
  isSame: boolean;
  title?: string;
}

function Change({ before, after, isSame, title }: ChangeProps) {
  if (isSame)
    return (
      <td className="end quiet" title={title}>
        {after}
      </td>
    );
  return (
    <td className="end" title={title}>
      <del className="was">{before}</del> <ins className="no-underline">{after ?? 'gone'}</ins>
    </td>
  );
}
