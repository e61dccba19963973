import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { type FilterNode, isCondition, partsOf } from '../../../server/domain/records/fields.ts';
import { listHref } from '../../lib/list-url.ts';
import { findAt, type FilterDraft, removeAt, toDraft, turnAt } from './filter-draft.ts';
import { FilterPanel, panelName } from './filter-panel.tsx';
import type { ValueChoices } from './filter-value-fields.tsx';
import { conditionWords, type FilterWords, toOffered } from './filter-words.ts';

export interface FilterBarProps {
  url: URL;
  filter: FilterNode | null;
  /** Filters of one value under their own names, told in words. */
  singles: readonly { name: string; text: string }[];
  words: FilterWords;
  choices: ValueChoices;
  draft: (FilterDraft & { error: string | null }) | null;
  /** The panel that the address asks for. */
  panel: string | null;
  children?: ReactNode;
}

/** The list's conditions, each a chip that opens its form and a link that takes it away. */
export function FilterBar(props: FilterBarProps) {
  const { url, filter, singles, panel, draft, children } = props;
  const root = filter && !isCondition(filter) ? filter : null;
  const count = (root ? partsOf(root).length : 0) + singles.length;
  const clear = Object.fromEntries(
    ['filter', ...singles.map(({ name }) => name)].map((name) => [name, null]),
  );
  return (
    <div className="filter-bar" role="group" aria-label="Filters">
      <FilterPanel
        {...panelProps(props, '')}
        draft={draft?.at === '' || draft?.at === 'new' ? draft : null}
        isAsked={panel === 'filter' || draft?.at === '' || draft?.at === 'new'}
        look={{ trigger: 'button', text: 'Filter', label: 'Add a filter' }}
      />
      {children}
      {singles.map(({ name, text }) => (
        <span key={name} className="chip">
          <span className="chip-text">{text}</span>
          <RemoveLink href={listHref(url, { [name]: null })} text={text} />
        </span>
      ))}
      {root && partsOf(root).length > 1 && (
        <JoinLink url={url} filter={root} path="" join={'all' in root ? 'all' : 'any'} />
      )}
      {root &&
        partsOf(root).map((node, index) => (
          <Part key={String(index)} {...props} root={root} node={node} path={String(index)} />
        ))}
      {count > 1 && (
        <a href={listHref(url, clear)} className="chip-clear">
          Clear all
        </a>
      )}
    </div>
  );
}

function panelProps({ url, words, choices }: FilterBarProps, at: string) {
  return { url, words, choices, at };
}

type PartProps = FilterBarProps & { root: FilterNode; node: FilterNode; path: string };

function Part(props: PartProps) {
  const { node, path, root, url, panel, draft } = props;
  const at = `in:${path}`;
  if (isCondition(node)) return <ConditionChip {...props} />;
  return (
    <span className="chip-group" role="group" aria-label="Group of conditions">
      {partsOf(node).length > 1 && (
        <JoinLink url={url} filter={root} path={path} join={'all' in node ? 'all' : 'any'} />
      )}
      {partsOf(node).map((part, index) => (
        <ConditionChip key={String(index)} {...props} node={part} path={`${path}.${index}`} />
      ))}
      <FilterPanel
        {...panelProps(props, at)}
        draft={draft?.at === at ? draft : null}
        isAsked={panel === panelName(at) || draft?.at === at}
        look={{ trigger: 'add', text: '', label: 'Add a condition to this group' }}
      />
    </span>
  );
}

/** One condition; a group deeper than two is told in words and can be taken away. */
function ConditionChip(props: PartProps) {
  const { node, path, root, url, words, draft, panel } = props;
  const text = conditionWords(node, words);
  const rest = removeAt(root, path);
  const href = listHref(url, { filter: rest && JSON.stringify(rest) });
  const at = `at:${path}`;
  const field = isCondition(node) ? words.fields.find(({ name }) => name === node.field) : undefined;
  return (
    <span className="chip">
      {isCondition(node) && field ? (
        <FilterPanel
          {...panelProps(props, at)}
          draft={draft?.at === at ? draft : toDraft(toOffered(node, field), at)}
          isAsked={panel === panelName(at) || draft?.at === at}
          look={{ trigger: 'condition', text, label: `Change the filter ${text}` }}
        />
      ) : (
        <span className="chip-text">{text}</span>
      )}
      <RemoveLink href={href} text={text} />
    </span>
  );
}

function RemoveLink({ href, text }: { href: string; text: string }) {
  return (
    <a href={href} className="chip-remove" aria-label={`Remove the filter ${text}`}>
      <X aria-hidden="true" />
    </a>
  );
}

interface JoinLinkProps {
  url: URL;
  filter: FilterNode;
  path: string;
  join: 'all' | 'any';
}

/** Says how conditions are joined, and joins them the other way. */
function JoinLink({ url, filter, path, join }: JoinLinkProps) {
  if (findAt(filter, path) === undefined) return null;
  const href = listHref(url, { filter: JSON.stringify(turnAt(filter, path)) });
  const other = join === 'all' ? 'any' : 'all';
  return (
    <a href={href} className="chip-join" title={`Match ${other} of them instead`}>
      {join === 'all' ? 'All of' : 'Any of'}
    </a>
  );
}
