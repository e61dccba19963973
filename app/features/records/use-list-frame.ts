import { useMemo } from 'react';
import type { FieldDefinition } from '../../../server/domain/records/fields.ts';
import { useAccount } from '../shell/use-account.ts';
import { customSpecs, type FieldSpecs } from './field-specs.ts';
import type { ValueChoices } from './filter-value-fields.tsx';
import type { FilterWords } from './filter-words.ts';
import { allColumns, allFields, type CellWords, type ListLook } from './list-look.ts';
import type { ListFrameData } from './open-list.server.ts';

export interface ListFrame {
  url: URL;
  data: ListFrameData;
  /** What the list has columns of; `words` holds those that conditions are made of. */
  fields: readonly FieldDefinition[];
  specs: FieldSpecs;
  words: FilterWords;
  cellWords: CellWords;
  choices: ValueChoices;
}

export interface ListFrameInput {
  look: ListLook;
  data: ListFrameData;
  members: readonly { id: string; name: string }[];
  /** What ids beside those of members and brands are called. */
  names: Readonly<Record<string, string>>;
  now: string;
}

/** What the parts of a list's page share, made once for an answer of its loader. */
export function useListFrame({ look, data, members, names: given, now }: ListFrameInput): ListFrame {
  const { current } = useAccount();
  const { brands, organization } = current;
  return useMemo(() => {
    const named = [...members, ...brands].map(({ id, name }) => [id, name] as const);
    const names = { ...Object.fromEntries(named), ...given };
    const own = data.own.map((field) => ({ ...field, noun: look.noun }));
    const specs = { ...look.specs, ...customSpecs(own) };
    return {
      url: new URL(data.address),
      data,
      fields: allColumns(look, data.own),
      specs,
      words: { fields: allFields(look, data.own), specs, names },
      cellWords: { names, now, timeZone: organization.timeZone },
      choices: { members, brands },
    };
  }, [look, data, members, brands, given, now, organization.timeZone]);
}
