import type { CampaignCreator } from '../../../server/domain/campaign-creators/schema.ts';
import { formatMoney, formatPercentPoints } from '../../lib/format.ts';

type Fee = Pick<
  CampaignCreator,
  'feeType' | 'fee' | 'feePercent' | 'variableFeeType' | 'variableFee' | 'feeCap'
>;

const units = { CPM: 'per 1,000 views', CPC: 'per click', CPA: 'per conversion' } as const;

/** "AED 5,000.00 and AED 3.50 per conversion, at most AED 9,000.00"; null where none is agreed. */
export function feeWords(of: Fee): string | null {
  const { feeType, fee, feePercent, variableFeeType, variableFee, feeCap } = of;
  const counted = feeType === 'HYBRID' ? variableFeeType : feeType;
  const rate = feeType === 'HYBRID' ? variableFee : fee;
  const parts: string[] = [];
  if (fee && (feeType === 'FLAT' || feeType === 'HYBRID')) parts.push(formatMoney(fee, 'code'));
  if (counted === 'REVENUE_SHARE' && feePercent !== null)
    parts.push(`${formatPercentPoints(feePercent, 2)} of the value of the results`);
  if (rate && (counted === 'CPM' || counted === 'CPC' || counted === 'CPA'))
    parts.push(`${formatMoney(rate, 'code')} ${units[counted]}`);
  if (parts.length === 0) return null;
  return `${parts.join(' and ')}${feeCap ? `, at most ${formatMoney(feeCap, 'code')}` : ''}`;
}
