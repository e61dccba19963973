import { type JsonObject } from '../meta/json.ts';
import { type SandboxState } from '../state.ts';
import { audienceAt } from '../world/audiences.ts';
import { type Network } from '../world/networks.ts';
import { totalsOf } from '../world/post-figures.ts';
import { followersAt, followingAt, type SocialAccount } from '../world/social-accounts.ts';
import { headerJson } from './account-json.ts';
import { uuidOf } from './ids.ts';
import { profileIdOf } from './life.ts';
import { addressOfPicture } from './media-addresses.ts';
import { type PhylloAccount } from './memory.ts';
import { platformUsername, socialOf } from './sight.ts';
import { naive, naiveSecond } from './times.ts';

const ADDRESSES: Record<Network, (handle: string) => string> = {
  instagram: (handle) => `https://instagram.com/${handle}`,
  tiktok: (handle) => `https://www.tiktok.com/@${handle}`,
  youtube: (handle) => `https://youtube.com/@${handle}`,
  x: (handle) => `https://twitter.com/${handle}`,
  facebook: (handle) => `https://www.facebook.com/${handle}`,
  twitch: (handle) => `https://www.twitch.tv/${handle}`,
  linkedin: (handle) => `https://www.linkedin.com/in/${handle}`,
};

export const profileAddress = ({ network, creator }: SocialAccount): string =>
  ADDRESSES[network](creator.handle);

/** What no platform of the world tells. */
const UNTOLD = {
  ...{ paid_subscriber_count: null, content_group_count: null, average_open_rate: null },
  average_click_rate: null,
};

/** Each platform fills fields of its own and leaves the others null. Source: live answers, June 2026. */
function reputationOf(social: SocialAccount, moment: Date): JsonObject {
  const { network } = social;
  const followers = followersAt(social, moment);
  const { posts, likes, watchHours } = totalsOf(social, moment);
  const isOn = (...networks: Network[]) => networks.includes(network);
  return {
    follower_count: isOn('youtube', 'linkedin') ? null : followers,
    following_count: isOn('instagram', 'tiktok', 'x') ? followingAt(social, moment) : null,
    subscriber_count: isOn('youtube') ? followers : null,
    content_count: isOn('instagram', 'tiktok', 'x', 'youtube') ? posts : null,
    watch_time_in_hours: isOn('youtube') ? watchHours : null,
    like_count: isOn('tiktok') ? likes : null,
    connection_count: isOn('linkedin') ? followers : null,
    ...UNTOLD,
  };
}

function personOf({ creator, network }: SocialAccount): JsonObject {
  const words = (creator.latin ?? creator.name).split(' ');
  const tellsNames = network === 'youtube' || network === 'linkedin';
  const emails = network === 'youtube' ? [{ type: 'WORK', email_id: `${creator.key}@creators.example` }] : [];
  return {
    full_name: creator.name,
    first_name: tellsNames ? (words[0] ?? null) : null,
    last_name: tellsNames ? words.slice(1).join(' ') : null,
    ...{ nick_name: null, date_of_birth: null, gender: null },
    country: network === 'youtube' || network === 'linkedin' ? creator.country : null,
    ...{ emails, phone_numbers: [], addresses: [] },
  };
}

/** A profile as of its last look. Called once there was one. */
export function profileJson(state: SandboxState, account: PhylloAccount, origin: string): JsonObject {
  const social = socialOf(state, account);
  const { creator, network } = social;
  const moment = new Date(account.identity.syncedAt ?? account.createdAt);
  const username = platformUsername(social);
  const untold = Object.fromEntries(UNTOLD_PARTS.map((name) => [name, null]));
  return {
    ...{
      id: profileIdOf(account.id),
      created_at: naive(account.createdAt),
      updated_at: naive(moment.getTime()),
    },
    ...headerJson(state, account),
    ...{ username, platform_username: username, ...personOf(social), url: profileAddress(social) },
    introduction: `${creator.name} · ${creator.topic} · ${creator.country}\nhttps://${creator.key}.example`,
    image_url: addressOfPicture({ state, origin, subject: `profile/${account.id}` }),
    external_id: social.nativeId,
    ...{ platform_account_type: null, category: network === 'twitch' ? '' : null },
    website: network === 'instagram' ? `https://${creator.key}.example` : null,
    reputation: reputationOf(social, moment),
    ...{ platform_profile_name: creator.name, platform_profile_id: social.nativeId },
    platform_profile_published_at: network === 'instagram' ? null : naiveSecond(social.madeAt),
    ...{ is_verified: social.isVerified, is_business: network === 'youtube' || social.isVerified },
    ...untold,
  };
}

const UNTOLD_PARTS = [
  ...['work_experiences', 'education', 'publications', 'certifications', 'volunteer_experiences'],
  ...['honors', 'projects'],
];

const percent = (share: number): number => share / 100;

/** Who follows: one object and no list, in percents that are not quite a hundred together. */
export function audienceJson(state: SandboxState, account: PhylloAccount): JsonObject {
  const { syncedAt } = account.identity;
  const empty = { countries: [], cities: [], people: [] };
  const audience = syncedAt === null ? empty : audienceAt(socialOf(state, account), new Date(syncedAt));
  const created = naive(account.createdAt);
  return {
    ...{ id: uuidOf('audience', account.id), created_at: created },
    updated_at: syncedAt === null ? created : naive(syncedAt),
    ...headerJson(state, account),
    countries: audience.countries.map(({ code, share }) => ({ code, value: percent(share) })),
    cities: audience.cities.map(({ name, share }) => ({ name, value: percent(share) })),
    gender_age_distribution: audience.people.map(({ gender, ages, share }) => ({
      ...{ gender, age_range: ages, value: percent(share) },
    })),
  };
}
