import { type AdAccount } from '../world/accounts.ts';
import { type Manager } from '../world/managers.ts';
import { accountsSeenBy } from '../world/world.ts';
import { bearerWith, LIST_KINDS, needed, refuseOthers, type TiktokCall, type TiktokRoute } from './call.ts';
import { invalidParameter, noPermission } from './failures.ts';
import { PAGE_PARAMETERS, pageOf } from './paging.ts';
import { BUSINESS_CENTER } from './scopes.ts';

/** Source: bc_get and bc_asset_get in the API for Business SDK. */
const MOST_ON_PAGE = 50;

function accountsOf(call: TiktokCall): AdAccount[] {
  const { person } = bearerWith(call, BUSINESS_CENTER);
  return accountsSeenBy(call.state.world, 'tiktok', person);
}

/** The business centres that hold some ad account of the person's, each once. */
function centersOf(accounts: readonly AdAccount[]): Manager[] {
  const centers = new Map(accounts.flatMap(({ manager }) => (manager ? [[manager.id, manager]] : [])));
  return [...centers.values()];
}

function listCenters(call: TiktokCall) {
  refuseOthers(call, ['bc_id', ...PAGE_PARAMETERS]);
  const accounts = accountsOf(call);
  const asked = call.query.get('bc_id');
  const centers = centersOf(accounts).filter(({ id }) => asked === null || id === asked);
  return pageOf(call, centers, {
    most: MOST_ON_PAGE,
    write: ({ id, name, owner }) => {
      const first = accounts.find(({ manager }) => manager?.id === id);
      return {
        bc_info: {
          ...{ bc_id: id, name, company: name, organization_type: 'STANDARD', registered_area: 'AE' },
          ...{ currency: first?.currency ?? 'USD', timezone: first?.timeZone ?? 'UTC' },
          ...{ status: 'ENABLE', type: owner === 'client' ? 'DIRECT' : 'AGENCY' },
        },
        user_role: owner === 'client' ? 'STANDARD' : 'ADMIN',
        ext_user_role: { finance_role: 'ANALYST' },
      };
    },
  });
}

function listAssets(call: TiktokCall) {
  refuseOthers(call, ['bc_id', 'asset_type', ...PAGE_PARAMETERS]);
  const accounts = accountsOf(call);
  const bcId = needed(call, 'bc_id');
  if (needed(call, 'asset_type') !== 'ADVERTISER') {
    throw invalidParameter('asset_type: the sandbox has ad accounts alone, ADVERTISER.');
  }
  const center = centersOf(accounts).find(({ id }) => id === bcId);
  if (!center) throw noPermission(`No permission to operate Business Center ${bcId}.`);
  const held = accounts.filter(({ manager }) => manager?.id === bcId);
  return pageOf(call, held, {
    most: MOST_ON_PAGE,
    write: ({ id, name }) => {
      return {
        ...{ asset_id: id, asset_name: name, asset_type: 'ADVERTISER', advertiser_role: 'ANALYST' },
        ...{ advertiser_account_type: 'AUCTION', owner_bc_name: center.name },
      };
    },
  });
}

/** Source: bc_get and bc_asset_get in the API for Business SDK (tiktok-business-api-sdk). */
export const CENTER_ROUTES: readonly TiktokRoute[] = [
  { method: 'GET', path: 'bc/get', kinds: LIST_KINDS, answer: listCenters },
  { method: 'GET', path: 'bc/asset/get', kinds: LIST_KINDS, answer: listAssets },
];
