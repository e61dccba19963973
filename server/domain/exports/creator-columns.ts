import { ratioToPercent } from '../creator-platforms/rules.ts';
import { platformLabels } from '../creators/fields.ts';
import type { CreatorAccount } from '../creators/schema.ts';
import type { ExportColumn, ExportedRecord } from './columns.ts';

/** A creator's accounts as an import reads them again: three columns a network, of its largest account. */
export function accountColumns(): ExportColumn[] {
  return Object.entries(platformLabels).flatMap(([platform, label]) => {
    const accountOf = ({ platforms }: ExportedRecord) =>
      (platforms as readonly CreatorAccount[]).find((account) => account.platform === platform);
    const column = (header: string, textOf: (account: CreatorAccount) => string | null): ExportColumn => ({
      header: `${label} ${header}`,
      textOf: (record) => {
        const account = accountOf(record);
        return account ? (textOf(account) ?? '') : '';
      },
    });
    return [
      column('handle', ({ handle }) => handle),
      column('followers', ({ followers }) => followers?.toString() ?? null),
      column('engagement rate', ({ engagementRate }) => engagementRate && ratioToPercent(engagementRate)),
    ];
  });
}
