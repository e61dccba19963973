import type {
  ContentType,
  NetworkAccount,
  NetworkAudience,
  NetworkContent,
  NetworkProfile,
  NetworkSync,
  NetworkWebhook,
  SocialPlatform,
} from '../creator-network.ts';
import { addPercents, hashtagsOf, isMailAddress, mentionsOf, toPercent } from './values.ts';
import type { AccountWire, AudienceWire, ContentWire, ProfileWire, WebhookWire } from './wire.ts';
import { platformOf } from './work-platforms.ts';

const STORY_MS = 24 * 3_600_000;

const STATES: Readonly<Record<string, NetworkAccount['state']>> = {
  CONNECTED: 'CONNECTED',
  NOT_CONNECTED: 'DISCONNECTED',
  SESSION_EXPIRED: 'EXPIRED',
};

const SYNCS: Readonly<Record<string, NetworkSync>> = {
  SYNCED: 'SYNCED',
  PARTIAL_SYNCED: 'PARTIAL',
  IN_PROGRESS: 'IN_PROGRESS',
  NOT_SYNCED: 'NOT_SYNCED',
  NOT_SUPPORTED: 'NOT_SUPPORTED',
};

export function toAccount(wire: AccountWire): NetworkAccount {
  const { data } = wire;
  return {
    accountId: wire.id,
    userId: wire.user.id,
    platform: platformOf(wire.work_platform.id),
    handle: handleOf(wire.platform_username ?? wire.username, null),
    nativeId: wire.platform_profile_id,
    imageUrl: wire.profile_pic_url,
    state: known(STATES, wire.status) ?? 'UNKNOWN',
    profileSync: syncOf(data, data?.identity?.status),
    audienceSync: syncOf(data, data?.identity?.audience?.status),
    contentsSync: syncOf(data, data?.engagement?.status),
    contentsFrom: data?.engagement?.data_available_from ?? null,
    connectedAt: wire.created_at,
  };
}

/** A product that the network does not have is left out of an account's data. */
function syncOf(data: AccountWire['data'], status: string | undefined): NetworkSync {
  if (!data) return 'UNKNOWN';
  return status === undefined ? 'NOT_SUPPORTED' : (known(SYNCS, status) ?? 'UNKNOWN');
}

export function toProfile(wire: ProfileWire): NetworkProfile {
  const { reputation } = wire;
  return {
    accountId: wire.account.id,
    platform: platformOf(wire.work_platform.id),
    handle: handleOf(wire.platform_username ?? wire.username, wire.url),
    nativeId: wire.platform_profile_id ?? wire.external_id,
    name: wire.platform_profile_name ?? wire.full_name,
    url: webAddress(wire.url),
    imageUrl: wire.image_url,
    isVerified: wire.is_verified ?? null,
    country: wire.country === null ? null : countryOf(wire.country),
    followers:
      reputation?.follower_count ?? reputation?.subscriber_count ?? reputation?.connection_count ?? null,
    following: reputation?.following_count ?? null,
    posts: reputation?.content_count ?? null,
    likes: reputation?.like_count ?? null,
    updatedAt: wire.updated_at,
  };
}

/** YouTube's name of an account is its owner's mail address: the handle is in the profile's address then. */
function handleOf(name: string | null, url: string | null): string | null {
  const plain = name?.replace(/^@+/, '').trim();
  if (plain && !isMailAddress(plain)) return plain;
  const last = url === null ? undefined : url.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1);
  const handle = last?.replace(/^@+/, '');
  return handle && !handle.includes(':') ? handle : null;
}

const countryOf = (code: string): string | null =>
  /^[a-z]{2}$/i.test(code.trim()) ? code.trim().toUpperCase() : null;

function webAddress(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  return /^https?:$/.test(new URL(url).protocol) ? url : null;
}

const GENDERS: Readonly<Record<string, 'FEMALE' | 'MALE'>> = { FEMALE: 'FEMALE', MALE: 'MALE' };

/** null where nothing is told, or not yet. What has no share is unknown and left out. */
export function toAudience(wire: AudienceWire): NetworkAudience | null {
  const countries = (wire.countries ?? []).flatMap(({ code, value }) => {
    const country = countryOf(code ?? '');
    return country === null || value === null || value === undefined
      ? []
      : [{ code: country, percent: toPercent(value) }];
  });
  const cities = (wire.cities ?? []).flatMap(({ name, value }) =>
    name === null || value === null || value === undefined ? [] : [{ name, percent: toPercent(value) }],
  );
  const genderAges = genderAgesOf(wire);
  if (countries.length + cities.length + genderAges.length === 0) return null;
  return { accountId: wire.account.id, countries, cities, genderAges, updatedAt: wire.updated_at };
}

