import type { Contract } from '../../../server/domain/creator-contracts/schema.ts';

/** One line of usage rights as its inputs hold it; without a channel it is no right. */
export interface UsageRightValues {
  channel: string;
  adPermission: string;
  territories: string;
  startsOn: string;
  endsOn: string;
  note: string;
}

/** Texts and days that the form and the procedure hold alike; an empty one is null. */
const plain = [
  'brandId',
  'ownerId',
  'campaignId',
  'fee',
  'commissionPercent',
  'startsOn',
  'endsOn',
  'exclusivityStartsOn',
  'exclusivityEndsOn',
  'note',
] as const;
const lists = ['exclusivityCategories', 'exclusivityCompetitors', 'exclusivityTerritories'] as const;

const noRight: UsageRightValues = {
  channel: '',
  adPermission: '',
  territories: '',
  startsOn: '',
  endsOn: '',
  note: '',
};
const rightFields = Object.keys(noRight) as (keyof UsageRightValues)[];

/** What the form sends, as the procedure takes it; the procedure's own schema judges it. */
export function readContractForm(form: FormData): Record<string, unknown> {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const currency = text('currency');
  return {
    ...(form.has('title') ? { title: text('title') } : {}),
    ...Object.fromEntries(plain.filter((name) => form.has(name)).map((name) => [name, text(name) || null])),
    ...(currency ? { currency: currency.toUpperCase() } : {}),
    exclusivity: text('exclusivity') || 'NONE',
    ...Object.fromEntries(lists.map((name) => [name, toList(text(name))])),
    exclusivityPlatforms: form.getAll('exclusivityPlatforms'),
    usageRights: readRights(form)
      .filter(({ channel }) => channel !== '')
      .map(({ territories, ...right }) => ({
        ...Object.fromEntries(Object.entries(right).map(([name, value]) => [name, value || null])),
        territories: toList(territories),
      })),
  };
}

/** Every line that the form has, those without a channel as well, so that it can be shown again. */
export function readRights(form: Pick<FormData, 'getAll'>): UsageRightValues[] {
  const columns = rightFields.map((name) => form.getAll(`rights.${name}`));
  return (columns[0] ?? []).map((_, row) => ({
    ...noRight,
    ...Object.fromEntries(rightFields.map((name, at) => [name, toText(columns[at]?.[row])])),
  }));
}

function toText(value: FormDataEntryValue | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** Texts with commas, semicolons or lines between them. */
function toList(text: string): string[] {
  return text
    .split(/[,;\n،]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** What a contract's form begins with. */
export function contractValues(contract: Contract): Record<string, string> {
  return {
    title: contract.title,
    ...Object.fromEntries(
      plain.map((name) => [name, name === 'fee' ? (contract.fee?.amount ?? '') : (contract[name] ?? '')]),
    ),
    currency: contract.fee?.currency ?? '',
    exclusivity: contract.exclusivity,
    ...Object.fromEntries(lists.map((name) => [name, contract[name].join(', ')])),
    exclusivityPlatforms: contract.exclusivityPlatforms.join('\n'),
  };
}

export function rightValues(contract: Contract): UsageRightValues[] {
  return contract.usageRights.map((right) => ({
    channel: right.channel,
    adPermission: right.adPermission ?? '',
    territories: right.territories.join(', '),
    startsOn: right.startsOn ?? '',
    endsOn: right.endsOn ?? '',
    note: right.note ?? '',
  }));
}

export const emptyRight: Readonly<UsageRightValues> = noRight;
