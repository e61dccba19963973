import type { Tone } from '../../ui/badge.tsx';

export const priorityLabels = { LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High', URGENT: 'Urgent' } as const;

export const priorityTones = {
  LOW: 'neutral',
  MEDIUM: 'neutral',
  HIGH: 'warning',
  URGENT: 'danger',
} as const satisfies Record<keyof typeof priorityLabels, Tone>;

export const recurrenceLabels = {
  DAILY: 'Every day',
  WEEKDAYS: 'Every weekday',
  WEEKLY: 'Every week',
  MONTHLY: 'Every month',
  QUARTERLY: 'Every three months',
  YEARLY: 'Every year',
} as const;

export const sharingLabels = { false: 'The agency’s people', true: 'The client as well' } as const;

/** A table of labels as the choices of a list. */
export function optionsOf(labels: Readonly<Record<string, string>>) {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}
