import { describe, expect, it } from 'vitest';
import {
  moveColumn,
  readColumns,
  showColumns,
  toListRow,
  withWidths,
  writeColumns,
} from '../../app/features/records/chosen-columns.ts';
import {
  emptyDraft,
  findAt,
  placeCondition,
  readDraft,
  removeAt,
  toCondition,
  toDraft,
  turnAt,
} from '../../app/features/records/filter-draft.ts';
import { conditionWords } from '../../app/features/records/filter-words.ts';
import { companyList } from '../../app/features/companies/company-list.ts';
import { listHref, saysNothing, savedViewOf } from '../../app/lib/list-url.ts';
import type { FilterCondition, FilterNode } from '../../server/domain/records/fields.ts';

const fields = companyList.fields;
const type: FilterCondition = { field: 'type', op: 'anyOf', value: ['CLIENT'] };
const name: FilterCondition = { field: 'name', op: 'contains', value: 'a' };
const id = '0192a9c0-0000-7000-8000-000000000001';

describe('the columns of an address', () => {
  it('are the usual ones where it names none, and none that are no field', () => {
    expect(readColumns(null, companyList, fields).map((column) => column.id)).toEqual(companyList.columns);
    expect(readColumns('nonsense,type:250,type', companyList, fields)).toEqual([
      { id: 'name' },
      { id: 'type', width: 256 },
    ]);
  });

  it('keep the name first, whatever is shown, hidden and moved', () => {
    const columns = readColumns('type,name:240,city', companyList, fields);
    expect(columns.map((column) => column.id)).toEqual(['name', 'type', 'city']);
    expect(moveColumn(columns, 'type', -1)).toEqual(columns);
    expect(moveColumn(columns, 'city', -1).map((column) => column.id)).toEqual(['name', 'city', 'type']);
    expect(showColumns(columns, ['state', 'city'])).toEqual([
      { id: 'name', width: 240 },
      { id: 'city' },
      { id: 'state' },
    ]);
  });

  it('are read as they were written, keys with commas among them', () => {
    const own = [...fields, { name: 'customFields.a,b:1%', label: 'Odd', type: 'text' as const }];
    const columns = withWidths([{ id: 'name' }, { id: 'customFields.a,b:1%' }], { name: 9999, city: 20 });
    expect(columns[0]).toEqual({ id: 'name', width: 960 });
    expect(readColumns(writeColumns(columns, companyList), companyList, own)).toEqual(columns);
    expect(
      writeColumns(
        companyList.columns.map((column) => ({ id: column })),
        companyList,
      ),
    ).toBeNull();
  });

  it('are all that a row carries', () => {
    const record = {
      id,
      version: 2,
      name: 'Acme',
      city: 'Dubai',
      type: 'CLIENT',
      customFields: { tier: 'Gold' },
    };
    const columns = [{ id: 'name' }, { id: 'city' }, { id: 'customFields.tier' }];
    expect(toListRow(record, columns, companyList)).toEqual({
      id,
      version: 2,
      name: 'Acme',
      city: 'Dubai',
      'customFields.tier': 'Gold',
    });
  });
});

describe('a filter’s form', () => {
  it('puts its condition beside the others, into a group, or in place of one', () => {
    expect(placeCondition(null, '', type)).toEqual({ all: [type] });
    const two = placeCondition({ all: [type] }, 'new', name);
    expect(two).toEqual({ all: [type, { any: [name] }] });
    expect(placeCondition(two, 'in:1', type)).toEqual({ all: [type, { any: [name, type] }] });
    expect(placeCondition(two, 'at:1.0', type)).toEqual({ all: [type, { any: [type] }] });
    expect(placeCondition({ any: [type] }, '', name)).toEqual({ any: [type, name] });
  });

  it('takes conditions away until nothing is left', () => {
    const filter: FilterNode = { all: [type, { any: [name] }] };
    expect(removeAt(filter, '1.0')).toEqual({ all: [type] });
    expect(removeAt({ all: [type] }, '0')).toBeNull();
    expect(turnAt(filter, '1')).toEqual({ all: [type, { all: [name] }] });
    expect(turnAt(filter, '')).toEqual({ any: [type, { any: [name] }] });
    expect(findAt(filter, '1.0')).toEqual(name);
    expect(findAt(filter, '7.0')).toBeUndefined();
  });

  it('comes back as it was sent', () => {
    const sent = new URLSearchParams('f-field=tags&f-op=hasAny&f-values=vip,%20gulf&f-at=in:0');
    const draft = readDraft(sent);
    expect(draft).toMatchObject({ field: 'tags', op: 'hasAny', values: ['vip', 'gulf'], at: 'in:0' });
    expect(readDraft(new URLSearchParams('q=a'))).toBeNull();
    const conditions: FilterCondition[] = [
      type,
      name,
      { field: 'industry', op: 'empty' },
      { field: 'createdAt', op: 'between', value: ['2026-01-01', '2026-01-31'] },
      { field: 'updatedAt', op: 'relative', value: { period: 'lastDays', days: 7 } },
      { field: 'updatedAt', op: 'relative', value: { period: 'thisMonth' } },
    ];
    for (const condition of conditions) {
      const again = { ...emptyDraft(condition.field, ''), ...toDraft(condition, ''), op: condition.op };
      expect(toCondition(again)).toEqual(condition);
    }
  });
});

describe('a condition in words', () => {
  const words = { fields, specs: companyList.specs, names: { [id]: 'Omar' } };
  const told = (node: FilterNode) => conditionWords(node, words);

  it('says the field, what is asked and the value as people call it', () => {
    expect(told(type)).toBe('Type is Client');
    expect(told({ ...type, value: ['CLIENT', 'PARTNER'] })).toBe('Type is any of Client, Partner');
    expect(told({ field: 'ownerId', op: 'anyOf', value: [id] })).toBe('Owner is Omar');
    expect(told({ field: 'industry', op: 'empty' })).toBe('Industry is empty');
    expect(told({ field: 'updatedAt', op: 'relative', value: { period: 'lastDays', days: 7 } })).toBe(
      'Changed in the last 7 days',
    );
    expect(told({ any: [type, name] })).toBe('(Type is Client or Name contains a)');
  });
});

describe('a list’s address', () => {
  const url = new URL(`http://a.test/companies?view=${id}&q=a&cursor=x&trail=y&f-field=z&open=${id}`);

  it('leaves behind what is passing when something changes', () => {
    expect(listHref(url, { q: null })).toBe(`/companies?view=${id}`);
    expect(listHref(url, { view: null, q: 'b' })).toBe('/companies?q=b');
  });

  it('says nothing of its own where a view stands in it alone', () => {
    expect(saysNothing(url)).toBe(false);
    expect(saysNothing(new URL(`http://a.test/companies?view=${id}&cursor=x`))).toBe(true);
    expect([savedViewOf(url), savedViewOf(new URL('http://a.test/deals?view=list'))]).toEqual([id, null]);
  });
});
