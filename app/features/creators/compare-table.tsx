import { X } from 'lucide-react';
import type { ComparedCreator } from '../../../server/domain/creators/compare-schema.ts';
import { paths } from '../../lib/paths.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Table } from '../../ui/table.tsx';
import { useAccount } from '../shell/use-account.ts';
import { compareHref } from './compare-address.ts';
import { compareGroups } from './compare-rows.tsx';
import { NetworkMark } from './network-mark.tsx';

/** Creators as columns, figures as rows. No cell is coloured as the best: what is best is the campaign's to say. */
export function CompareTable({ creators, now }: { creators: readonly ComparedCreator[]; now: string }) {
  const isClient = useAccount().current.brandId !== null;
  const groups = compareGroups(creators, { now, isClient });
  return (
    <div className="compare" data-count={creators.length}>
      <Table label="Creators side by side">
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">Figure</span>
            </th>
            {creators.map((creator) => (
              <th key={creator.id} scope="col">
                <CreatorHead
                  creator={creator}
                  others={creators.flatMap(({ id }) => (id === creator.id ? [] : [id]))}
                />
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ title, platform, rows }) => (
          <tbody key={title}>
            <tr className="compare-group">
              <th scope="rowgroup">
                <span className="flex items-center gap-2">
                  {platform && <NetworkMark platform={platform} />}
                  {title}
                </span>
              </th>
              <td colSpan={creators.length} />
            </tr>
            {rows.map(({ label, hint, cell }) => (
              <tr key={label}>
                <th scope="row">
                  {label}
                  {hint && <span className="block text-sm font-normal text-muted">{hint}</span>}
                </th>
                {creators.map((creator) => (
                  <td key={creator.id}>{cell(creator)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </Table>
    </div>
  );
}

interface CreatorHeadProps {
  creator: ComparedCreator;
  /** Who stays where this one goes. */
  others: readonly string[];
}

function CreatorHead({ creator: { id, name }, others }: CreatorHeadProps) {
  return (
    <span className="compare-head">
      <Avatar name={name} size="medium" />
      <a href={paths.creator(id)} className="link min-w-0 flex-1">
        {name}
      </a>
      <a href={compareHref(others)} className="chip-remove" aria-label={`Take ${name} out`} title="Take out">
        <X aria-hidden="true" />
      </a>
    </span>
  );
}
