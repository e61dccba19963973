import type { ReactNode } from 'react';
import type { Detail } from '../../ui/panel.tsx';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { EditableField } from './inline-edit.tsx';
import { useRecordEditing } from './record-edits.tsx';

/** A line of a summary that is written where it stands; `shown` is how a value that is there reads. */
export function fact(term: string, name: string, value: unknown, shown?: ReactNode): Detail {
  const isThere = value !== null && value !== undefined && value !== '' && value !== false;
  return {
    term,
    value: (
      <EditableField name={name} value={value}>
        {isThere && shown !== undefined ? shown : undefined}
      </EditableField>
    ),
  };
}

/** A record that this one refers to, leading to its page where the reader sees it. */
export function RecordLink({ noun, id }: { noun: 'company' | 'contact' | 'deal'; id: string }) {
  const { names } = useRecordEditing();
  const name = names[id];
  if (name === undefined) return <>Not yours to see</>;
  return (
    <a className="link" href={paths[noun](id)}>
      {name}
    </a>
  );
}

/** Mail addresses or phone numbers, each leading where it can be used. */
export function ReachLines({ values, scheme }: { values: readonly string[]; scheme: 'mailto' | 'tel' }) {
  return (
    <ul>
      {values.map((value) => (
        <li key={value} className="[overflow-wrap:anywhere]">
          <a
            className="link"
            href={`${scheme}:${scheme === 'tel' ? value.replaceAll(/[^+\d]/g, '') : value}`}
          >
            {value}
          </a>
        </li>
      ))}
    </ul>
  );
}

export function TagBadges({ tags }: { tags: readonly string[] }) {
  return (
    <ul className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <li key={tag}>
          <Badge>{tag}</Badge>
        </li>
      ))}
    </ul>
  );
}
