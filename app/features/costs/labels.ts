import type {
  CostFigure,
  CostKind,
  MarginKind,
  MarginScope,
  ValueSource,
} from '../../../server/domain/costs/schema.ts';

export const costKindLabels = {
  MEDIA: 'Media',
  BOOST: 'Boosts of creators’ posts',
  CREATOR: 'Creators’ fees, earned',
  OTHER: 'Other costs',
  COST: 'Cost',
  MARGIN: 'Agency’s margin',
  CLIENT_COST: 'What the client pays',
} as const satisfies Record<CostKind, string>;

/** The figure that explains a line. */
export const costFigureOf = {
  MEDIA: 'media',
  BOOST: 'boosts',
  CREATOR: 'creators',
  OTHER: 'other',
  COST: 'cost',
  MARGIN: 'margin',
  CLIENT_COST: 'clientCost',
} as const satisfies Record<CostKind, CostFigure>;

export const marginKindLabels = {
  MARKUP: 'Markup on the cost',
  SHARE: 'Share of what the client pays',
  FIXED: 'Fixed amount a month',
} as const satisfies Record<MarginKind, string>;

export const marginScopeLabels = {
  CAMPAIGN: 'This campaign',
  BRAND: 'The brand',
  AGENCY: 'The agency',
} as const satisfies Record<MarginScope, string>;

export const valueSourceLabels = {
  PLATFORMS: 'What the platforms claim',
  RESULTS: 'The agency’s own count',
} as const satisfies Record<ValueSource, string>;
