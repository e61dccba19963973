import type { Severity } from '../../../server/domain/portfolio/schema.ts';
import { formatCount } from '../../lib/format.ts';
import type { Tone } from '../../ui/badge.tsx';
import type { Attention } from './attention.ts';

const words = {
  URGENT: { label: 'Urgent', tone: 'danger' },
  WARNING: { label: 'Soon', tone: 'warning' },
  NOTE: { label: 'To know', tone: 'info' },
} as const satisfies Record<Severity, { label: string; tone: Tone }>;

/** As many of one weight stand open; the rest is one press away. */
const SHOWN = 5;

/** What needs a person comes first. Without anything the page says so in one line. */
export function AttentionList({ items }: { items: readonly Attention[] }) {
  if (items.length === 0) return <p className="text-muted">Nothing needs you now.</p>;
  const kinds = (['URGENT', 'WARNING', 'NOTE'] as const).map((severity) => ({
    severity,
    own: items.filter((item) => item.severity === severity),
  }));
  return (
    <section aria-labelledby="attention" className="attention">
      <h2 id="attention" className="text-md">
        Needs a look
      </h2>
      {kinds.map(({ severity, own }) =>
        own.length === 0 ? null : <Weight key={severity} severity={severity} items={own} />,
      )}
    </section>
  );
}

function Weight({ severity, items }: { severity: Severity; items: readonly Attention[] }) {
  const { label } = words[severity];
  const rest = items.slice(SHOWN);
  return (
    <div>
      <h3 className="attention-weight">
        {label} <span className="figures">{formatCount(items.length)}</span>
      </h3>
      <Rows items={items.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <details>
          <summary className="link">{formatCount(rest.length)} more</summary>
          <Rows items={rest} />
        </details>
      )}
    </div>
  );
}

function Rows({ items }: { items: readonly Attention[] }) {
  return (
    <ul className="attention-rows">
      {items.map(({ id, severity, sentence, brandName, action }) => (
        <li key={id}>
          <span className="status-dot attention-words" data-tone={words[severity].tone}>
            <span>
              {sentence}
              {brandName && <span className="text-subtle"> · {brandName}</span>}
            </span>
          </span>
          <a href={action.href} className="link" aria-label={`${action.label}: ${sentence}`}>
            {action.label}
          </a>
        </li>
      ))}
    </ul>
  );
}
