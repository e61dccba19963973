import type { TenantTx } from '../../../db/tenant.ts';
import type { Audience } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { type ActivityEntry, recordActivities } from '../activities/record.ts';
import { stageName, type Standing } from '../deals/rules.ts';
import type { Changes } from '../records/rules.ts';
import { nouns } from './nouns.ts';
import type { Row } from './rules.ts';
import type { BulkNoun } from './schema.ts';

/** What follows from a change and is no change that a person made. */
const consequences = ['rank', 'stage_changed_at', 'overdue_at'];
/** What moves with a deal's standing; the move tells of it. */
const ofMove = ['stage', 'status', 'probability', 'closed_on', 'close_reason'];

/** An insert has at most 65,535 values. */
const AT_ONCE = 2_000;

export interface Told {
  noun: BulkNoun;
  bulkChangeId: string;
  isUndo?: boolean;
}

/** Records what happened to each record, as single changes would, naming the change that they were part of. */
export async function tellOfRows(
  tx: TenantTx,
  principal: Principal,
  { told, changed }: { told: Told; changed: readonly { row: Row; changes: Changes }[] },
): Promise<void> {
  const entries = changed.flatMap(({ row, changes }) => entriesOf(told, row, changes));
  for (let start = 0; start < entries.length; start += AT_ONCE) {
    await recordActivities(tx, principal, entries.slice(start, start + AT_ONCE));
  }
}

function entriesOf(told: Told, row: Row, all: Changes): ActivityEntry[] {
  const { noun, bulkChangeId, isUndo = false } = told;
  const after: Row = {
    ...row,
    ...Object.fromEntries(Object.entries(all).map(([name, { to }]) => [name, to])),
  };
  const about = { ...concerned(noun, after) };
  const metadata = { bulkChangeId, ...(isUndo && { isUndo }) };
  const { title, activity } = nouns[noun];
  if (all.is_active) {
    const kind = all.is_active.to === true ? 'restored' : 'deleted';
    return [{ type: activity[kind], description: `${title} ${row.name} ${kind}`, metadata, ...about }];
  }
  const isMove = noun === 'DEAL' && (all.stage !== undefined || all.status !== undefined);
  const changes = Object.fromEntries(
    Object.entries(all).filter(
      ([name]) => !consequences.includes(name) && !(isMove && ofMove.includes(name)),
    ),
  );
  const moves = isMove ? moveEntries(row, after, metadata) : [];
  if (Object.keys(changes).length === 0) return moves.map((entry) => ({ ...entry, ...about }));
  const changed = {
    type: activity.changed,
    description: `${title} ${row.name} changed`,
    metadata: { ...metadata, changes },
  };
  return [...moves, changed].map((entry) => ({ ...entry, ...about }));
}

/** As a single move tells it. */
function moveEntries(row: Row, after: Row, metadata: Record<string, unknown>): ActivityEntry[] {
  const [was, is] = [row, after] as unknown as [Standing, Standing & { close_reason: string | null }];
  const said = { ...metadata, from: was.stage, to: is.stage, reason: is.close_reason };
  const entries: ActivityEntry[] = [];
  if (was.stage !== is.stage) {
    const description = `Deal ${row.name} moved from ${stageName(was.stage)} to ${stageName(is.stage)}`;
    entries.push({ type: 'DEAL_STAGE_CHANGED', description, metadata: said });
  }
  if (is.status !== 'OPEN') {
    const type = is.status === 'WON' ? 'DEAL_WON' : 'DEAL_LOST';
    const outcome = { ...said, statusFrom: was.status, statusTo: is.status };
    entries.push({ type, description: `Deal ${row.name} ${is.status.toLowerCase()}`, metadata: outcome });
  }
  return entries;
}

/** The records whose timelines tell of it. */
function concerned(noun: BulkNoun, row: Row): Partial<ActivityEntry> {
  const id = (name: string) => (row[name] ?? null) as string | null;
  switch (noun) {
    case 'COMPANY':
      return { brandId: row.brand_id, companyId: row.id };
    case 'CONTACT':
      return { brandId: row.brand_id, contactId: row.id, companyId: id('company_id') };
    case 'DEAL':
      return {
        brandId: row.brand_id,
        dealId: row.id,
        companyId: id('company_id'),
        contactId: id('contact_id'),
      };
    case 'TASK':
      return {
        brandId: row.brand_id,
        taskId: row.id,
        companyId: id('company_id'),
        contactId: id('contact_id'),
        dealId: id('deal_id'),
        campaignId: id('campaign_id'),
        audience: row.audience as Audience,
      };
  }
}
