export const contactTypeLabels = {
  LEAD: 'Lead',
  PROSPECT: 'Prospect',
  CLIENT: 'Client',
  PARTNER: 'Partner',
  CREATOR: 'Creator',
  VENDOR: 'Vendor',
  OTHER: 'Other',
} as const;

export const contactStatusLabels = {
  ACTIVE: 'Active',
  INACTIVE: 'Inactive',
  CHURNED: 'Churned',
  DO_NOT_CONTACT: 'Do not contact',
} as const;

export const contactStatusTones = {
  ACTIVE: 'success',
  INACTIVE: 'neutral',
  CHURNED: 'warning',
  DO_NOT_CONTACT: 'danger',
} as const;
