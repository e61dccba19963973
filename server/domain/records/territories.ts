import { z } from 'zod';
import { text } from './schema.ts';

/** ISO 3166-1 alpha-2, officially assigned. Source: iso.org/obp. */
const countries = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
    'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR ' +
    'GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP ' +
    'KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT ' +
    'MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW ' +
    'SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ ' +
    'UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
  ).split(' '),
);

/**
 * Groups that contracts name, as their members stand today: GCC by its Secretariat General (gcc-sg.org), EU by
 * europa.eu, MENA by the World Bank's region "Middle East and North Africa" of its fiscal year 2025. What "MENA" holds
 * differs by who says it; the countries are kept, so that whoever reads a contract sees which were meant.
 */
export const territoryGroups = {
  GCC: ['AE', 'BH', 'KW', 'OM', 'QA', 'SA'],
  MENA: [
    ...['AE', 'BH', 'DJ', 'DZ', 'EG', 'IL', 'IQ', 'IR', 'JO', 'KW', 'LB', 'LY', 'MA', 'MT', 'OM', 'PS', 'QA'],
    ...['SA', 'SY', 'TN', 'YE'],
  ],
  EU: [
    ...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT'],
    ...['LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
  ],
} as const satisfies Record<string, readonly string[]>;

function isGroup(code: string): code is keyof typeof territoryGroups {
  return Object.hasOwn(territoryGroups, code);
}

/** The countries that codes and groups stand for, each once and in order. */
export function expandTerritories(codes: readonly string[]): string[] {
  return [...new Set(codes.flatMap((code) => (isGroup(code) ? territoryGroups[code] : [code])))].sort();
}

const territory = text(4)
  .trim()
  .toUpperCase()
  .refine(
    (code) => countries.has(code) || isGroup(code),
    'Write a country as its two letters, for example AE, or GCC, MENA or EU.',
  );

/** Countries by their two letters; a group becomes its countries. An empty list means everywhere. */
export const territories = z
  .array(territory)
  .max(300)
  .overwrite((codes) => expandTerritories(codes));
