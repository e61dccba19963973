import type { AdPlatformId } from '../../../integrations/ad-platform.ts';
import type { Sorted } from './classify.ts';
import { addRow, emptySums, type Sums } from './fold.ts';
import type { Table } from './header-row.ts';
import type { Reading, ReportRow } from './parse.ts';
import type { AdFileSettings } from './schema.ts';

/** What is known of the account that a file belongs to, before or after it is made. */
export interface FileAccount {
  platform: AdPlatformId | null;
  /** null where it has none of its platform's. */
  nativeId: string | null;
  name: string;
  currency: string | null;
}

/** A file that was read, before it is judged. */
export interface Parts {
  table: Table;
  sorted: Sorted;
  reading: Reading;
  settings: AdFileSettings;
  account: FileAccount | null;
  all: readonly ReportRow[];
  own: readonly ReportRow[];
  foreign: readonly ReportRow[];
  accounts: ReadonlyMap<string, ReportRow>;
}

export function sumOf(rows: readonly ReportRow[]): Sums {
  const sums = emptySums();
  for (const row of rows) addRow(sums, row);
  return sums;
}
