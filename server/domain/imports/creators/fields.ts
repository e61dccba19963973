import { creatorStatuses, platformLabels } from '../../creators/fields.ts';
import type { MappingInput } from '../mapping.ts';
import { type SocialPlatform, socialPlatforms } from '../../../integrations/creator-network.ts';

/** What a file says of an account: in columns of a network's own, or in rows that name the network. */
export const accountParts = ['handle', 'profileUrl', 'followers', 'engagementRate'] as const;
export type AccountPart = (typeof accountParts)[number];

const partTypes = { handle: 'text', profileUrl: 'text', followers: 'count', engagementRate: 'rate' } as const;
const partLabels = {
  handle: 'handle',
  profileUrl: 'profile link',
  followers: 'followers',
  engagementRate: 'engagement rate',
} as const;

/** The field of a network's part: instagramHandle. */
export function accountField(platform: SocialPlatform, part: AccountPart): string {
  return platform.toLowerCase() + part.charAt(0).toUpperCase() + part.slice(1);
}

const accountFields = Object.fromEntries(
  socialPlatforms.flatMap((platform) =>
    accountParts.map((part) => [
      accountField(platform, part),
      { label: `${platformLabels[platform]} ${partLabels[part]}`, type: partTypes[part] },
    ]),
  ),
);

const text = (label: string) => ({ label, type: 'text' }) as const;

/** A creator's fields beside those that every record has: the person, the creator, their accounts. */
export const creatorImportFields = {
  name: text('Name'),
  firstName: text('First name'),
  lastName: text('Last name'),
  emails: { label: 'Emails', type: 'list' },
  phones: { label: 'Phones', type: 'list' },
  status: { label: 'Status', type: 'word', words: creatorStatuses },
  categories: { label: 'Categories', type: 'list' },
  primaryPlatform: { label: 'Primary platform', type: 'platform' },
  commissionPercent: text('Commission %'),
  estimatedReach: { label: 'Estimated reach', type: 'count' },
  platform: { label: 'Platform of the row’s account', type: 'platform' },
  handle: text('Handle of the row’s account'),
  profileUrl: text('Profile link of the row’s account'),
  followers: { label: 'Followers of the row’s account', type: 'count' },
  engagementRate: { label: 'Engagement rate of the row’s account', type: 'rate' },
  figuresOn: { label: 'Day of the figures', type: 'day' },
  ...accountFields,
} as const;

const shared: Readonly<Record<string, readonly string[]>> = {
  externalId: ['externalId', 'external id', 'external_id', 'creator id', 'creator_id'],
  name: ['name', 'full name', 'full_name', 'creator', 'creator name', 'influencer', 'influencer name'],
  firstName: ['firstName', 'first name', 'first_name'],
  lastName: ['lastName', 'last name', 'last_name', 'surname'],
  emails: ['emails', 'email', 'e-mail', 'email address', 'contact email'],
  phones: ['phones', 'phone', 'phone number', 'mobile'],
  status: ['status', 'stage'],
  categories: ['categories', 'category', 'niche', 'topics', 'vertical'],
  primaryPlatform: ['primaryPlatform', 'primary platform', 'main platform'],
  commissionPercent: ['commissionPercent', 'commission %', 'commission', 'commission percent'],
  estimatedReach: ['estimatedReach', 'estimated reach', 'reach'],
  platform: ['platform', 'network', 'channel', 'social network'],
  handle: ['handle', 'username', 'user name', 'account', 'social handle'],
  profileUrl: ['profileUrl', 'profile url', 'profile link', 'profile', 'url', 'link'],
  followers: ['followers', 'follower count', 'subscribers', 'followers count'],
  engagementRate: ['engagementRate', 'engagement rate', 'engagement', 'er', 'eng. rate'],
  figuresOn: ['figuresOn', 'figures on', 'as of', 'date', 'day', 'updated'],
  tags: ['tags', 'labels'],
  brand: ['brand', 'client'],
  owner: ['owner', 'owner email', 'owner_email'],
};

const shortNames: Readonly<Record<SocialPlatform, readonly string[]>> = {
  INSTAGRAM: ['instagram', 'ig', 'insta'],
  TIKTOK: ['tiktok', 'tik tok', 'tt'],
  YOUTUBE: ['youtube', 'yt'],
  TWITTER: ['twitter', 'x', 'x (twitter)'],
  LINKEDIN: ['linkedin'],
  SNAPCHAT: ['snapchat', 'snap'],
  PINTEREST: ['pinterest'],
  TWITCH: ['twitch'],
  FACEBOOK: ['facebook', 'fb'],
};

const partNames: Readonly<Record<AccountPart, readonly string[]>> = {
  handle: ['', 'handle', 'username', 'account', 'profile'],
  profileUrl: ['url', 'link', 'profile url', 'profile link'],
  followers: ['followers', 'subscribers', 'follower count'],
  engagementRate: ['engagement rate', 'engagement', 'er'],
};

/** The headers by which a file of creators is read that no mapping was written for. */
export function creatorHeaders(): Record<string, string[]> {
  const ofAccounts = socialPlatforms.flatMap((platform) =>
    accountParts.map((part): [string, string[]] => [
      accountField(platform, part),
      [
        accountField(platform, part),
        ...shortNames[platform].flatMap((name) =>
          partNames[part].flatMap((word) => {
            const header = `${name} ${word}`.trim();
            return word === '' ? [header] : [header, header.replaceAll(' ', '_')];
          }),
        ),
      ],
    ]),
  );
  const ofPeople = Object.entries(shared).map(([field, names]): [string, string[]] => [field, [...names]]);
  return Object.fromEntries([...ofAccounts, ...ofPeople]);
}

/** Without a handle of the row's own, a column of followers is a total, which accounts alone make. */
export function withoutLooseFigures(columns: MappingInput['columns']): MappingInput['columns'] {
  const fields = new Set<unknown>(Object.values(columns).flat());
  if (fields.has('handle') || fields.has('profileUrl')) return columns;
  const loose: readonly unknown[] = ['platform', 'followers', 'engagementRate'];
  return Object.fromEntries(Object.entries(columns).filter(([, field]) => !loose.includes(field)));
}
