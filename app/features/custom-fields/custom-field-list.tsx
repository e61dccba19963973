import type { ReactNode } from 'react';
import { formatDate, formatMoney } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { isMoney } from '../records/field-specs.ts';
import { type CustomValues, type FormField, optionsIn, toText } from './custom-values.ts';

export interface CustomFieldListProps {
  fields: readonly Pick<FormField, 'key' | 'label' | 'kind'>[];
  values: CustomValues;
  /** User id to name. */
  members: Readonly<Record<string, string>>;
}

/** The agency's own fields of a record: the defined ones in their order, then what stands under other keys. */
export function CustomFieldList({ fields, values, members }: CustomFieldListProps) {
  const defined = new Set(fields.map(({ key }) => key));
  const others = Object.entries(values).filter(([key, value]) => !defined.has(key) && toText(value) !== '');
  if (fields.length === 0 && others.length === 0) return null;
  return (
    <Panel title="Custom fields">
      <DetailList
        details={[
          ...fields.map((field) => ({
            term: field.label,
            value: shownValue(field.kind, values[field.key], members),
          })),
          ...others.map(([key, value]) => ({
            term: wordsOf(key),
            value: shownValue('TEXT', value, members),
          })),
        ]}
      />
    </Panel>
  );
}

function shownValue(
  kind: FormField['kind'],
  value: unknown,
  members: CustomFieldListProps['members'],
): ReactNode {
  const text = toText(value);
  if (text === '' || (Array.isArray(value) && value.length === 0)) return null;
  if (isMoney(value)) return formatMoney(value);
  if (Array.isArray(value)) {
    return (
      <ul className="flex flex-wrap gap-1">
        {optionsIn(value).map((option) => (
          <li key={option}>
            <Badge>{option}</Badge>
          </li>
        ))}
      </ul>
    );
  }
  if (kind === 'DATE' && /^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDate(text);
  return kind === 'USER' ? (members[text] ?? 'Somebody who left') : text;
}

function wordsOf(key: string): string {
  const words = key.replaceAll(/[_-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
