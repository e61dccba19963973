import type { DuplicateNoun } from '../../../server/domain/duplicates/schema.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Select } from '../../ui/input.tsx';
import { Toolbar } from '../../ui/page-header.tsx';

interface DuplicateFiltersProps {
  noun: DuplicateNoun;
  /** 0 to 1. */
  minScore: number;
  isDismissed: boolean;
}

const scores = [
  { value: '0.9', label: '90% and more' },
  { value: '0.7', label: '70% and more' },
  { value: '0.5', label: '50% and more' },
];

const states = [{ value: 'true', label: 'Kept as two' }];

/** How likely, and which: a form of the address, and what the queue looks at in plain words. */
export function DuplicateFilters({ noun, minScore, isDismissed }: DuplicateFiltersProps) {
  const hasScript = useHasScript();
  return (
    <>
      <Toolbar>
        <form
          method="get"
          action={paths.duplicates()}
          aria-label="Filter duplicates"
          className="flex flex-wrap items-center gap-2"
        >
          {noun === 'COMPANY' && <input type="hidden" name="noun" value={noun} />}
          <Select
            key={`score-${minScore}`}
            name="minScore"
            aria-label="How likely"
            emptyLabel="However likely"
            defaultValue={minScore > 0 ? String(minScore) : ''}
            options={scores}
            onChange={(event) => event.currentTarget.form?.requestSubmit()}
          />
          <Select
            key={`state-${isDismissed}`}
            name="dismissed"
            aria-label="Which pairs"
            emptyLabel="To be looked at"
            defaultValue={isDismissed ? 'true' : ''}
            options={states}
            onChange={(event) => event.currentTarget.form?.requestSubmit()}
          />
          {!hasScript && <Button type="submit">Apply</Button>}
        </form>
      </Toolbar>
      <p className="px-4 pt-3 text-pretty text-muted md:px-5">
        {noun === 'CONTACT'
          ? 'Compared are emails, phone numbers, handles and names; names for likeness among people of one company, one last name or one first name.'
          : 'Compared are domains, emails, phone numbers, handles and names; names for likeness among those that begin alike.'}{' '}
        What more than 20 share, a switchboard for example, counts as no sign.
      </p>
    </>
  );
}

/** A queue without a pair, and why. */
export function NoDuplicates({
  noun,
  isFiltered,
  isDismissed,
}: {
  noun: DuplicateNoun;
  isFiltered: boolean;
  isDismissed: boolean;
}) {
  const nouns = noun === 'CONTACT' ? 'contacts' : 'companies';
  if (isFiltered)
    return (
      <EmptyState
        kind="no-result"
        title="No pair is this likely"
        description="Less likely ones may still stand below."
        action={{
          label: 'Show all',
          href: withQuery(paths.duplicates(noun), { dismissed: isDismissed || null }),
        }}
      />
    );
  if (isDismissed)
    return (
      <EmptyState
        kind="unused"
        title="No pair was kept as two"
        description="Pairs that somebody said are not duplicates stand here, and can be brought back to the queue."
      />
    );
  return (
    <EmptyState
      kind="unused"
      title="No likely duplicates"
      description={`Two ${nouns} that seem to be one stand here as soon as they are written, for somebody to merge or to keep as two.`}
    />
  );
}
