import type { WebhookEvent, WebhookSource, WebhookState } from '../../../server/domain/webhooks/schema.ts';
import type { Tone } from '../../ui/badge.tsx';

export const sourceLabels: Readonly<Record<WebhookSource, string>> = {
  PHYLLO: 'Phyllo',
  META: 'Meta',
  GOOGLE: 'Google',
};

export const stateLabels: Readonly<Record<WebhookState, string>> = {
  RECEIVED: 'Waiting',
  HANDLED: 'Done',
  IGNORED: 'Nothing to do',
  FAILED: 'Will be tried again',
  DEAD: 'Failed',
};

export const stateTones: Readonly<Record<WebhookState, Tone>> = {
  RECEIVED: 'info',
  HANDLED: 'success',
  IGNORED: 'neutral',
  FAILED: 'warning',
  DEAD: 'danger',
};

const names: Readonly<Record<string, string>> = {
  leadgen: 'Lead',
  lead: 'Lead',
  'lead (test)': 'Test lead',
  'ACCOUNTS.CONNECTED': 'Account connected',
  'ACCOUNTS.DISCONNECTED': 'Account disconnected',
  'ACCOUNTS.REMOVED': 'Account removed',
  'PROFILES.ADDED': 'Profile added',
  'PROFILES.UPDATED': 'Profile changed',
  'PROFILES_AUDIENCE.ADDED': 'Audience added',
  'PROFILES_AUDIENCE.UPDATED': 'Audience changed',
  'CONTENTS.ADDED': 'Content added',
  'CONTENTS.UPDATED': 'Content changed',
  'CONTENT-GROUPS.ADDED': 'Content group added',
  'CONTENT-GROUPS.UPDATED': 'Content group changed',
  'SESSION.EXPIRED': 'Session expired',
};

/** What an event is, in words where we have them, else as its sender calls it. */
export function eventName({ name }: Pick<WebhookEvent, 'name'>): string {
  return names[name] ?? name;
}
