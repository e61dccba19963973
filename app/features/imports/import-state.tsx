import { Form, useNavigation } from '@remix-run/react';
import type { Import } from '../../../server/domain/imports/schema.ts';
import { formatCapped, formatCount } from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Callout, type CalloutTone } from '../../ui/callout.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';

export type ImportIntent = 'run' | 'stop' | 'resume' | 'recheck';

interface State {
  tone: CalloutTone;
  title: string;
  words: string;
  /** What the person can do about it. */
  act?: { intent: ImportIntent; label: string; isPrimary: boolean };
}

export interface ImportStateProps {
  record: Import;
  canWrite: boolean;
  /** The ad account that a file of ad figures came into. */
  adAccountId: string | null;
}

/** Where the import stands, in words, with the one thing to do next. */
export function ImportState({ record, canWrite, adAccountId }: ImportStateProps) {
  const isPending = useNavigation().state !== 'idle';
  const { tone, title, words, act } = stateOf(record);
  const next = nextOf(record, adAccountId);
  return (
    <>
      <Callout
        tone={tone}
        title={title}
        actions={
          canWrite && act ? (
            <Form method="post" preventScrollReset>
              <Button
                type="submit"
                name="intent"
                value={act.intent}
                variant={act.isPrimary ? 'primary' : 'secondary'}
                isPending={isPending}
              >
                {act.label}
              </Button>
            </Form>
          ) : (
            next && <LinkButton href={next.href}>{next.label}</LinkButton>
          )
        }
      >
        {words}
      </Callout>
      {(record.status === 'RUNNING' || record.status === 'CHECKING') && <Progress record={record} />}
    </>
  );
}

/** Where one goes from an import that asks for nothing more: to what it brought, or to a file that can be read. */
function nextOf({ status, startedAt, kind }: Import, adAccountId: string | null) {
  if (status === 'DONE' && adAccountId !== null)
    return { href: paths.adAccount(adAccountId), label: 'Open the ad account' };
  if (status !== 'FAILED' || startedAt !== null) return null;
  return { href: withQuery(paths.newImport(), { kind }), label: 'Choose another file' };
}

/** Ad figures come in as campaigns' days, to which the rows of a report add up. */
function unitsOf({ kind }: Import): [one: string, many: string] {
  return kind === 'ad-metrics' ? ["campaign's day", "campaigns' days"] : ['row', 'rows'];
}

function Progress({ record: { status, rowsDone, rowsTotal } }: { record: Import }) {
  if (status === 'CHECKING' || rowsTotal === null || rowsDone === 0)
    return <ProgressBar label="Reading the file" />;
  const detail = `${formatCount(rowsDone)} of ${formatCount(rowsTotal)} rows`;
  return <ProgressBar label="Importing" value={rowsDone} max={rowsTotal} detail={detail} />;
}

function stateOf(record: Import): State {
  const { status, rowsCreated, rowsUpdated, rowsRefused, error } = record;
  const coming = rowsCreated + rowsUpdated;
  switch (status) {
    case 'CHECKING':
      return { tone: 'info', title: 'The file is being checked', words: 'Nothing is written yet.' };
    case 'CHECKED':
      if (coming === 0)
        return {
          tone: 'info',
          title: 'There is nothing to import',
          words: 'Every row that can come in is here already, just as the file says it.',
        };
      return {
        tone: rowsRefused > 0 ? 'warning' : 'info',
        title: 'Checked, and nothing is written yet',
        words:
          rowsRefused > 0
            ? 'The rows below are refused; all others come in.'
            : 'Every row of the file can come in.',
        act: {
          intent: 'run',
          label: `Import ${formatCapped(coming, ...unitsOf(record), Infinity)}`,
          isPrimary: true,
        },
      };
    case 'RUNNING':
      return {
        tone: 'info',
        title: 'The rows are coming in',
        words: 'You can leave this page; it goes on.',
        act: { intent: 'stop', label: 'Stop', isPrimary: false },
      };
    case 'STOPPED':
      return {
        tone: 'warning',
        title: 'The import was stopped',
        words: 'What came in so far stays. It can go on where it stopped.',
        act: { intent: 'resume', label: 'Go on', isPrimary: true },
      };
    case 'DONE':
      if (rowsRefused > 0)
        return {
          tone: 'warning',
          title: 'The import is done, with refusals',
          words: 'Download the refused rows, correct them, and import that file.',
        };
      return {
        tone: 'success',
        title: 'The import is done',
        words: 'The same file again would change nothing.',
      };
    case 'FAILED':
      return failed(record, error);
  }
}

function failed({ startedAt }: Import, error: string | null): State {
  const words = error ?? 'The reason was not recorded.';
  if (startedAt === null) return { tone: 'danger', title: 'The file cannot be read as it is', words };
  return {
    tone: 'danger',
    title: 'The import broke off',
    words,
    act: { intent: 'resume', label: 'Try to go on', isPrimary: true },
  };
}
