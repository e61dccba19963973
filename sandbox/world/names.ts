import { type WorldPlatform } from './platforms.ts';
import { pick } from './random.ts';

export type Market = 'gulf' | 'west' | 'japan';

/** Invented clients. Sixteen of them, so that steps of five never meet within one world. */
export const BRANDS: readonly string[] = [
  'Marsa Kafé',
  'Layanara Beauty',
  'Northfold Outdoor',
  'Kesselbrand & Kraft',
  'Hoshimori Tea',
  'Qasr al Oud',
  'Tidewarden Sports',
  'Palolo Lagoon Stays',
  'Atelier Mirabeline',
  'Sahraline Motors',
  'Cedarpine Home',
  'Zubara Electronics',
  'Bluefinch Mobile',
  'Dunefit Clubs',
  "O'Mallory Toys",
  'Verdana Farms',
];

export interface NameParts {
  brand: string;
  geo: string;
  market: Market;
}

/** The short code that media buyers put in front of a campaign's name. */
export function codeOf(brand: string): string {
  const initials = brand
    .replace(/[^\p{L}\s]/gu, '')
    .split(/\s+/u)
    .map((word) => word.slice(0, 2))
    .join('');
  return initials.toUpperCase();
}

type Template = (parts: NameParts, code: string) => string;

export type Role = 'prospecting' | 'retargeting' | 'upper' | 'leads' | 'draft';

const TEMPLATES: Record<Role, readonly [Template, ...Template[]]> = {
  prospecting: [
    ({ geo }, code) => `${code}_${geo}_CONV_Prospecting_AO`,
    ({ brand, geo }) => `${brand} | ${geo} | TOF | Broad 18-44 | Always-On`,
    ({ geo }) => `[SALES] ${geo} – Lookalike 1-3% – CBO`,
  ],
  retargeting: [
    ({ geo }, code) => `${code}_${geo}_CONV_RTG_30D_AO`,
    ({ brand }) => `${brand} | BOF | DPA Retargeting | VC+ATC 14d`,
    ({ geo }) => `[DPA] ${geo} – Cart abandoners`,
  ],
  upper: [
    ({ geo }, code) => `${code}_${geo}_AWR_VideoViews_AO`,
    ({ brand, geo }) => `${brand} | ${geo} | Traffic | IG Reels "hook" test`,
    ({ geo }) => `[TOF] ${geo} – Reach & Frequency, 15s cut-downs`,
  ],
  leads: [
    ({ geo }, code) => `${code}_${geo}_LEADS_InstantForm_AO`,
    ({ brand }) => `${brand} | Lead Gen | Higher intent form`,
  ],
  draft: [
    ({ geo }, code) => `${code}_${geo}_CONV_Prospecting_AO – Copy`,
    () => 'DO NOT PUBLISH – template 2024',
  ],
};

export function standingName(role: Role, parts: NameParts, draw: number): string {
  return pick(TEMPLATES[role], draw)(parts, codeOf(parts.brand));
}

type SeasonTemplate = (parts: NameParts, year: number) => string;

const shortYear = (year: number): string => String(year).slice(2);

const SEASONS: Record<Market, Record<1 | 2, readonly [SeasonTemplate, ...SeasonTemplate[]]>> = {
  gulf: {
    1: [
      ({ brand, geo }, year) => `${codeOf(brand)}_${geo}_RAMADAN${shortYear(year)}_SALES`,
      ({ brand }, year) => `عروض رمضان ${year} | ${brand}`,
      ({ geo }, year) => `Eid ${year} – ${geo} – Reels + Stories`,
    ],
    2: [
      ({ brand, geo }, year) => `${codeOf(brand)}_${geo}_WHITEFRI${shortYear(year)}_SALES`,
      ({ brand }, year) => `الجمعة البيضاء ${year} | ${brand}`,
      ({ geo }, year) => `Back to School ${year} – ${geo} – AR/EN`,
    ],
  },
  west: {
    1: [
      ({ brand, geo }, year) => `${codeOf(brand)}_${geo}_SPRING${shortYear(year)}_LAUNCH`,
      ({ geo }, year) => `Frühjahr/Été ${year} – ${geo} – Neue Kollektion`,
      ({ brand }, year) => `${brand} | Q2 ${year} | Influencer whitelisting`,
    ],
    2: [
      ({ brand, geo }, year) => `${codeOf(brand)}_${geo}_BFCM${shortYear(year)}_SALES`,
      ({ brand }, year) => `🔥 Black Friday ${year} | ${brand} | CBO`,
      ({ geo }, year) => `Q4 ${year}, ${geo}: Gifting, "last order day"`,
    ],
  },
  japan: {
    1: [
      (_, year) => `${year}春 新生活キャンペーン`,
      ({ brand }, year) => `${codeOf(brand)}_JP_母の日${shortYear(year)}`,
    ],
    2: [
      (_, year) => `${year} 年末セール｜リール＋ストーリーズ`,
      ({ brand }, year) => `${codeOf(brand)}_JP_お歳暮${shortYear(year)}`,
    ],
  },
};

/** The name of a campaign that runs for a few weeks of one half of a year. */
export function seasonName(parts: NameParts, season: { year: number; half: 1 | 2 }, draw: number): string {
  return pick(SEASONS[parts.market][season.half], draw)(parts, season.year);
}

/** Words of Meta's own placements, and what a buyer writes in their place elsewhere. */
const ELSEWHERE: readonly (readonly [string, { google: string; tiktok: string }])[] = [
  ['IG Reels', { google: 'YouTube Shorts', tiktok: 'Spark Ads' }],
  ['Reels + Stories', { google: 'Search + YouTube', tiktok: 'TopView + In-Feed' }],
  ['リール＋ストーリーズ', { google: '検索＋YouTube', tiktok: 'インフィード' }],
  ['CBO', { google: 'tROAS', tiktok: 'ACO' }],
  ['Influencer whitelisting', { google: 'YouTube creators', tiktok: 'Spark creators' }],
  ['InstantForm', { google: 'LeadForm', tiktok: 'InstantPage' }],
];

/** A campaign's name in the words of its platform. */
export function nameOn(platform: WorldPlatform, name: string): string {
  if (platform === 'meta') return name;
  return ELSEWHERE.reduce((text, [meta, words]) => text.replace(meta, words[platform]), name);
}
