import type {
  FreshnessMark as Mark,
  FreshnessState,
} from '../../../server/domain/metrics/dashboard-schema.ts';
import { paths } from '../../lib/paths.ts';
import { clockWords, freshnessWords, type ReaderClock, slowestClocks } from './freshness-words.ts';

export interface FreshnessMarkProps extends ReaderClock {
  mark: Mark & { silent?: string };
}

/** The two marks of an account's figures, "● Final · Synced 10:32 · figures to 21 Nov"; a click leads to the run. */
export function FreshnessMark({ mark, ...reader }: FreshnessMarkProps) {
  const { state, reason, name, syncRunId } = mark;
  const { label, tone } = freshnessWords[state];
  const words = state === 'NONE' ? label : `${label} · ${clockWords(mark, reader)}`;
  const look = { className: 'fresh-mark status-dot', 'data-tone': tone, title: `${name}: ${reason}` };
  if (syncRunId === null) return <span {...look}>{words}</span>;
  return (
    <a href={paths.syncRun(syncRunId)} {...look}>
      {words}
    </a>
  );
}

export interface FreshnessOfAllProps extends ReaderClock {
  /** The worst first, as a dashboard gives them. */
  marks: readonly Mark[];
  state: FreshnessState;
}

/** The mark of figures of several accounts: the worst state with the slowest clocks. A click leads to the worst's run. */
export function FreshnessOfAll({ marks, state, ...reader }: FreshnessOfAllProps) {
  const [worst] = marks;
  const clocks = slowestClocks(marks);
  if (!worst || !clocks) return null;
  if (marks.length === 1) return <FreshnessMark mark={worst} {...reader} />;
  const name = `${marks.length} ad accounts, with the slowest clocks among them`;
  const reason = `${freshnessWords[state].meaning} ${worst.name}: ${worst.reason}`;
  return <FreshnessMark mark={{ ...worst, ...clocks, state, name, reason }} {...reader} />;
}

export interface StateMarkProps {
  state: FreshnessState;
  /** The run behind it, or where its accounts are listed; without it the mark is no link. */
  href?: string | null;
  /** In place of the state's own sentence. */
  reason?: string;
}

/** A state in a dot and a word, one element, for the rows of a table: call it as a function there. */
export function StateMark({ state, href, reason }: StateMarkProps) {
  const { label, tone, meaning } = freshnessWords[state];
  const look = { className: 'fresh-mark status-dot', 'data-tone': tone, title: reason ?? meaning };
  return href ? (
    <a href={href} {...look}>
      {label}
    </a>
  ) : (
    <span {...look}>{label}</span>
  );
}

/** The anchor of the list of all accounts' marks. */
export const FRESHNESS_ID = 'freshness';

/**
 * Where the mark of a row leads: to the run of its account, where one alone can be meant; else to the list of all
 * accounts' marks on the page.
 */
export function runHref(marks: readonly Mark[], state: FreshnessState): string {
  const same = marks.filter((mark) => mark.state === state);
  const meant = same.length > 0 ? same : marks;
  const only = meant.length === 1 ? meant[0] : undefined;
  return only?.syncRunId ? paths.syncRun(only.syncRunId) : `#${FRESHNESS_ID}`;
}
