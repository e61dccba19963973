import type { AccountDayState } from '../../../server/domain/sync/schema.ts';
import type { PlatformSettings } from '../../../server/domain/platform-settings/schema.ts';
import { formatCount, formatDate, formatDay } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Panel } from '../../ui/panel.tsx';
import { DifferenceDays } from '../sync/difference-days.tsx';

type State = AccountDayState['state'];

const stateWords = {
  final: 'final',
  settling: 'may still change',
  partial: 'still running',
  stale: 'to be read again',
} as const satisfies Record<State, string>;

export interface DayStatesProps {
  /** Oldest first. */
  days: readonly AccountDayState[];
  /** null where its figures come in by files. */
  settings: PlatformSettings | null;
}

/** How far each day may be trusted, and whether the platform's own total is the sum of its campaigns. */
export function DayStates({ days, settings }: DayStatesProps) {
  const differing = days.flatMap(({ difference }) => difference ?? []).reverse();
  const checked = days.filter(({ readAt }) => readAt !== null);
  return (
    <Panel
      title="Figures, day by day"
      description={settings && <Restated settings={settings} />}
      padded={false}
    >
      {checked.length === 0 ? (
        <p className="p-4 text-muted">No day has come in yet.</p>
      ) : (
        <div className="grid gap-3 p-4">
          <ol className="day-strip" aria-label="The last days, the oldest first">
            {days.map(({ date, state, difference }) => (
              <li
                key={date}
                data-state={difference ? 'differs' : state}
                title={`${formatDay(date)}: ${stateWords[state]}${difference ? ', differs from its total' : ''}`}
              >
                <span className="sr-only">
                  {date}: {stateWords[state]}
                </span>
              </li>
            ))}
          </ol>
          <p className="text-muted">{countWords(days)}</p>
          <p>
            {differing.length === 0
              ? 'On each of these days the campaigns add up to the total that the platform gives for the account.'
              : `On ${differing.length === 1 ? '1 day' : `${differing.length} days`} the platform’s total for the account is not the sum of its campaigns.`}
          </p>
        </div>
      )}
      {differing.length > 0 && <DifferenceDays days={differing} />}
    </Panel>
  );
}

function Restated({ settings }: { settings: PlatformSettings }) {
  const { name, restatementDays, isRestatementSet } = settings;
  return (
    <>
      {name} changes figures of past days, so every daily sync reads the last {restatementDays} days again
      {isRestatementSet ? ', as the agency has set' : ''}. Older ones are final.{' '}
      <a className="text-link" href={paths.settingsPlatforms()}>
        Platform settings
      </a>
    </>
  );
}

function countWords(days: readonly AccountDayState[]): string {
  const first = days[0]?.date;
  const counts = (Object.keys(stateWords) as State[]).flatMap((state) => {
    const count = days.filter((day) => day.state === state).length;
    return count > 0 ? [`${formatCount(count)} ${stateWords[state]}`] : [];
  });
  return `Since ${formatDate(first)}: ${counts.join(', ')}.`;
}