/** Several of the vendor's genders are one of ours: their shares of an age are one share then. */
function genderAgesOf(wire: AudienceWire): NetworkAudience['genderAges'] {
  const shares = new Map<string, NetworkAudience['genderAges'][number]>();
  for (const { gender: told, age_range: age, value } of wire.gender_age_distribution ?? []) {
    if (age === null || value === null || value === undefined) continue;
    const gender = known(GENDERS, told?.toUpperCase() ?? '') ?? 'OTHER';
    // The eldest come as "65-".
    const ageRange = age.replace(/-$/, '+');
    const key = `${gender} ${ageRange}`;
    const percent = toPercent(value);
    const before = shares.get(key);
    shares.set(key, {
      gender,
      ageRange,
      percent: before ? addPercents(before.percent, percent) : percent,
    });
  }
  return [...shares.values()];
}

export function toContent(wire: ContentWire): NetworkContent {
  const { engagement } = wire;
  const type = typeOf(wire);
  const texts = [wire.title, wire.description];
  return {
    contentId: wire.id,
    accountId: wire.account.id,
    nativeId: wire.external_id ?? wire.id,
    type,
    url: webAddress(wire.url),
    ...textsOf(wire),
    hashtags: hashtagsOf(wire.hashtags, texts),
    mentions: mentionsOf(wire.mentions, texts),
    isLabelledSponsored: wire.sponsored?.is_sponsored ?? null,
    durationSeconds: wire.duration === null || wire.duration === undefined ? null : Math.round(wire.duration),
    thumbnailUrl: webAddress(wire.persistent_thumbnail_url),
    mediaUrl: webAddress(wire.media_url ?? wire.media_urls?.[0] ?? wire.thumbnail_url),
    publishedAt: wire.published_at,
    expiresAt:
      type === 'STORY' && wire.published_at !== null
        ? new Date(wire.published_at.getTime() + STORY_MS)
        : null,
    views: engagement?.view_count ?? null,
    likes: engagement?.like_count ?? null,
    comments: engagement?.comment_count ?? null,
    // X calls a share a repost.
    shares: engagement?.share_count ?? engagement?.repost_count ?? null,
    saves: engagement?.save_count ?? null,
    // People who were reached both ways would count twice in a sum.
    reach: engagement?.reach_organic_count ?? engagement?.reach_paid_count ?? null,
    impressions: sumOf(engagement?.impression_organic_count, engagement?.impression_paid_count),
    updatedAt: wire.updated_at,
  };
}

/** Instagram sends its caption as a title alone, TikTok the same words twice, YouTube a title and a description. */
function textsOf({ title, description }: ContentWire): { title: string | null; caption: string | null } {
  if (description === null) return { title: null, caption: title };
  return { title: title === description ? null : title, caption: description };
}

function sumOf(organic: number | null | undefined, paid: number | null | undefined): number | null {
  if (organic === null || organic === undefined) return paid ?? null;
  return organic + (paid ?? 0);
}

const TYPES: Readonly<Record<string, ContentType>> = {
  REELS: 'REEL',
  STORY: 'STORY',
  TWEET: 'TWEET',
  THREAD: 'THREAD',
  STREAM: 'LIVE',
  VIDEO: 'VIDEO',
  IGTV: 'VIDEO',
};

/** A short is called VIDEO like the long ones: only its address says what it is. What we have no word for is a post. */
function typeOf(wire: ContentWire): ContentType {
  const platform: SocialPlatform | null = platformOf(wire.work_platform.id);
  const isShort = platform === 'YOUTUBE' && /youtube\.com\/shorts\//i.test(wire.url ?? '');
  if (isShort) return 'SHORT';
  const named = known(TYPES, wire.type?.toUpperCase() ?? '');
  if (named) return named;
  if ((wire.media_urls?.length ?? 0) > 1) return 'CAROUSEL';
  return wire.format?.toUpperCase() === 'VIDEO' ? 'VIDEO' : 'POST';
}

export function toWebhook({ id, url, events, is_active: isActive }: WebhookWire): NetworkWebhook {
  return { webhookId: id, url, events, isActive };
}

function known<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
