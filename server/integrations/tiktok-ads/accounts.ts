import type { Access, AccountListing } from '../ad-platform.ts';
import { PlatformError } from '../errors.ts';
import type { Tiktok } from './api.ts';
import { toAccountListing, toManagerListing } from './map.ts';
import { applicationOf } from './oauth.ts';
import {
  advertisersWire,
  type AdvertiserWire,
  advertiserWire,
  assetWire,
  type BusinessCentreWire,
  businessCentreWire,
  grantedWire,
  read,
} from './wire.ts';

/** Source: the page_size of /bc/get/ and /bc/asset/get/ in tiktok-business-api-sdk (yml_files). */
const CENTRES_PER_PAGE = 50;
/** Source: API for Business, /advertiser/info/. */
const ADVERTISERS_PER_CALL = 100;
const ADVERTISER_FIELDS = ['advertiser_id', 'name', 'company', 'currency', 'timezone', 'status'];

/** The business centres above the granted ad accounts, then the accounts themselves. */
export async function* listAccounts(tiktok: Tiktok, access: Access): AsyncGenerator<AccountListing[]> {
  const ids = await grantedIds(tiktok, access);
  const centreOf = await centresAbove(tiktok, access, new Set(ids));
  const centres = new Map([...centreOf.values()].map((centre) => [centre.bc_id, centre]));
  if (centres.size > 0) yield [...centres.values()].map(toManagerListing);
  for (let start = 0; start < ids.length; start += ADVERTISERS_PER_CALL) {
    const advertisers = await describe(tiktok, access, ids.slice(start, start + ADVERTISERS_PER_CALL));
    yield advertisers.map((wire) => toAccountListing(wire, centreOf.get(wire.advertiser_id) ?? null));
  }
}

async function grantedIds(tiktok: Tiktok, access: Access): Promise<string[]> {
  const path = 'oauth2/advertiser/get/';
  const answer = await tiktok.askAs(access, { path, params: applicationOf(tiktok) });
  return [...new Set(read(grantedWire, answer, path).list.map((item) => item.advertiser_id))];
}

/**
 * Which business centre holds which ad account. Where several show it, the one that owns it; a grant that may not see
 * business centres has a flat list.
 */
async function centresAbove(
  tiktok: Tiktok,
  access: Access,
  granted: ReadonlySet<string>,
): Promise<Map<string, BusinessCentreWire>> {
  const above = new Map<string, BusinessCentreWire>();
  for (const centre of await readUnlessRefused(() => centresOf(tiktok, access))) {
    for (const asset of await readUnlessRefused(() => assetsOf(tiktok, access, centre.bc_id))) {
      const isOwner = asset.owner_bc_name !== undefined && asset.owner_bc_name === centre.name;
      if (!granted.has(asset.asset_id)) continue;
      if (isOwner || !above.has(asset.asset_id)) above.set(asset.asset_id, centre);
    }
  }
  return above;
}

async function centresOf(tiktok: Tiktok, access: Access): Promise<BusinessCentreWire[]> {
  const path = 'bc/get/';
  const items = await tiktok.list(access, { path }, CENTRES_PER_PAGE);
  return items.map((item) => read(businessCentreWire, item, path).bc_info);
}

async function assetsOf(tiktok: Tiktok, access: Access, centreId: string) {
  const path = 'bc/asset/get/';
  const params = { bc_id: centreId, asset_type: 'ADVERTISER' };
  const items = await tiktok.list(access, { path, params }, CENTRES_PER_PAGE);
  return items.map((item) => read(assetWire, item, path));
}

/** One account that may not be read fails the whole question, so it is looked for by halves and left out. */
async function describe(tiktok: Tiktok, access: Access, ids: readonly string[]): Promise<AdvertiserWire[]> {
  const path = 'advertiser/info/';
  const params = { advertiser_ids: ids, fields: ADVERTISER_FIELDS };
  try {
    const { list } = read(advertisersWire, await tiktok.askAs(access, { path, params }), path);
    return list.map((item) => read(advertiserWire, item, path));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (ids.length <= 1) return [];
    const middle = Math.ceil(ids.length / 2);
    const first = await describe(tiktok, access, ids.slice(0, middle));
    return [...first, ...(await describe(tiktok, access, ids.slice(middle)))];
  }
}

async function readUnlessRefused<T>(work: () => Promise<T[]>): Promise<T[]> {
  try {
    return await work();
  } catch (error) {
    if (isRefusal(error)) return [];
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof PlatformError && error.kind === 'skip';
}
