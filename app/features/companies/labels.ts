export const companyTypeLabels = {
  PROSPECT: 'Prospect',
  CLIENT: 'Client',
  PARTNER: 'Partner',
  VENDOR: 'Vendor',
  COMPETITOR: 'Competitor',
} as const;

/** The sizes with the people that they stand for. */
export const companySizeLabels = {
  SOLO: '1 person',
  SMALL: '2–10 people',
  MEDIUM: '11–50 people',
  LARGE: '51–200 people',
  ENTERPRISE: 'Over 200 people',
} as const;
