import { type Topic } from './creators.ts';
import { type Post, type Sponsor } from './posts.ts';
import { mix, pick } from './random.ts';

type Words = readonly [string, ...string[]];

const OPENINGS: Record<Topic, Words> = {
  beauty: [
    'Three minutes, five products, no filter',
    'My skin in August, honestly',
    'A lip that survives lunch ✨',
  ],
  food: ['Lentils, but make them a feast', 'The bread nobody believes I made', 'One pan, ten minutes 🍋'],
  fitness: ['Day 40: still slow, still here', 'Squats for knees like mine', 'What I eat before a 10K 🏃'],
  travel: ['The road behind the postcard', '48 hours, one backpack', 'Nobody told me about this beach 🌊'],
  tech: ['I used it for a month. The truth', 'Ten settings to change today', 'Is the cheap one enough?'],
  gaming: ['We lost this three times', 'Ranked with my little brother 🎮', 'The bug that won the match'],
  family: ['School mornings, take two', 'What they asked me at dinner', 'Packing for four in one bag 🧳'],
  cars: ['0 to 100 in a family car', 'What the dealer does not say', 'Sand, heat and a gearbox'],
  home: ['A shelf from an old door', 'The paint I regret', 'Small room, big light 🪴'],
};

const ARABIC: Record<Topic, Words> = {
  beauty: ['روتيني في خمس دقائق', 'أصدق تجربة هذا الشهر ✨'],
  food: ['أكلة جدتي على طريقتي', 'وصفة سريعة لعشر ضيوف 🍋'],
  fitness: ['تمرين اليوم بدون أجهزة', 'كيف بدأت من الصفر 🏃'],
  travel: ['مكان لا يعرفه أحد', 'يومان وحقيبة واحدة 🌊'],
  tech: ['جربته شهراً كاملاً', 'عشر إعدادات غيّرها اليوم'],
  gaming: ['خسرنا ثلاث مرات ثم…', 'تحدي الأسبوع 🎮'],
  family: ['صباحنا قبل المدرسة', 'أسئلة الصغار على العشاء 🧳'],
  cars: ['تجربة على الرمال', 'ما لا يقوله المعرض'],
  home: ['غرفة صغيرة وضوء كبير', 'قبل وبعد 🪴'],
};

const ARABIC_TAGS: Record<Topic, Words> = {
  beauty: ['#جمال', '#مكياج'],
  food: ['#وصفات', '#طبخ'],
  fitness: ['#رياضة', '#لياقة'],
  travel: ['#سفر', '#عمان'],
  tech: ['#تقنية', '#مراجعة'],
  gaming: ['#ألعاب', '#قيمز'],
  family: ['#عائلة', '#أمومة'],
  cars: ['#سيارات', '#تجربة_قيادة'],
  home: ['#ديكور', '#بيتي'],
};

/** A brand's name as a hashtag writes it: letters alone, without accents. */
export function tagOf(brand: string): string {
  return brand
    .normalize('NFD')
    .replace(/[^\p{L}\s]/gu, '')
    .split(/\s+/u)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** A brand's own handle and where its links lead. */
export const handleOfBrand = (brand: string): string => `@${tagOf(brand).toLowerCase()}`;
export const siteOfBrand = (brand: string): string => `https://${tagOf(brand).toLowerCase()}.example`;

const isArabic = ({ account }: Post): boolean => /\p{Script=Arabic}/u.test(account.creator.name);

/** Whether the network itself says that the post is paid for. */
export const hasLabel = ({ sponsor }: Post): boolean =>
  sponsor !== null && ['label', 'both'].includes(sponsor.disclosure);

function saysTag({ disclosure }: Sponsor, isEdited: boolean): boolean {
  return ['tag', 'both'].includes(disclosure) || (disclosure === 'late' && isEdited);
}

/** What a paid post adds: whom it is for, by hashtag, mention or link, and that it is paid where it says so. */
function paidWords(post: Post, sponsor: Sponsor, isEdited: boolean): string[] {
  const { brand } = sponsor;
  const source = new URLSearchParams({ utm_source: post.account.network, utm_campaign: tagOf(brand) });
  const ways = [`#${tagOf(brand)}`, handleOfBrand(brand), `${siteOfBrand(brand)}/?${source.toString()}`];
  const way = mix(post.salt, 41, 0) % 4;
  const named = way === 3 ? ways.slice(0, 2) : ways.slice(way, way + 1);
  const disclosed = isArabic(post) ? '#إعلان' : pick(['#ad', '#sponsored'], mix(post.salt, 41, 1));
  return saysTag(sponsor, isEdited) ? [...named, disclosed] : named;
}

function tagsOf(post: Post): string[] {
  const { topic } = post.account.creator;
  const draw = mix(post.salt, 42, 0);
  if (draw % 4 === 0) return [];
  const tags = isArabic(post) ? [pick(ARABIC_TAGS[topic], draw), `#${topic}`] : [`#${topic}`, `#${topic}tok`];
  return draw % 3 === 0 ? tags.slice(0, 1) : tags;
}

/** The text of a post as it stood at a moment; null where there is none: most stories. */
export function captionAt(post: Post, moment: Date): string | null {
  const { account, sponsor, kind, salt } = post;
  const isEdited = post.editedAt !== null && post.editedAt <= moment;
  const openings = isArabic(post) ? ARABIC : OPENINGS;
  if (kind === 'story' && !sponsor && salt % 3 !== 0) return null;
  const words = [
    pick(openings[account.creator.topic], mix(salt, 40, 0)),
    ...(isEdited && sponsor?.disclosure !== 'late' ? ['(edited)'] : []),
    ...tagsOf(post),
    ...(sponsor ? paidWords(post, sponsor, isEdited) : []),
  ];
  return words.join(' ');
}
