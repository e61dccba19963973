import { platformLabels } from '../../../server/domain/creators/fields.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { handleField, networks } from './handle-fields.tsx';
import type { Network } from './network-mark.tsx';

/** An account that was not added to a creator. */
export interface RefusedAccount {
  platform: Network;
  /** As it was typed. */
  handle: string;
  /** Somebody has it already; else it is none. */
  isTaken: boolean;
}

const TAKEN = 'taken';

/** Where the accounts of a creator that were refused are written another way. */
export function mendHref(creatorId: string, refused: readonly RefusedAccount[]): string {
  const typed = refused.map(({ platform, handle }) => [handleField(platform), handle.slice(0, 500)] as const);
  const taken = refused.flatMap(({ platform, isTaken }) => (isTaken ? [platform] : [])).join(',');
  return withQuery(paths.newCreator(), { creatorId, ...Object.fromEntries(typed), [TAKEN]: taken });
}

/** Whether an address names accounts at all. */
export function asksToMend(url: URL): boolean {
  return networks.some((platform) => url.searchParams.has(handleField(platform)));
}

/** What such an address asks for, as the form shows it. Its words are ours: an address could say anything. */
export function readMendAddress(url: URL): FormFailure {
  const taken = (url.searchParams.get(TAKEN) ?? '').split(',');
  const asked = networks.filter((platform) => url.searchParams.has(handleField(platform)));
  return {
    ok: false,
    message: '',
    fields: Object.fromEntries(
      asked.map((platform) => [handleField(platform), whyNot(platform, taken.includes(platform))]),
    ),
    values: Object.fromEntries(
      asked.map((platform) => [
        handleField(platform),
        url.searchParams.get(handleField(platform))?.slice(0, 500) ?? '',
      ]),
    ),
  };
}

function whyNot(platform: Network, isTaken: boolean): string {
  if (isTaken) return `This ${platformLabels[platform]} account belongs to a creator already.`;
  return `This is no ${platformLabels[platform]} profile. Write its handle or its link.`;
}
