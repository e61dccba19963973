import { Form, useSearchParams } from '@remix-run/react';
import type { ReactNode } from 'react';
import { paths } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';

/** What the reader just did, said above the list. */
export function AccountsNotice({ notice }: { notice: string | null }) {
  const [search] = useSearchParams();
  const started = Number(search.get('started'));
  const archived = search.get('archived');
  if (notice) return <Line>{<Callout tone="info" title={notice} isAnswer />}</Line>;
  if (archived) return <Line>{<Archived adAccountId={archived} />}</Line>;
  if (!Number.isInteger(started) || started < 1) return null;
  return (
    <Line>
      <Callout
        tone="success"
        title={started === 1 ? '1 ad account is in use' : `${started} ad accounts are in use`}
        isAnswer
        actions={<LinkButton href={paths.syncRuns()}>Watch the syncs</LinkButton>}
      >
        Their figures are on the way; the past follows behind the daily work.
      </Callout>
    </Line>
  );
}

function Line({ children }: { children: ReactNode }) {
  return <div className="px-4 pt-4 md:px-5">{children}</div>;
}

function Archived({ adAccountId }: { adAccountId: string }) {
  return (
    <Callout
      tone="success"
      title="Taken out of use. Its figures stay."
      isAnswer
      actions={
        <Form method="post" action={`${paths.adAccounts()}?index`}>
          <input type="hidden" name="adAccountId" value={adAccountId} />
          <Button type="submit" name="intent" value="restore">
            Undo
          </Button>
        </Form>
      }
    />
  );
}
