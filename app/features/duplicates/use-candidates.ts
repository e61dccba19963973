import { type RefObject, useEffect, useState } from 'react';
import type {
  CheckCompanyInput,
  CheckContactInput,
  DuplicateCandidate,
  DuplicateNoun,
} from '../../../server/domain/duplicates/schema.ts';
import { typedIntoCompany, typedIntoContact } from '../../lib/typed-records.ts';

const PAUSE_MS = 400;

/**
 * The records that what is typed into the form around `inside` may be, asked for once the typing rests. An answer that
 * could not be fetched is no warning: creating looks again.
 */
export function useCandidates(
  inside: RefObject<HTMLElement | null>,
  noun: DuplicateNoun,
  recordId: string | undefined,
): readonly DuplicateCandidate[] | null {
  const [found, setFound] = useState<readonly DuplicateCandidate[] | null>(null);
  useEffect(() => {
    const form = inside.current?.closest('form');
    if (!form) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop = new AbortController();
    const read = () => typedInto(noun, new FormData(form));
    // What stood in the form when it was opened is known: only what is typed is looked for.
    let asked = JSON.stringify(read());
    const look = async (typed: object) => {
      const { liveApi } = await import('../../bridge/live.ts');
      const { signal } = stop;
      const answer =
        noun === 'CONTACT'
          ? await liveApi.duplicates.checkContact.query(ofContact(typed, recordId), { signal })
          : await liveApi.duplicates.checkCompany.query(ofCompany(typed, recordId), { signal });
      if (!signal.aborted) setFound(answer);
    };
    const onChange = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const typed = read();
        if (JSON.stringify(typed) === asked) return;
        asked = JSON.stringify(typed);
        stop.abort();
        stop = new AbortController();
        void look(typed).catch(() => setFound((before) => before));
      }, PAUSE_MS);
    };
    form.addEventListener('input', onChange);
    form.addEventListener('change', onChange);
    return () => {
      clearTimeout(timer);
      stop.abort();
      form.removeEventListener('input', onChange);
      form.removeEventListener('change', onChange);
    };
  }, [inside, noun, recordId]);
  return found;
}

function typedInto(noun: DuplicateNoun, form: FormData): object {
  return noun === 'CONTACT' ? typedIntoContact(form) : typedIntoCompany(form);
}

const ofContact = (typed: object, contactId: string | undefined): CheckContactInput => ({
  ...typed,
  ...(contactId && { contactId }),
});

const ofCompany = (typed: object, companyId: string | undefined): CheckCompanyInput => ({
  ...typed,
  ...(companyId && { companyId }),
});
