import type { DemoAgency } from './agency.ts';
import { rivalCreators } from './demo-creators.ts';

/** The agency that must not be seen, with data of its own. */
export const rivalAgency: DemoAgency = {
  name: 'Rival Reach',
  slug: 'rival',
  reportingCurrency: 'USD',
  timeZone: 'Europe/London',
  people: [{ email: 'owner@rival.test', name: 'Rhys Calloway', role: 'OWNER' }],
  creators: rivalCreators,
  brands: [
    {
      name: 'Sahraline Motors',
      slug: 'sahraline-motors',
      code: 'SAMO',
      industry: 'automotive',
      city: 'Jeddah',
      country: 'Saudi Arabia',
      contacts: [
        { firstName: 'Yusuf', lastName: 'Barakat', title: 'Marketing Director' },
        { firstName: 'Irene', lastName: 'Papadaki', title: 'Digital Lead' },
      ],
      deals: [
        {
          name: 'Showroom traffic',
          stage: 'CLOSED',
          amount: '95000',
          currency: 'USD',
          opensInDays: -130,
          closesInDays: -90,
        },
        {
          name: 'Electric line',
          stage: 'PROPOSAL',
          amount: '240000',
          currency: 'USD',
          opensInDays: -20,
          closesInDays: 35,
        },
      ],
    },
    {
      name: "O'Mallory Toys",
      slug: 'omallory-toys',
      code: 'OMTO',
      industry: 'retail',
      city: 'Budapest',
      country: 'Hungary',
      contacts: [{ firstName: 'Zsófia', lastName: 'Kertész', title: 'Country Manager' }],
      deals: [
        {
          name: 'Holiday season',
          stage: 'NEGOTIATION',
          amount: '58000',
          currency: 'USD',
          opensInDays: -26,
          closesInDays: 14,
        },
      ],
    },
  ],
  grantedBy: 'Rami Khoury',
  campaigns: [
    {
      name: 'Sahraline showroom traffic',
      brand: 'sahraline-motors',
      objective: 'TRAFFIC',
      status: 'ACTIVE',
      budget: '300000',
      currency: 'SAR',
      startsInDays: -82,
      endsInDays: 40,
      deal: 'Showroom traffic',
      takes: 2,
    },
  ],
};
