export const stageLabels = {
  LEAD: 'Lead',
  QUALIFIED: 'Qualified',
  PROPOSAL: 'Proposal',
  NEGOTIATION: 'Negotiation',
  CLOSED: 'Closed',
} as const;

/** The board's columns, from left to right. */
export const stageOrder = ['LEAD', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION', 'CLOSED'] as const;

export const dealStatusLabels = { OPEN: 'Open', WON: 'Won', LOST: 'Lost' } as const;

export const dealStatusTones = { OPEN: 'neutral', WON: 'success', LOST: 'danger' } as const;

export const recurringLabels = {
  ONE_TIME: 'Once',
  MONTHLY: 'Every month',
  QUARTERLY: 'Every quarter',
  ANNUAL: 'Every year',
} as const;

/** Behind the amount of a deal that repeats: the amount is one period's. */
export const perPeriod = {
  ONE_TIME: '',
  MONTHLY: ' / month',
  QUARTERLY: ' / quarter',
  ANNUAL: ' / year',
} as const;
