import { Link, useSearchParams } from '@remix-run/react';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useRef } from 'react';
import type { SyncRun } from '../../../server/domain/sync/schema.ts';
import { formatCount, formatName } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { useRowLinks } from '../../table/use-row-links.ts';
import { Table } from '../../ui/table.tsx';
import { BULK_FORM } from './bulk-accounts.tsx';
import { platformLabels } from './labels.ts';
import { PlatformMark } from './platform-mark.tsx';
import {
  accessCell,
  basisCell,
  brandCell,
  clocksCell,
  limitsCell,
  nativeCell,
  stateCell,
} from './tree-cells.tsx';
import { foldHref, openLines, readClosed, type TreeLine } from './tree-lines.ts';
import { useCopyIds } from './use-copy-ids.ts';

export interface AccountTreeProps {
  lines: readonly TreeLine[];
  /** Runs that are under way. */
  runs: readonly SyncRun[];
  /** Brand id and user id to name. */
  brands: Readonly<Record<string, string>>;
  people: Readonly<Record<string, string>>;
  /** The reader's zone. */
  timeZone: string;
  now: string;
  canChange: boolean;
  canConnect: boolean;
}

interface Shown {
  hasAccess: boolean;
  hasLimits: boolean;
}

/**
 * Managers with what is below them. A plain table whose managers carry a link that folds them: its state stands in the
 * address, so it works before the script, and a shared address shows what its sender saw.
 */
export function AccountTree(props: AccountTreeProps) {
  const { lines, runs, canChange } = props;
  const [search] = useSearchParams();
  const body = useRef<HTMLTableSectionElement>(null);
  useRowLinks(body);
  useCopyIds(body);
  const closed = readClosed(search);
  const running = new Map(runs.map((run) => [run.adAccountId, run]));
  const shown = {
    hasAccess: lines.some(({ grantedBy, connectionState }) => grantedBy !== null || connectionState !== null),
    hasLimits: lines.some(({ spend }) => spend !== null),
  };
  return (
    <Table label="Ad accounts" height="viewport" rows="linked" hasSelection={canChange}>
      <thead>
        <tr>
          {canChange && <SelectAll />}
          <th scope="col">Ad account</th>
          <th scope="col">Sync</th>
          <th scope="col">Last success, figures to</th>
          <th scope="col">Brand</th>
          {shown.hasAccess && <th scope="col">Access</th>}
          {shown.hasLimits && <th scope="col">Limits</th>}
          <th scope="col">Currency, own clock</th>
          <th scope="col">Status there</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {openLines(lines, closed).map((line) =>
          line.isManager
            ? managerRow(line, { search, isClosed: closed.has(line.id), canChange, shown })
            : accountRow(line, { ...props, run: running.get(line.id), shown }),
        )}
      </tbody>
    </Table>
  );
}

interface ManagerContext {
  search: URLSearchParams;
  isClosed: boolean;
  canChange: boolean;
  shown: Shown;
}

function managerRow(line: TreeLine, { search, isClosed, canChange, shown }: ManagerContext) {
  const { id, name, depth, accountCount, attentionCount } = line;
  const Icon = isClosed ? ChevronRight : ChevronDown;
  return (
    <tr key={id} className="tree-heading" data-record-id={id}>
      {canChange && <td className="select-cell" />}
      <th scope="row">
        <div className="tree-line account-line" data-depth={depth}>
          <Link
            to={foldHref(search, id)}
            replace
            preventScrollReset
            className="fold"
            aria-expanded={!isClosed}
            aria-label={`Accounts below ${formatName(name)}`}
          >
            <Icon aria-hidden="true" />
          </Link>
          <PlatformMark platform={line.platform} />
          <span className="account-name">
            <a href={paths.adAccount(id)} data-row-link="">
              {formatName(name)}
            </a>
            <NativeId line={line} />
          </span>
        </div>
      </th>
      <td colSpan={5 + Number(shown.hasAccess) + Number(shown.hasLimits)} className="quiet">
        {accountCount === 1 ? '1 ad account' : `${formatCount(accountCount)} ad accounts`}
        {attentionCount > 0 && (
          <span className="text-warning-ink">
            {' · '}
            {attentionCount === 1 ? '1 needs attention' : `${formatCount(attentionCount)} need attention`}
          </span>
        )}
      </td>
    </tr>
  );
}

interface RowContext extends AccountTreeProps {
  run: SyncRun | undefined;
  shown: Shown;
}

function accountRow(line: TreeLine, context: RowContext) {
  const { run, brands, shown, canChange } = context;
  const { id, depth } = line;
  const name = formatName(line.name);
  return (
    <tr key={id} data-record-id={id}>
      {canChange && (
        <td className="select-cell">
          <label>
            <input
              type="checkbox"
              className="checkbox"
              name="adAccountId"
              value={id}
              form={BULK_FORM}
              aria-label={`Select ${name}`}
            />
          </label>
        </td>
      )}
      <th scope="row">
        <div className="tree-line account-line" data-depth={depth}>
          <PlatformMark platform={line.platform} />
          <span className="account-name">
            <a href={paths.adAccount(id)} data-row-link="">
              {name}
            </a>
            <NativeId line={line} />
          </span>
        </div>
      </th>
      <td>{stateCell(line, run)}</td>
      <td>{clocksCell(line, context)}</td>
      <td className="clip">{brandCell(line, brands)}</td>
      {shown.hasAccess && <td>{accessCell(line, context)}</td>}
      {shown.hasLimits && <td>{limitsCell(line)}</td>}
      <td>{basisCell(line)}</td>
      <td>{nativeCell(line)}</td>
    </tr>
  );
}

/** The platform and its own id, which a press copies. */
function NativeId({ line: { platform, nativeId, isManager, isSandbox } }: { line: TreeLine }) {
  return (
    <span className="line-note">
      {platformLabels[platform]}
      {isManager && ' manager'}
      {isSandbox && <span title="Invented figures of the sandbox"> sandbox</span>}{' '}
      <button type="button" className="id-copy" data-copy={nativeId} title="Copy the id">
        {nativeId}
      </button>
    </span>
  );
}

function SelectAll() {
  return (
    <th scope="col" className="select-cell">
      <label className="needs-script">
        <input
          type="checkbox"
          className="checkbox"
          aria-label="Select all ad accounts shown"
          onChange={({ currentTarget }) => tickAll(currentTarget)}
        />
      </label>
    </th>
  );
}

function tickAll(box: HTMLInputElement): void {
  box
    .closest('table')
    ?.querySelectorAll<HTMLInputElement>('tbody .select-cell input')
    .forEach((other) => {
      other.checked = box.checked;
    });
}
