import { Callout } from '../../ui/callout.tsx';
import { LinkButton } from '../../ui/button.tsx';
import type { Trouble } from './troubles.ts';

/** What needs a person comes first; without any the page says nothing of it. */
export function TroubleList({ troubles }: { troubles: readonly Trouble[] }) {
  if (troubles.length === 0) return null;
  return (
    <section aria-labelledby="troubles">
      <h2 id="troubles" className="pb-2 text-md">
        Needs a look
      </h2>
      <ul className="grid gap-2">
        {troubles.map(({ id, tone, title, words, action }) => (
          <li key={id}>
            <Callout
              tone={tone}
              title={title}
              actions={
                <LinkButton href={action.href} size="small" aria-label={`${action.label}: ${title}`}>
                  {action.label}
                </LinkButton>
              }
            >
              {words}
            </Callout>
          </li>
        ))}
      </ul>
    </section>
  );
}
