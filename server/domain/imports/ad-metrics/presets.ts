import type { AdPlatformId } from '../../../integrations/ad-platform.ts';
import type { AdField } from './fields.ts';
import { managerPresets } from './presets-managers.ts';
import { warehousePresets } from './presets-warehouses.ts';

/** How the exports of one ad manager, or one warehouse table, name their columns. */
export interface AdPreset {
  id: string;
  name: string;
  platform: AdPlatformId;
  /**
   * The names of each field's column, the preferred first; case, spaces and a currency in brackets at the end do not
   * count. `{days}` stands for a number of days.
   */
  columns: Readonly<Partial<Record<AdField, readonly string[]>>>;
  /** Names that this platform alone uses: they decide between presets whose columns fit alike. */
  signs: readonly string[];
  /** `micros`: whole millionths of the currency. */
  money: 'major' | 'micros';
  /** Whether a row with any of its names blank is a sum of others, rather than one with its name blank alone. */
  isBlankNameTotal: boolean;
  /** Whether rows that name no campaign come in by the name of what lies below it. */
  takesLowerLevel: boolean;
  /** How to export by day, in the platform's own words. */
  howToExport: string;
  /** Where the names come from. */
  source: string;
}

/** Every preset, the ad managers' own before the warehouses'. */
export const adPresets: readonly AdPreset[] = [...managerPresets, ...warehousePresets];
