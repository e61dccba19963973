import {
  feeFields,
  feeFieldsOf,
  feeTypes,
  variableFeeTypes,
} from '../../../server/domain/campaign-creators/fields.ts';
import type { CampaignCreator } from '../../../server/domain/campaign-creators/schema.ts';

/** One line of deliverables as its inputs hold it; without a type it is none. */
export interface DeliverableValues {
  campaignDeliverableId: string;
  platform: string;
  type: string;
  count: string;
  dueOn: string;
  revisionRounds: string;
  note: string;
}

export const emptyDeliverable: Readonly<DeliverableValues> = {
  campaignDeliverableId: '',
  platform: '',
  type: '',
  count: '1',
  dueOn: '',
  revisionRounds: '',
  note: '',
};

const deliverableFields = Object.keys(emptyDeliverable) as (keyof DeliverableValues)[];

/** Texts and days that the form and the procedure hold alike. */
export const termFields = [
  ...(['role', 'feeType', 'fee', 'feePercent', 'variableFeeType', 'variableFee', 'feeCap'] as const),
  ...(['currency', 'startsOn', 'endsOn', 'note'] as const),
] as const;
export type TermField = (typeof termFields)[number];

/** What must be said, or stays as it is; the others are emptied where the form's field is. */
const neverEmptied: readonly TermField[] = ['role', 'currency', 'feeType'];

/** What the form sends, as the procedures take it; their own schema judges it. */
export function readTerms(form: Pick<FormData, 'get' | 'getAll' | 'has'>): Record<string, unknown> {
  const terms: Record<string, unknown> = {};
  for (const name of termFields) {
    const value = toText(form.get(name));
    if (!form.has(name) || (value === '' && neverEmptied.includes(name))) continue;
    terms[name] = value === '' ? null : value;
  }
  return { ...withoutIdleFees(terms), deliverables: readDeliverables(form).flatMap(toDeliverable) };
}

/** What a type of fee has no use for is hidden in the form and stays behind. */
function withoutIdleFees(terms: Record<string, unknown>): Record<string, unknown> {
  const type = feeTypes.find((one) => one === terms.feeType);
  if (!type) return terms;
  const counted = variableFeeTypes.find((one) => one === terms.variableFeeType) ?? null;
  const used: readonly string[] = feeFieldsOf(type, counted);
  const idle: readonly string[] = feeFields.filter((name) => !used.includes(name));
  return Object.fromEntries(Object.entries(terms).filter(([name]) => !idle.includes(name)));
}

/** Every line that the form has, those without a type as well, so that it can be shown again. */
export function readDeliverables(form: Pick<FormData, 'getAll'>): DeliverableValues[] {
  const columns = deliverableFields.map((name) => form.getAll(`deliverables.${name}`));
  return (columns[0] ?? []).map((_, row) => ({
    ...emptyDeliverable,
    ...Object.fromEntries(deliverableFields.map((name, at) => [name, toText(columns[at]?.[row])])),
  }));
}

function toDeliverable(values: DeliverableValues) {
  const { campaignDeliverableId, platform, type, count, dueOn, revisionRounds, note } = values;
  if (type === '' && platform === '') return [];
  return [
    {
      ...(campaignDeliverableId && { campaignDeliverableId }),
      platform,
      type,
      count: Number(count || '1'),
      dueOn: dueOn || null,
      revisionRounds: revisionRounds === '' ? null : Number(revisionRounds),
      note: note || null,
    },
  ];
}

function toText(value: FormDataEntryValue | null | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** What the form of an assignment begins with. */
export function termValues(assignment: CampaignCreator): Record<TermField, string> {
  const { role, feeType, fee, startsOn, endsOn, note } = assignment;
  const { feePercent, variableFeeType, variableFee, feeCap, feeCurrency } = assignment;
  return {
    role,
    feeType: feeType ?? '',
    fee: fee?.amount ?? '',
    feePercent: feePercent ?? '',
    variableFeeType: variableFeeType ?? '',
    variableFee: variableFee?.amount ?? '',
    feeCap: feeCap?.amount ?? '',
    currency: feeCurrency ?? '',
    startsOn: startsOn ?? '',
    endsOn: endsOn ?? '',
    note: note ?? '',
  };
}

export function deliverableValues(assignment: CampaignCreator): DeliverableValues[] {
  return assignment.deliverables.map(({ id, platform, type, count, dueOn, revisionRounds, note }) => ({
    campaignDeliverableId: id,
    platform,
    type,
    count: String(count),
    dueOn: dueOn ?? '',
    revisionRounds: revisionRounds === null ? '' : String(revisionRounds),
    note: note ?? '',
  }));
}
