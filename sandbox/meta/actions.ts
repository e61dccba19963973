import { microsPerMinor } from '../world/currencies.ts';
import { type InsightRow } from './insights-rows.ts';
import { type Json } from './json.ts';
import { type Window } from './insights-query.ts';

/** A whole amount written in Meta's way: major units, zeros at the end cut off. */
export function writeMicros(micros: number): string {
  const text = String(micros).padStart(7, '0');
  const fraction = text.slice(-6).replace(/0+$/, '');
  return fraction === '' ? text.slice(0, -6) : `${text.slice(0, -6)}.${fraction}`;
}

/** How much of a value each attribution window holds; they overlap, so they do not add up to it. */
const WINDOW_PARTS: Record<Window, number> = {
  '1d_click': 0.62,
  '7d_click': 0.88,
  '28d_click': 0.97,
  '1d_view': 0.12,
  '1d_ev': 0,
};

interface Amount {
  value: number;
  /** The smallest piece that a part of it may be: one, or one minor unit in micros. */
  piece: number;
  write: (value: number) => string;
}

function action(row: InsightRow, actionType: string, { value, piece, write }: Amount): Json[] {
  if (value === 0) return [];
  const parts = row.windows.map(
    (window) => [window, Math.floor((value * WINDOW_PARTS[window]) / piece) * piece] as const,
  );
  const shown = parts.filter(([, part]) => part > 0).map(([window, part]) => [window, write(part)]);
  return [
    {
      action_type: actionType,
      value: write(value),
      ...(Object.fromEntries(shown) as Record<string, string>),
    },
  ];
}

const count = (value: number): Amount => ({ value, piece: 1, write: String });
const money = ({ account }: InsightRow, value: number): Amount => {
  return { value, piece: microsPerMinor(account.currency), write: writeMicros };
};

/**
 * A purchase under all of its names. They overlap: adding them up counts it many times. Which names appear depends
 * on how the account measures; the widest one there is always the whole.
 */
function purchaseNames({ account }: InsightRow): { whole: string[]; pixel: string[] } {
  const pixel = ['offsite_conversion.fb_pixel_purchase', 'offsite_conversion.fb_pixel_custom'];
  const web = ['purchase', 'onsite_web_purchase', 'onsite_web_app_purchase', 'web_in_store_purchase'];
  if (account.purchaseStyle === 'omni') return { whole: ['omni_purchase', ...web], pixel };
  if (account.purchaseStyle === 'purchase') return { whole: web, pixel };
  return { whole: [], pixel };
}

/** The one name under which a whole purchase is found, as a ratio like purchase_roas takes it. */
export function widestPurchase(row: InsightRow): string {
  const { whole, pixel } = purchaseNames(row);
  return whole[0] ?? pixel[0] ?? 'purchase';
}

/** Source: Marketing API insights, AdsActionStats, and the conversion types that public connectors map. */
export function actionsOf(row: InsightRow): Json[] {
  const { totals } = row;
  const { whole, pixel } = purchaseNames(row);
  const viaPixel = count(totals.purchases - totals.otherPurchases);
  const carts = totals.purchases * 3;
  const formLeads = Math.floor(totals.leads * 0.7);
  return [
    ...action(row, 'link_click', count(totals.linkClicks)),
    ...action(row, 'post_engagement', count(totals.clicks + totals.videoPlays)),
    ...action(row, 'page_engagement', count(totals.clicks + totals.videoPlays)),
    ...action(row, 'landing_page_view', count(Math.floor(totals.linkClicks * 0.8))),
    ...action(row, 'video_view', count(totals.videoPlays)),
    ...['omni_add_to_cart', 'add_to_cart', 'offsite_conversion.fb_pixel_add_to_cart'].flatMap((name) =>
      action(row, name, count(carts)),
    ),
    ...whole.flatMap((name) => action(row, name, count(totals.purchases))),
    ...pixel.flatMap((name) => action(row, name, viaPixel)),
    ...action(row, 'lead', count(totals.leads)),
    ...action(row, 'onsite_conversion.lead_grouped', count(formLeads)),
    ...action(row, 'offsite_conversion.fb_pixel_lead', count(totals.leads - formLeads)),
  ];
}

export function actionValuesOf(row: InsightRow): Json[] {
  const { totals } = row;
  const { whole, pixel } = purchaseNames(row);
  const viaPixel = money(row, totals.purchaseValueMicros - totals.otherPurchaseValueMicros);
  return [
    ...whole.flatMap((name) => action(row, name, money(row, totals.purchaseValueMicros))),
    ...pixel.flatMap((name) => action(row, name, viaPixel)),
  ];
}

/** A list with one element, or undefined where the count is nothing. */
export function singleAction(row: InsightRow, actionType: string, value: number): Json[] | undefined {
  const list = action({ ...row, windows: [] }, actionType, count(value));
  return list.length === 0 ? undefined : list;
}
