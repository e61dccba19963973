import type { FigureSource } from '../../../server/domain/explanations/schema.ts';
import { formatCapped, formatDateTime } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { DetailList } from '../../ui/panel.tsx';
import { inWords } from './figure-text.ts';

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
        <li key={at} className="grid gap-2">
          <p className="flex flex-wrap items-center gap-2">
            <span className="formula-source" aria-hidden="true">
              {at + 1}
            </span>
            <span className="font-medium">{source.name}</span>
            {source.isSandbox && <Badge tone="info">Sandbox</Badge>}
          </p>
          <DetailList details={detailsOf(source, timeZone)} />
        </li>
      ))}
    </ol>
  );
}

function detailsOf(source: FigureSource, timeZone: string) {
  const { adAccountId, adAccountName, attributionSetting, fetchedFrom, syncRunId } = source;
  const account =
    adAccountId === null ? (
      adAccountName
    ) : (
      <a className="link" href={paths.adAccount(adAccountId)}>
        {adAccountName}
      </a>
    );
  const run = syncRunId !== null && (
    <a className="link" href={paths.syncRun(syncRunId)}>
      The newest run behind it
    </a>
  );
  return [
    ...(adAccountName === null ? [] : [{ term: 'Ad account', value: account }]),
    { term: 'Read', value: fetchedFrom === null ? '—' : fetchedWords(source, timeZone) },
    ...(run ? [{ term: 'Sync', value: run }] : []),
    { term: 'Rows', value: formatCapped(source.rows, 'stored row', 'stored rows', Infinity) },
    ...(source.timeZone === null ? [] : [{ term: 'Days of', value: source.timeZone }]),
    ...(attributionSetting === null ? [] : [{ term: 'Attribution', value: inWords(attributionSetting) }]),
  ];
}

function fetchedWords({ fetchedFrom, fetchedTo }: FigureSource, timeZone: string): string {
  const [from, to] = [
    formatDateTime(fetchedFrom, timeZone),
    formatDateTime(fetchedTo ?? fetchedFrom, timeZone),
  ];
  return from === to ? from : `${from} to ${to}`;
}
