import type { Explanation, Restatement } from '../../../server/domain/explanations/schema.ts';
import { formatCount, formatDate, formatDateTime } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { ExplainLink } from './explain-link.tsx';
import { figureText, type Measured } from './figure-text.ts';

export interface RestatementListProps {
  explanation: Pick<Explanation, 'restatements' | 'restatementCount'>;
  /** The address of the figure as it stood at a moment, or null where a figure has no past. */
  asOfHref: ((moment: string) => string) | null;
  /** The reader's. */
  timeZone: string;
}

/** What the rows behind a figure said before, the newest change first. */
export function RestatementList({ explanation, asOfHref, timeZone }: RestatementListProps) {
  const { restatements, restatementCount } = explanation;
  if (restatementCount === 0)
    return <p className="text-muted">Nothing behind this figure was changed since it was first read.</p>;
  const more = restatementCount - restatements.length;
  return (
    <>
      <ol className="explain-restatements">
        {restatements.map((item, at) => (
          <li key={at}>
            <RestatementLine item={item} asOfHref={asOfHref} timeZone={timeZone} />
          </li>
        ))}
      </ol>
      {more > 0 && (
        <p className="text-muted">And {formatCount(more)} older ones. A narrower range shows them.</p>
      )}
    </>
  );
}

type LineProps = Omit<RestatementListProps, 'explanation'> & { item: Restatement };

/** "On 3 Mar 2026, 06:15 the spend of 1 Mar 2026 went from AED 1,204.50 to AED 1,210.00." */
function RestatementLine({ item, asOfHref, timeZone }: LineProps) {
  const { label, date, changedAt, syncRunId, adAccountName, platformCampaignName } = item;
  const when = <time dateTime={changedAt}>{formatDateTime(changedAt, timeZone)}</time>;
  return (
    <>
      <p>
        Until {when} the {label.toLowerCase()} of {formatDate(date)} said{' '}
        <del className="no-underline">{valueOf(item, item.before)}</del>; since then{' '}
        <ins className="font-medium no-underline">{valueOf(item, item.after)}</ins>.
      </p>
      <p className="flex flex-wrap gap-x-3 text-sm text-muted">
        <span>
          {platformCampaignName}, {adAccountName}
        </span>
        {syncRunId !== null && (
          <a className="link" href={paths.syncRun(syncRunId)}>
            The run that changed it
          </a>
        )}
        {asOfHref && (
          <ExplainLink figure="asOf" className="link" href={asOfHref(before(changedAt))}>
            The figure as it stood before
          </ExplainLink>
        )}
      </p>
    </>
  );
}

function valueOf({ unit, currency }: Omit<Measured, 'value'>, value: string | null): string {
  return value === null ? 'nothing' : figureText({ value, unit, currency });
}

/** The last moment at which the old value stood. */
function before(changedAt: string): string {
  return new Date(Date.parse(changedAt) - 1).toISOString();
}
