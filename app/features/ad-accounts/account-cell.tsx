import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import { formatName } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { platformLabels } from './labels.ts';
import { PlatformMark } from './platform-mark.tsx';

/** An account as the head of a table's row: its platform, its name, and its id there. */
export function AccountCell({
  account: { id, name, platform, nativeId },
}: {
  account: Pick<AdAccount, 'id' | 'name' | 'platform' | 'nativeId'>;
}) {
  return (
    <th scope="row">
      <div className="account-line">
        <PlatformMark platform={platform} />
        <span className="account-name">
          <a href={paths.adAccount(id)} data-row-link="">
            {formatName(name)}
          </a>
          <span className="line-note">
            {platformLabels[platform]} {nativeId}
          </span>
        </span>
      </div>
    </th>
  );
}
