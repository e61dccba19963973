import { type FieldDefinition, recordFields } from '../records/fields.ts';

/** How people call the networks, in the order in which they are offered. */
export const platformLabels = {
  INSTAGRAM: 'Instagram',
  TIKTOK: 'TikTok',
  YOUTUBE: 'YouTube',
  TWITTER: 'X',
  LINKEDIN: 'LinkedIn',
  SNAPCHAT: 'Snapchat',
  PINTEREST: 'Pinterest',
  TWITCH: 'Twitch',
  FACEBOOK: 'Facebook',
} as const;

/** The pipeline of a creator, in its order. */
export const creatorStatuses = ['PROSPECT', 'OUTREACH', 'NEGOTIATION', 'SIGNED', 'INACTIVE'] as const;

/** What a list of creators filters, sorts and shows. */
export const creatorFields: readonly FieldDefinition[] = [
  { name: 'name', label: 'Name', type: 'text', isRequired: true, isSortable: true },
  {
    name: 'status',
    label: 'Status',
    type: 'choice',
    choices: creatorStatuses,
    isRequired: true,
    isSortable: true,
  },
  { name: 'statusChangedAt', label: 'Status since', type: 'instant', isRequired: true, isSortable: true },
  { name: 'categories', label: 'Categories', type: 'several' },
  {
    name: 'primaryPlatform',
    label: 'Primary platform',
    type: 'choice',
    choices: Object.keys(platformLabels),
    isSortable: true,
  },
  { name: 'totalFollowers', label: 'Followers', type: 'number', isSortable: true },
  // As it is answered: a ratio, 0.034 for 3.4%.
  { name: 'engagementRate', label: 'Engagement rate', type: 'number', isSortable: true },
  { name: 'estimatedReach', label: 'Estimated reach', type: 'number', isSortable: true },
  { name: 'audienceCountries', label: 'Audience countries', type: 'several' },
  { name: 'contactId', label: 'Contact', type: 'reference', reference: 'contact', isRequired: true },
  { name: 'managerContactId', label: 'Manager', type: 'reference', reference: 'contact', isSortable: true },
  {
    name: 'commissionPercent',
    label: 'Commission %',
    type: 'number',
    isSortable: true,
    guard: 'agency',
  },
  ...recordFields.map((field): FieldDefinition =>
    field.name === 'brandId' ? { ...field, guard: 'own' } : field,
  ),
];
