import { buyingTypeOf, isBuyingType, UNASKED } from './buying.ts';
import { jsonParameter, type TiktokCall } from './call.ts';
import { type CampaignSight, standing } from './campaign-sight.ts';
import { invalidParameter } from './failures.ts';
import { type ReportLevel } from './report-query.ts';

export type ReportFilter = (sight: CampaignSight) => boolean;

/** The values of `filter_value`: a JSON array inside of a text, itself inside of JSON. */
function valuesOf(fieldName: string, value: unknown): string[] {
  try {
    const values: unknown = JSON.parse(String(value));
    if (Array.isArray(values) && values.every((each) => typeof each === 'string')) return values;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalidParameter(`filtering: the filter_value of ${fieldName} must be a JSON array of strings.`);
}

function readFilters(call: TiktokCall): Map<string, string[]> {
  const value = jsonParameter(call, 'filtering') ?? [];
  if (!Array.isArray(value)) throw invalidParameter('filtering: must be a list.');
  return new Map(
    value.map((entry: unknown) => {
      const filter = typeof entry === 'object' && entry !== null ? entry : {};
      const { field_name, filter_type, filter_value } = filter as Record<string, unknown>;
      if (typeof field_name !== 'string' || filter_type !== 'IN') {
        throw invalidParameter('filtering: the sandbox knows a field_name with the filter_type IN.');
      }
      return [field_name, valuesOf(field_name, filter_value)];
    }),
  );
}

function statusTest(values: readonly string[]): ReportFilter {
  const [status] = values;
  if (status === 'STATUS_ALL') return () => true;
  if (status === 'STATUS_NOT_DELETE') return (sight) => standing(sight) !== 'removed';
  throw invalidParameter(`filtering: campaign_status ${String(status)} is not a valid choice.`);
}

function buyingTest(values: readonly string[]): ReportFilter {
  const wrong = values.find((type) => !isBuyingType(type));
  if (wrong !== undefined) throw invalidParameter(`filtering: buying_type ${wrong} is not a valid choice.`);
  return ({ campaign }) => values.includes(buyingTypeOf(campaign));
}

/**
 * Which campaigns a report holds. Those of campaigns leave out deleted ones and TopView unless they are asked for; the
 * advertiser's own totals hold everything. Source: report/integrated/get, filtering and service_type.
 */
export function reportFilter(call: TiktokCall, level: ReportLevel): ReportFilter {
  const filters = readFilters(call);
  if (level === 'AUCTION_ADVERTISER') {
    if (filters.size > 0) throw invalidParameter(`filtering: no filter is valid for data_level ${level}.`);
    return () => true;
  }
  const known = ['campaign_ids', 'campaign_status', 'buying_type'];
  const other = [...filters.keys()].find((name) => !known.includes(name));
  if (other !== undefined)
    throw invalidParameter(`filtering: ${other} is not valid for data_level ${level}.`);
  const ids = filters.get('campaign_ids');
  const tests = [
    statusTest(filters.get('campaign_status') ?? ['STATUS_NOT_DELETE']),
    buyingTest(filters.get('buying_type') ?? UNASKED),
    ({ campaign }: CampaignSight) => ids === undefined || ids.includes(campaign.id),
  ];
  return (sight) => tests.every((test) => test(sight));
}
