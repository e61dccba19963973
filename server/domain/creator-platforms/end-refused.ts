import type { Database } from '../../../db/client.ts';
import { withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { CreatorNetwork, NetworkAccount } from '../../integrations/creator-network.ts';
import type { Logger } from '../../kernel/log.ts';
import { isRefusedAccount } from './account.ts';

export interface EndServices {
  db: Database;
  network: CreatorNetwork | null;
  log: Pick<Logger, 'info' | 'warn'>;
}

export interface Confirmed {
  organizationId: string;
  /** As fetchConfirmed answered it: of the creator's own user. */
  account: NetworkAccount;
}

/**
 * Takes a confirmed account in. Of one that is refused here the access is ended at the service, since nothing here would
 * show it or could end it. Ending it is tried once; whether it worked or not, the refusal is what is thrown.
 */
export async function adoptOrEnd<T>(
  services: EndServices,
  confirmed: Confirmed,
  adopt: () => Promise<T>,
): Promise<T> {
  try {
    return await adopt();
  } catch (error) {
    if (isRefusedAccount(error)) await endUnadopted(services, confirmed);
    throw error;
  }
}

async function endUnadopted(services: EndServices, { organizationId, account }: Confirmed): Promise<void> {
  const { network, log } = services;
  const { accountId } = account;
  try {
    if (!network || (await isAdopted(services, organizationId, accountId))) return;
    await network.disconnect(accountId);
    log.info({ organizationId, accountId }, 'a refused account was disconnected at Phyllo');
  } catch (error) {
    log.warn(
      { organizationId, accountId, err: error },
      'a refused account could not be disconnected at Phyllo',
    );
  }
}

/** As the job: also an account of a creator whom the asker does not see is somebody's. */
async function isAdopted({ db }: EndServices, organizationId: string, accountId: string): Promise<boolean> {
  const row = await withTenant(db, jobPrincipal(organizationId), 'read', (tx) =>
    tx
      .selectFrom('creator_platforms')
      .select('id')
      .where('phyllo_account_id', '=', accountId)
      .executeTakeFirst(),
  );
  return row !== undefined;
}
