import { jobPrincipal } from '../../auth/principal.ts';
import type { CreatorNetwork, NetworkAccount } from '../../integrations/creator-network.ts';
import { AppError } from '../../kernel/errors.ts';
import { adoptAccount, settleAccount } from '../creator-platforms/account.ts';
import { type Claim, whileHeld } from './claim.ts';
import { requestCreatorSync } from './commands.ts';
import type { CreatorSyncServices } from './services.ts';

interface Look {
  services: CreatorSyncServices;
  network: CreatorNetwork;
  claim: Claim;
  userId: string;
  signal: AbortSignal | undefined;
}

/**
 * Looks which accounts a creator has connected: what no event told, because it got lost or its browser was closed too
 * early, is found here. What another creator has, and what was taken off here, is left alone.
 */
export async function lookForAccounts({ services, network, claim, userId, signal }: Look): Promise<void> {
  for (const account of await network.accounts(userId, { signal })) {
    signal?.throwIfAborted();
    await takeIn(services, claim, account);
  }
}

async function takeIn(services: CreatorSyncServices, claim: Claim, account: NetworkAccount): Promise<void> {
  const principal = jobPrincipal(claim.organization_id);
  try {
    await whileHeld(services, claim, async (tx) => {
      const known = await tx
        .selectFrom('creator_platforms')
        .select(['id', 'creator_id', 'is_active'])
        .where('phyllo_account_id', '=', account.accountId)
        .executeTakeFirst();
      const creatorId = claim.creator_id;
      if (known?.is_active === false) return;
      if (known) {
        await settleAccount(tx, principal, {
          creatorPlatformId: known.id,
          told: account.state,
          now: services.now(),
        });
        return;
      }
      if (account.state !== 'CONNECTED' || account.platform === null) return;
      const connectedAt = account.connectedAt ?? services.now();
      const { creatorPlatformId } = await adoptAccount(tx, principal, { creatorId, account, connectedAt });
      await requestCreatorSync(tx, principal, {
        creatorId,
        creatorPlatformId,
        kind: 'EVERYTHING',
        trigger: 'CONNECT',
      });
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
    const { organization_id: organizationId, creator_id: creatorId } = claim;
    services.log.warn({ organizationId, creatorId }, 'a connected account belongs to another creator');
  }
}
