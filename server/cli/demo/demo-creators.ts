import type { DemoCreator } from './creators.ts';

export const demoCreators: readonly DemoCreator[] = [
  {
    firstName: 'Layla',
    lastName: 'Al Mansoori',
    status: 'SIGNED',
    categories: ['beauty', 'fashion'],
    brand: 'layanara-beauty',
    commissionPercent: '10',
    accounts: [
      {
        platform: 'INSTAGRAM',
        handle: 'layla.mansoori',
        followers: 845_800,
        meanLikes: '21400',
        meanComments: '640',
        isVerified: true,
      },
      { platform: 'TIKTOK', handle: 'layla.mansoori', followers: 1_210_000 },
    ],
    campaigns: [{ name: 'Layanara GCC season', fee: '38000', currency: 'AED' }],
    contract: {
      title: 'Face of the season',
      fee: '120000',
      currency: 'AED',
      startsInDays: -150,
      endsInDays: 21,
      exclusivity: 'CATEGORY',
      categories: ['beauty', 'fragrance'],
    },
  },
  {
    firstName: 'Noura',
    lastName: 'Alotaibi',
    status: 'SIGNED',
    categories: ['food', 'family'],
    accounts: [
      {
        platform: 'INSTAGRAM',
        handle: 'noura_kitchen',
        followers: 431_000,
        meanLikes: '9800',
        meanComments: '410',
      },
      { platform: 'TIKTOK', handle: 'noura_kitchen', followers: 388_000 },
    ],
    campaigns: [
      { name: 'Bluefinch UAE always-on', fee: '16000', currency: 'AED' },
      { name: 'Layanara GCC season', fee: '19500', currency: 'AED' },
    ],
  },
  {
    firstName: 'Fahad',
    lastName: 'Alkandari',
    status: 'SIGNED',
    categories: ['technology'],
    brand: 'bluefinch-mobile',
    accounts: [
      {
        platform: 'YOUTUBE',
        handle: 'fahad.builds',
        followers: 274_000,
        meanLikes: '7300',
        meanComments: '520',
      },
      { platform: 'LINKEDIN', handle: 'fahad.builds', followers: 9_870 },
    ],
    campaigns: [{ name: 'Bluefinch UAE always-on', fee: '22000', currency: 'AED' }],
    contract: {
      title: 'Reviews of the year',
      fee: '84000',
      currency: 'AED',
      startsInDays: -90,
      endsInDays: 275,
      exclusivity: 'PLATFORM',
      platforms: ['YOUTUBE'],
    },
  },
  {
    firstName: 'Sultan',
    lastName: 'Alhajri',
    status: 'NEGOTIATION',
    categories: ['fitness'],
    brand: 'tidewarden-sports',
    accounts: [
      {
        platform: 'INSTAGRAM',
        handle: 'sultan.lifts',
        followers: 92_700,
        meanLikes: '3100',
        meanComments: '95',
      },
    ],
    contract: {
      title: 'Winter training',
      fee: '9000',
      currency: 'USD',
      startsInDays: 10,
      endsInDays: 100,
      isDraft: true,
    },
  },
  {
    firstName: 'Mariam',
    lastName: 'Bukhari',
    status: 'OUTREACH',
    categories: ['family'],
    brand: 'bluefinch-mobile',
    accounts: [
      { platform: 'INSTAGRAM', handle: 'mariambukhari', followers: 167_000 },
      { platform: 'TIKTOK', handle: 'mariambukhari', followers: 203_000 },
    ],
  },
  {
    firstName: 'Omar',
    lastName: 'Al Zadjali',
    status: 'PROSPECT',
    categories: ['travel'],
    accounts: [
      { platform: 'INSTAGRAM', handle: 'omarwanders', followers: 318_000 },
      { platform: 'YOUTUBE', handle: 'omarwanders', followers: 141_000 },
    ],
    blocked: { brand: 'tidewarden-sports', reason: 'Works for a rival outfitter until spring.' },
  },
  {
    firstName: 'Hessa',
    lastName: 'Almulla',
    status: 'INACTIVE',
    categories: ['home'],
    accounts: [{ platform: 'INSTAGRAM', handle: 'hessa.home', followers: 58_900 }],
  },
];

export const rivalCreators: readonly DemoCreator[] = [
  {
    firstName: 'Khalid',
    lastName: 'Al Rashed',
    status: 'SIGNED',
    categories: ['cars'],
    brand: 'sahraline-motors',
    accounts: [
      {
        platform: 'INSTAGRAM',
        handle: 'khalidrashed',
        followers: 2_300_000,
        meanLikes: '48000',
        meanComments: '1900',
      },
      { platform: 'YOUTUBE', handle: 'khalidrashed', followers: 1_480_000 },
    ],
    campaigns: [{ name: 'Sahraline showroom traffic', fee: '65000', currency: 'SAR' }],
    contract: {
      title: 'Test drives',
      fee: '260000',
      currency: 'SAR',
      startsInDays: -60,
      endsInDays: 7,
      exclusivity: 'FULL',
    },
  },
  {
    firstName: 'Salma',
    lastName: 'Benjelloun',
    status: 'PROSPECT',
    categories: ['travel'],
    accounts: [{ platform: 'TIKTOK', handle: 'salmabenj', followers: 98_200 }],
  },
];
