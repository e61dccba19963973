import { describe, expect, test } from 'vitest';
import {
  areWhole,
  emptyRow,
  moved,
  placesOf,
  readRules,
  ruleFields,
  rulesOf,
  ruleWords,
  toRows,
  typedRules,
  withSpareRows,
} from '../../app/features/campaign-match-rules/match-rule-rows.ts';

const rule = {
  adAccountId: null,
  platform: null,
  nameMatch: 'CONTAINS',
  namePattern: 'summer',
  label: null,
  isBoost: false,
} as const;

function formOf(rows: readonly Partial<Record<keyof typeof ruleFields, string>>[]): FormData {
  const form = new FormData();
  for (const row of rows) {
    for (const field of Object.keys(ruleFields) as (keyof typeof ruleFields)[]) {
      if (field !== 'order' || row.order !== undefined) form.append(ruleFields[field], row[field] ?? '');
    }
  }
  return form;
}

describe('the rules of a form', () => {
  test('are those that say something, in their order', () => {
    const form = formOf([
      { nameMatch: 'IS', namePattern: 'a', kind: 'boost' },
      { nameMatch: 'CONTAINS', kind: 'media' },
      { label: 'Always-on', platform: 'META', kind: 'media' },
    ]);
    expect(readRules(form)).toEqual([
      { ...rule, nameMatch: 'IS', namePattern: 'a', isBoost: true },
      { ...rule, nameMatch: null, namePattern: null, label: 'Always-on', platform: 'META' },
    ]);
  });

  test('follow the numbers where there is no script', () => {
    const form = formOf([
      { order: '2', namePattern: 'second', kind: 'media' },
      { order: '1', namePattern: 'first', kind: 'media' },
    ]);
    expect(readRules(form).map(({ namePattern }) => namePattern)).toEqual(['first', 'second']);
  });

  test('come back as they were typed where they are refused', () => {
    const values = {
      [ruleFields.namePattern]: 'one\n\nthree',
      [ruleFields.nameMatch]: 'CONTAINS\nCONTAINS\nENDS_WITH',
      [ruleFields.label]: '\nL\n',
      [ruleFields.kind]: 'media\nboost\nmedia',
    };
    expect(
      typedRules(values).map(({ namePattern, label, isBoost }) => [namePattern, label, isBoost]),
    ).toEqual([
      ['one', null, false],
      [null, 'L', true],
      ['three', null, false],
    ]);
  });
});

describe('the rows of the editor', () => {
  test('are the rules and some that stand ready, each with a key of its own', () => {
    const rows = withSpareRows(toRows([rule, { ...rule, label: 'x' }]), 2);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(4);
    expect(rulesOf(rows)).toEqual([rule, { ...rule, label: 'x' }]);
    expect(placesOf([emptyRow([]), ...rows])).toEqual([null, 0, 1, null, null]);
    expect(rulesOf(moved(rows, 1, 0))[0]?.label).toBe('x');
  });

  test('say too little with a platform alone', () => {
    const row = emptyRow([]);
    expect(areWhole([row])).toBe(true);
    expect(areWhole([{ ...row, platform: 'META' }])).toBe(false);
    expect(areWhole([{ ...row, platform: 'META', label: 'x' }])).toBe(true);
  });
});

test('a rule in words names all that it says', () => {
  expect(ruleWords({ ...rule, label: 'Always-on', platform: 'TIKTOK' })).toBe(
    'name contains “summer”, label “Always-on”, on TikTok',
  );
  expect(ruleWords({ ...rule, nameMatch: null, namePattern: null })).toBe('everything');
});
