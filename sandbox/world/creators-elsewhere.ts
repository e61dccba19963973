import type { Creator } from './creators.ts';

/** Names with accents, apostrophes and other scripts, an account too small to have an audience, and one of thirteen million. */
export const MORE_CREATORS: readonly Omit<Creator, 'key'>[] = [
  {
    ...{ name: 'Zoë Lindqvist', handle: 'zoelindqvist', gender: 'FEMALE', country: 'SE', topic: 'home' },
    on: { instagram: 143_000, youtube: 55_100 },
  },
  {
    ...{ name: 'José Ñandú Ibáñez', handle: 'josenandu', gender: 'MALE', country: 'MX', topic: 'food' },
    on: { instagram: 264_000, tiktok: 911_000, facebook: 118_000 },
  },
  {
    ...{
      name: "Niamh O'Súilleabháin",
      handle: 'niamh.os',
      gender: 'FEMALE',
      country: 'IE',
      topic: 'fitness',
    },
    on: { instagram: 71_300, tiktok: 45_900 },
  },
  {
    ...{ name: 'Łukasz Wójcik', handle: 'lukaszplays', gender: 'MALE', country: 'PL', topic: 'gaming' },
    on: { twitch: 96_500, youtube: 187_000, x: 40_200 },
  },
  {
    ...{ name: '高橋 さくら', latin: 'Sakura Takahashi', handle: 'sakura_takahashi' },
    ...{ gender: 'FEMALE', country: 'JP', topic: 'beauty' },
    on: { instagram: 389_000, youtube: 624_000, x: 151_000 },
  },
  {
    ...{ name: 'Maximilian Groß', handle: 'maxgross', gender: 'MALE', country: 'DE', topic: 'cars' },
    on: { youtube: 812_000, instagram: 226_000 },
  },
  {
    ...{
      name: 'Camille Lefèvre',
      handle: 'camillelefevre',
      gender: 'FEMALE',
      country: 'FR',
      topic: 'beauty',
    },
    on: { instagram: 1_120_000, tiktok: 2_040_000, youtube: 405_000 },
  },
  {
    ...{ name: 'Bea & Tom Hartley', handle: 'thehartleys', gender: null, country: 'GB', topic: 'family' },
    on: { instagram: 98_400, youtube: 301_000, facebook: 44_000 },
  },
  {
    ...{ name: 'Jordan Ellery', handle: 'jordanellery', gender: 'OTHER', country: 'US', topic: 'tech' },
    on: { youtube: 13_800_000, x: 2_910_000, instagram: 3_340_000 },
  },
  {
    ...{ name: 'Priya Raghunathan', handle: 'priya.eats', gender: 'FEMALE', country: 'IN', topic: 'food' },
    on: { instagram: 1_690_000, youtube: 2_250_000, facebook: 890_000 },
  },
  {
    ...{
      name: 'Mateus Gonçalves',
      handle: 'mateusgoncalves',
      gender: 'MALE',
      country: 'BR',
      topic: 'fitness',
    },
    on: { instagram: 547_000, tiktok: 1_340_000 },
  },
  {
    ...{ name: 'Anaïs Müller-Beaumont', handle: 'anaismb', gender: 'FEMALE', country: 'CH', topic: 'travel' },
    on: { instagram: 34_200, linkedin: 2_150 },
  },
  {
    ...{ name: 'Emre Yıldız', handle: 'emreyildiz', gender: 'MALE', country: 'TR', topic: 'tech' },
    on: { youtube: 468_000, tiktok: 129_000, x: 73_600 },
  },
  {
    ...{ name: 'Chloe Nakamura-Smith', handle: 'chloens', gender: 'FEMALE', country: 'AU', topic: 'travel' },
    on: { instagram: 421_000, tiktok: 356_000 },
  },
  {
    ...{ name: 'Dmytro Kovalenko', handle: 'dmytrocooks', gender: 'MALE', country: 'UA', topic: 'food' },
    on: { youtube: 84_900, instagram: 29_500 },
  },
  {
    ...{ name: 'Thandiwe Mokoena', handle: 'thandi.m', gender: 'FEMALE', country: 'ZA', topic: 'beauty' },
    on: { instagram: 186_000, tiktok: 274_000 },
  },
  {
    ...{
      name: 'Isabella Fiorentino',
      handle: 'isafiorentino',
      gender: 'FEMALE',
      country: 'IT',
      topic: 'home',
    },
    on: { instagram: 612_000, facebook: 204_000 },
  },
  {
    ...{ name: 'Kwame Asante', handle: 'kwamedrives', gender: 'MALE', country: 'GH', topic: 'cars' },
    on: { youtube: 57_600, x: 22_900, instagram: 41_000 },
  },
  {
    ...{ name: 'Björk Einarsdóttir', handle: 'bjorke', gender: 'FEMALE', country: 'IS', topic: 'travel' },
    on: { instagram: 9_430, youtube: 3_880 },
  },
  {
    ...{ name: 'Nguyễn Minh Anh', handle: 'minhanh.fit', gender: 'FEMALE', country: 'VN', topic: 'fitness' },
    on: { tiktok: 668_000, facebook: 410_000 },
  },
  {
    ...{ name: 'Ruby Castellano', handle: 'rubycast', gender: 'FEMALE', country: 'US', topic: 'gaming' },
    on: { twitch: 1_270_000, youtube: 940_000, tiktok: 515_000, x: 386_000 },
  },
  {
    ...{ name: 'Sofía Echeverría', handle: 'sofiaeche', gender: 'FEMALE', country: 'ES', topic: 'family' },
    on: { instagram: 327_000, youtube: 112_000 },
  },
  {
    ...{ name: 'Kim Do-yun', handle: 'doyun.kr', gender: 'MALE', country: 'KR', topic: 'beauty' },
    on: { instagram: 703_000, youtube: 559_000, tiktok: 487_000 },
  },
  {
    ...{ name: 'Harvey Quill', handle: 'harveyquill', gender: 'MALE', country: 'GB', topic: 'home' },
    on: { instagram: 1_940, tiktok: 812 },
  },
  {
    ...{ name: 'Ines Duarte', handle: 'ines.duarte', gender: 'FEMALE', country: 'PT', topic: 'food' },
    on: { instagram: 83, tiktok: 212 },
  },
  {
    ...{ name: 'Aroha Ngata', handle: 'arohangata', gender: 'FEMALE', country: 'NZ', topic: 'fitness' },
    on: { instagram: 47_700, linkedin: 6_020 },
  },
];
