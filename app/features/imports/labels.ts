export const importKindLabels = { companies: 'Companies', contacts: 'Contacts', deals: 'Deals' } as const;

export const importStatusLabels = {
  CHECKING: 'Checking',
  CHECKED: 'Ready to import',
  RUNNING: 'Importing',
  STOPPED: 'Stopped',
  DONE: 'Done',
  FAILED: 'Failed',
} as const;

export const importStatusTones = {
  CHECKING: 'info',
  CHECKED: 'accent',
  RUNNING: 'info',
  STOPPED: 'warning',
  DONE: 'success',
  FAILED: 'danger',
} as const;

export const dateOrderLabels = {
  'Y-M-D': 'Year, month, day: 2026-01-31',
  'D/M/Y': 'Day, month, year: 31/01/2026',
  'M/D/Y': 'Month, day, year: 1/31/2026',
} as const;

export const decimalLabels = { '.': 'A point: 1234.50', ',': 'A comma: 1234,50' } as const;

export const delimiterLabels = { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Bar' } as const;
