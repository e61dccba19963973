import type { Plans } from './plans.ts';

export const demoPlans: Plans = {
  margins: [
    { kind: 'MARKUP', percent: '12' },
    { brand: 'layanara-beauty', kind: 'SHARE', percent: '15' },
  ],
  shopCounted: ['layanara-beauty'],
  campaigns: [
    {
      campaign: 'Bluefinch UAE always-on',
      media: { META: 40, GOOGLE: 25, TIKTOK: 15 },
      creatorPercent: 15,
      otherPercent: 5,
      costs: [{ description: 'Edits of the spring films', amount: '7400', currency: 'AED', inDays: -40 }],
    },
    {
      campaign: 'Layanara GCC season',
      media: { META: 45, GOOGLE: 15, TIKTOK: 15 },
      creatorPercent: 20,
      otherPercent: 5,
      costs: [
        { description: 'Studio days in Riyadh', amount: '11800', currency: 'SAR', inDays: -62 },
        { description: 'Samples sent to creators', amount: '2650', currency: 'AED', inDays: -48 },
      ],
      shop: { origin: 'Online shop', orders: 34, basket: '218.50', currency: 'SAR' },
    },
    {
      campaign: 'Tidewarden US expansion',
      media: { META: 50, GOOGLE: 35 },
      creatorPercent: 10,
      otherPercent: 5,
    },
  ],
};
