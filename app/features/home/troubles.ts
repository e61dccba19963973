import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import type { Import } from '../../../server/domain/imports/schema.ts';
import { formatCount, formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';

/** Something that a person should look at, with where to do it. */
export interface Trouble {
  id: string;
  tone: 'danger' | 'warning';
  title: string;
  words: string;
  action: { label: string; href: string };
}

/** A healthy account syncs every few hours: a day without one means that something holds it up. */
const STALE_MS = 24 * 60 * 60 * 1000;
/** A refused row of last month is nobody's news. */
const RECENT_MS = 7 * 24 * 60 * 60 * 1000;

/** Ad accounts whose figures are not coming in, the worst first. */
export function accountTroubles(accounts: readonly AdAccount[], now: string): Trouble[] {
  return accounts.flatMap((account): Trouble[] => {
    const { id, name, syncStatus, syncError, connectionState, lastSyncedAt } = account;
    if (syncStatus === 'PAUSED') return [];
    const base = { id: `ad-account:${id}`, action: { label: 'Look', href: paths.adAccount(id) } };
    if (connectionState === 'EXPIRED' || connectionState === 'REVOKED') {
      const words = 'Its connection has ended; connect it again. The figures of before stay.';
      return [{ ...base, tone: 'danger', title: `${name} is no longer connected`, words }];
    }
    if (syncStatus === 'ERROR') {
      const words = syncError ?? 'The last sync failed.';
      return [{ ...base, tone: 'danger', title: `${name} does not sync`, words }];
    }
    if (!lastSyncedAt || Date.parse(now) - Date.parse(lastSyncedAt) <= STALE_MS) return [];
    const words = `Its last sync was ${formatRelative(lastSyncedAt, now)}.`;
    return [{ ...base, tone: 'warning', title: `${name} has old figures`, words }];
  });
}

/** Imports of the last days that broke off, wait, or refused rows. */
export function importTroubles(imports: readonly Import[], now: string): Trouble[] {
  return imports
    .filter(({ createdAt }) => Date.parse(now) - Date.parse(createdAt) <= RECENT_MS)
    .flatMap(({ id, fileName, status, error, startedAt, rowsRefused }): Trouble[] => {
      const base = { id: `import:${id}`, action: { label: 'Look', href: paths.importRun(id) } };
      if (status === 'FAILED') {
        const title = startedAt ? `The import of ${fileName} broke off` : `${fileName} could not be read`;
        return [{ ...base, tone: 'danger', title, words: error ?? '' }];
      }
      if (status === 'STOPPED') {
        const words = 'What came in so far stays; it can go on.';
        return [{ ...base, tone: 'warning', title: `The import of ${fileName} was stopped`, words }];
      }
      if (status !== 'DONE' || rowsRefused === 0) return [];
      const rows = rowsRefused === 1 ? '1 row was' : `${formatCount(rowsRefused)} rows were`;
      const words = `${rows} refused; download them with their reasons.`;
      return [{ ...base, tone: 'warning', title: `${fileName} came in with refusals`, words }];
    });
}
