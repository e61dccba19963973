import { describe, expect, test } from 'vitest';
import { createContractInput, type Contract } from '../../server/domain/creator-contracts/schema.ts';
import {
  contractValues,
  readContractForm,
  readRights,
  rightValues,
} from '../../app/features/creator-contracts/contract-form-values.ts';

function formOf(fields: readonly (readonly [string, string])[]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

const right = (values: Partial<Record<string, string>>): [string, string][] =>
  ['channel', 'adPermission', 'territories', 'startsOn', 'endsOn', 'note'].map((name) => [
    `rights.${name}`,
    values[name] ?? '',
  ]);

describe('the form of a contract', () => {
  test('lists are divided by commas, lines and the Arabic comma, and empty fields are null', () => {
    const read = readContractForm(
      formOf([
        ['title', ' Autumn '],
        ['fee', ''],
        ['exclusivity', 'CATEGORY'],
        ['exclusivityCategories', 'beauty, skincare،عطور\nhair'],
        ['exclusivityTerritories', 'gcc; EG'],
      ]),
    );
    expect(read).toMatchObject({
      title: 'Autumn',
      fee: null,
      exclusivityCategories: ['beauty', 'skincare', 'عطور', 'hair'],
      exclusivityTerritories: ['gcc', 'EG'],
      exclusivityPlatforms: [],
    });
  });

  test('a line of usage rights without a channel is none, and the others keep their order', () => {
    const form = formOf([
      ...right({ channel: 'WEBSITE', territories: 'AE' }),
      ...right({ note: 'left behind' }),
      ...right({ channel: 'PAID_SOCIAL', adPermission: 'SPARK_CODE', endsOn: '2027-01-31' }),
    ]);
    expect(readContractForm(form).usageRights).toEqual([
      {
        channel: 'WEBSITE',
        adPermission: null,
        startsOn: null,
        endsOn: null,
        note: null,
        territories: ['AE'],
      },
      {
        channel: 'PAID_SOCIAL',
        adPermission: 'SPARK_CODE',
        startsOn: null,
        endsOn: '2027-01-31',
        note: null,
        territories: [],
      },
    ]);
    expect(readRights(form)).toHaveLength(3);
  });

  test('what a contract’s form begins with is read back as the contract that it was', () => {
    const terms = {
      title: 'Autumn',
      brandId: null,
      ownerId: null,
      campaignId: null,
      commissionPercent: '12.5',
      startsOn: '2026-09-01',
      endsOn: '2026-12-31',
      exclusivity: 'PLATFORM',
      exclusivityCategories: [],
      exclusivityCompetitors: [],
      exclusivityPlatforms: ['TIKTOK', 'YOUTUBE'],
      exclusivityTerritories: ['AE', 'SA'],
      exclusivityStartsOn: null,
      exclusivityEndsOn: null,
      note: 'Two\nlines',
    } as const;
    const contract = {
      ...terms,
      fee: { amount: '1234.50', currency: 'AED' },
      usageRights: [
        {
          id: '1',
          channel: 'PRINT',
          adPermission: null,
          territories: ['AE'],
          startsOn: null,
          endsOn: '2027-01-01',
          note: null,
        },
      ],
    } as unknown as Contract;
    const { exclusivityPlatforms, ...values } = contractValues(contract);
    const form = formOf([
      ...Object.entries(values),
      ...(exclusivityPlatforms ?? '')
        .split('\n')
        .map((platform) => ['exclusivityPlatforms', platform] as const),
      ...rightValues(contract).flatMap((line) => right({ ...line })),
    ]);
    const input = createContractInput.parse({
      creatorId: '01980000-0000-7000-8000-000000000000',
      ...readContractForm(form),
    });
    expect(input).toMatchObject({ ...terms, currency: 'AED' });
    expect(input.usageRights).toEqual([
      {
        channel: 'PRINT',
        adPermission: null,
        startsOn: null,
        endsOn: '2027-01-01',
        note: null,
        territories: ['AE'],
      },
    ]);
  });
});
