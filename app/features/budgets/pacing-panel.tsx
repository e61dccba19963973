import type { Pacing, PacingFigure, Projection } from '../../../server/domain/pacing/schema.ts';
import { formatDate, formatMoney, formatRatio, missing } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatRow } from '../../ui/stat.tsx';
import { SandboxBadge } from '../ad-accounts/sandbox-badge.tsx';
import { explainHref } from '../explanations/explain-address.ts';
import { ExplainLink } from '../explanations/explain-link.tsx';
import { bandWords } from '../pacing/band-words.ts';
import { distanceWords } from './distance-words.ts';

/** How the campaign spends against its plan: the ratio with its verdict, and where it is going. */
export function PacingPanel({ pacing }: { pacing: Pacing }) {
  const { band, reason, isSandbox } = pacing;
  const { label, tone } = bandWords[band];
  return (
    <Panel
      title="Pace"
      description={
        <>
          <StatusDot tone={tone}>{label}</StatusDot>: {reason}
        </>
      }
      actions={isSandbox && <SandboxBadge />}
    >
      <div className="grid gap-4">
        <Silence pacing={pacing} />
        <StatRow>
          <Ratio pacing={pacing} />
          <Spent pacing={pacing} />
          <Projected pacing={pacing} label="By the month’s end" figure="monthEnd" of={pacing.monthEnd} />
          <Projected pacing={pacing} label="By the flight’s end" figure="flightEnd" of={pacing.flightEnd} />
          <PerDay pacing={pacing} />
        </StatRow>
        <Notes pacing={pacing} />
      </div>
    </Panel>
  );
}

/** Why nothing is judged: old figures would tell a pace that is not. */
function Silence({ pacing: { silentAccounts, leftOut } }: { pacing: Pacing }) {
  return (
    <>
      {silentAccounts.length > 0 && (
        <Callout tone="warning" title="Its pace is not judged while figures are old">
          <ul className="grid gap-1">
            {silentAccounts.map(({ adAccountId, name, reason }) => (
              <li key={adAccountId}>
                <a className="text-link" href={paths.adAccount(adAccountId)}>
                  {name}
                </a>
                : {reason}
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {leftOut.length > 0 && (
        <Callout tone="warning" title="Not everything is in these amounts">
          <ul className="grid gap-1">
            {leftOut.map((item) => (
              <li key={item.currency}>
                {formatMoney(item, 'code')}: {item.note}
              </li>
            ))}
          </ul>
        </Callout>
      )}
    </>
  );
}

interface FigureProps {
  label: string;
  pacing: Pacing;
  figure: PacingFigure;
  value: string;
  hint: string | null;
}

function Figure({ label, pacing, figure, value, hint }: FigureProps) {
  return (
    <div className="stat">
      <dt className="truncate text-sm text-muted">{label}</dt>
      <dd className="m-0">
        <span className="figures block truncate text-lg font-semibold tracking-tight" title={value}>
          <ExplainLink
            href={explainHref('pacing', { campaignId: pacing.campaignId, figure })}
            figure={figure}
          >
            {value}
          </ExplainLink>
        </span>
        {hint && <span className="block text-sm text-subtle">{hint}</span>}
      </dd>
    </div>
  );
}

function Ratio({ pacing }: { pacing: Pacing }) {
  const { ratio } = pacing;
  return (
    <Figure
      label="Spent per expected"
      pacing={pacing}
      figure="ratio"
      value={formatRatio(ratio)}
      hint={distanceWords(ratio)}
    />
  );
}

function Spent({ pacing }: { pacing: Pacing }) {
  const { spent, expected, budget, through, currency } = pacing;
  const money = moneyIn(currency);
  return (
    <>
      <Figure
        label="Spent on platforms"
        pacing={pacing}
        figure="spent"
        value={money(spent)}
        hint={budget && `of ${money(budget)}`}
      />
      <Figure
        label={through ? `Expected by ${formatDate(through)}` : 'Expected by now'}
        pacing={pacing}
        figure="expected"
        value={money(expected)}
        hint={pacing.shape && shapeHint(pacing.shape)}
      />
    </>
  );
}

const bases = {
  CAMPAIGN: 'its own weekdays',
  BRAND: 'its brand’s weekdays',
  AGENCY: 'the agency’s weekdays',
  EVEN: 'all days alike',
} as const;

function shapeHint({ basis, weeks }: NonNullable<Pacing['shape']>): string {
  return weeks > 0 ? `by ${bases[basis]}, ${weeks} ${weeks === 1 ? 'week' : 'weeks'}` : `by ${bases[basis]}`;
}

interface ProjectedProps {
  pacing: Pacing;
  label: string;
  figure: 'monthEnd' | 'flightEnd';
  of: Projection | null;
}

function Projected({ pacing, label, figure, of }: ProjectedProps) {
  const money = moneyIn(pacing.currency);
  const between = of?.low && of.high ? `${money(of.low)} to ${money(of.high)}, four of five times` : null;
  const hint = between ?? (of ? `from ${of.basedOnDays} full days` : null);
  return (
    <Figure label={label} pacing={pacing} figure={figure} value={money(of?.amount ?? null)} hint={hint} />
  );
}

function PerDay({ pacing }: { pacing: Pacing }) {
  const { neededPerDay, averagePerDay, daysLeft, currency } = pacing;
  const money = moneyIn(currency);
  const now = averagePerDay === null ? null : `now ${money(averagePerDay)}`;
  const left = daysLeft === null ? null : `${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} left`;
  return (
    <Figure
      label="A day, to end on budget"
      pacing={pacing}
      figure="neededPerDay"
      value={money(neededPerDay)}
      hint={[now, left].filter(Boolean).join(', ') || null}
    />
  );
}

function Notes({ pacing: { notes, shape } }: { pacing: Pacing }) {
  const all = [...(shape ? [shape.note] : []), ...notes];
  if (all.length === 0) return null;
  return (
    <details>
      <summary className="inline-flex min-h-6 items-center rounded-sm text-sm text-link">
        How this is reckoned
      </summary>
      <ul className="grid max-w-200 list-disc gap-1 pt-1 pl-4.5 text-muted">
        {all.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </details>
  );
}

/** Amounts of one currency in words; "—" of what is unknown. */
export function moneyIn(currency: string): (amount: string | null) => string {
  return (amount) => (amount === null ? missing : formatMoney({ amount, currency }));
}
