import type { ReactNode } from 'react';
import type { FigureSource } from '../../../server/domain/explanations/schema.ts';
import { formatCapped, formatDateTime } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';

export interface SourceListProps {
  sources: readonly FigureSource[];
  /** The reader's. */
  timeZone: string;
}

/** Whom the values are from, when they were read, and by which run; the numbers are those beside the values. */
export function SourceList({ sources, timeZone }: SourceListProps) {
  return (
    <ol className="explain-sources">
      {sources.map((source, at) => (
        <li key={at}>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="formula-source" aria-hidden="true">
              {at + 1}
            </span>
            <span className="font-medium">{source.name}</span>
            {account(source)}
            {source.isSandbox && <Badge tone="info">Sandbox</Badge>}
          </p>
          <p className="text-sm text-muted">{detailsOf(source, timeZone)}</p>
        </li>
      ))}
    </ol>
  );
}

function account({ adAccountId, adAccountName }: FigureSource): ReactNode {
  if (adAccountId === null) return adAccountName;
  return (
    <a className="link" href={paths.adAccount(adAccountId)}>
      {adAccountName ?? 'Ad account'}
    </a>
  );
}

/** "28 stored rows · read 22 Nov 2026, 06:02 · days of Asia/Dubai · attribution 7d_click · by this run". */
function detailsOf(source: FigureSource, timeZone: string): ReactNode {
  const { attributionSetting, syncRunId, rows, fetchedFrom } = source;
  return (
    <>
      {formatCapped(rows, 'stored row', 'stored rows', Infinity)}
      {fetchedFrom !== null && ` · read ${readWords(source, timeZone)}`}
      {source.timeZone !== null && ` · days of ${source.timeZone}`}
      {attributionSetting !== null && ` · attribution ${attributionSetting}`}
      {syncRunId !== null && (
        <>
          {' · '}
          <a className="link" href={paths.syncRun(syncRunId)}>
            newest run behind it
          </a>
        </>
      )}
    </>
  );
}

function readWords({ fetchedFrom, fetchedTo }: FigureSource, timeZone: string): string {
  const from = formatDateTime(fetchedFrom, timeZone);
  const to = formatDateTime(fetchedTo ?? fetchedFrom, timeZone);
  return from === to ? from : `from ${from} to ${to}`;
}
