import { MORE_CREATORS } from './creators-elsewhere.ts';
import { type Network } from './networks.ts';

export type Topic = 'beauty' | 'food' | 'fitness' | 'travel' | 'tech' | 'gaming' | 'family' | 'cars' | 'home';

/** An invented creator. They stay the same in every world; a seed draws their figures and their posts. */
export interface Creator {
  readonly key: string;
  /** As they write it themselves, and in Latin letters where that differs. */
  readonly name: string;
  readonly latin?: string;
  readonly handle: string;
  readonly gender: 'FEMALE' | 'MALE' | 'OTHER' | null;
  /** ISO 3166, two letters. */
  readonly country: string;
  readonly topic: Topic;
  /** About how many follow on each network at the beginning of 2026. */
  readonly on: Readonly<Partial<Record<Network, number>>>;
}

type Line = Omit<Creator, 'key'>;

const GULF: readonly Line[] = [
  {
    ...{ name: 'ليلى المنصوري', latin: 'Layla Al Mansoori', handle: 'layla.mansoori' },
    ...{ gender: 'FEMALE', country: 'AE', topic: 'beauty' },
    on: { instagram: 845_800, tiktok: 1_210_000, youtube: 96_400 },
  },
  {
    ...{ name: 'خالد الراشد', latin: 'Khalid Al Rashed', handle: 'khalidrashed' },
    ...{ gender: 'MALE', country: 'SA', topic: 'cars' },
    on: { instagram: 2_300_000, youtube: 1_480_000, x: 612_000 },
  },
  {
    ...{ name: 'نورة العتيبي', latin: 'Noura Alotaibi', handle: 'noura_kitchen' },
    ...{ gender: 'FEMALE', country: 'SA', topic: 'food' },
    on: { instagram: 431_000, tiktok: 388_000, facebook: 52_300 },
  },
  {
    ...{ name: 'فهد الكندري', latin: 'Fahad Alkandari', handle: 'fahad.builds' },
    ...{ gender: 'MALE', country: 'KW', topic: 'tech' },
    on: { youtube: 274_000, x: 88_100, linkedin: 9_870 },
  },
  {
    ...{ name: 'Mariam Bukhari', handle: 'mariambukhari' },
    ...{ gender: 'FEMALE', country: 'QA', topic: 'family' },
    on: { instagram: 167_000, tiktok: 203_000 },
  },
  {
    ...{ name: 'سلطان الهاجري', latin: 'Sultan Alhajri', handle: 'sultan.lifts' },
    ...{ gender: 'MALE', country: 'QA', topic: 'fitness' },
    on: { instagram: 92_700, youtube: 31_200 },
  },
  {
    ...{ name: 'Hessa Almulla', handle: 'hessa.home' },
    ...{ gender: 'FEMALE', country: 'AE', topic: 'home' },
    on: { instagram: 58_900, facebook: 12_400 },
  },
  {
    ...{ name: 'عمر الزدجالي', latin: 'Omar Al Zadjali', handle: 'omarwanders' },
    ...{ gender: 'MALE', country: 'OM', topic: 'travel' },
    on: { instagram: 318_000, youtube: 141_000, tiktok: 77_500 },
  },
  {
    ...{ name: 'Reem Fakhro', handle: 'reemfakhro' },
    ...{ gender: 'FEMALE', country: 'BH', topic: 'beauty' },
    on: { instagram: 24_600, tiktok: 61_800 },
  },
  {
    ...{ name: 'ياسمين حداد', latin: 'Yasmine Haddad', handle: 'yasminehaddad' },
    ...{ gender: 'FEMALE', country: 'LB', topic: 'food' },
    on: { instagram: 512_000, youtube: 233_000, facebook: 340_000 },
  },
  {
    ...{ name: 'Tarek El-Sayed', handle: 'tarekelsayed' },
    ...{ gender: 'MALE', country: 'EG', topic: 'gaming' },
    on: { youtube: 3_120_000, twitch: 418_000, tiktok: 1_730_000 },
  },
  {
    ...{ name: 'ندى شريف', latin: 'Nada Sherif', handle: 'nadasherif' },
    ...{ gender: 'FEMALE', country: 'EG', topic: 'family' },
    on: { instagram: 739_000, facebook: 1_050_000, tiktok: 402_000 },
  },
  {
    ...{ name: 'Zaid Nasser', handle: 'zaid.nasser' },
    ...{ gender: 'MALE', country: 'JO', topic: 'tech' },
    on: { youtube: 18_700, linkedin: 4_310, x: 6_240 },
  },
  {
    ...{ name: 'Salma Benjelloun', handle: 'salmabenj' },
    ...{ gender: 'FEMALE', country: 'MA', topic: 'travel' },
    on: { instagram: 205_000, tiktok: 98_200 },
  },
];

const key = ({ handle }: Line): string => handle.replace(/[^a-z0-9]/g, '');

export const CREATORS: readonly Creator[] = [...GULF, ...MORE_CREATORS].map((line) => ({
  key: key(line),
  ...line,
}));
