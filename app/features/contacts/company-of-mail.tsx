import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import type { RecordChoice } from '../records/record-picker.tsx';

const PAUSE_MS = 350;

/** The company whose domain the mail address has, offered and never linked by itself. */
export function CompanyOfMail({
  email,
  onTake,
}: {
  /** What is typed so far. */
  email: string;
  onTake: (company: RecordChoice) => void;
}) {
  const company = useCompanyOf(email);
  return (
    <p role="status" className="text-sm text-muted empty:hidden">
      {company && (
        <>
          This mail address is of {company.name} ({company.domain}).{' '}
          <Button size="small" onClick={() => onTake({ id: company.id, name: company.name })}>
            Use {company.name}
          </Button>
        </>
      )}
    </p>
  );
}

type Found = RecordChoice & { domain: string };

function useCompanyOf(email: string): Found | null {
  const [found, setFound] = useState<{ host: string; company: Found | null } | null>(null);
  const host = /@([^@\s]+\.[^@\s.]{2,})$/.exec(email.trim())?.[1]?.toLowerCase() ?? null;
  useEffect(() => {
    if (host === null) return;
    const stop = new AbortController();
    const look = async () => {
      const live = await import('../../bridge/live.ts');
      const [company] = await live.liveApi.companies.byDomain.query(
        { address: host },
        { signal: stop.signal },
      );
      if (!stop.signal.aborted) setFound({ host, company: company ?? null });
    };
    // A hint that could not be fetched is no hint: the form works without it.
    const none = () => setFound({ host, company: null });
    const timer = setTimeout(() => void look().catch(none), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [host]);
  return host !== null && found?.host === host ? found.company : null;
}
