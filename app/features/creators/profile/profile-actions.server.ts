import { creatorStatuses } from '../../../../server/domain/creators/fields.ts';
import type { Api } from '../../../bridge/api.server.ts';
import { readForm } from '../../../bridge/forms.server.ts';
import { ALL_BRANDS } from './block-panel.tsx';

/** Runs one of the overview's forms. Errors: those of its procedure; a 400 Response for an intent that is none. */
export async function actOnProfile(caller: Api, creatorId: string, form: FormData): Promise<void> {
  const { intent, status, expectedVersion, creatorBlockId = '', brandId = '', reason = '' } = readForm(form);
  switch (intent) {
    case 'move': {
      const to = creatorStatuses.find((step) => step === status);
      if (!to) throw new Response('There is no such status', { status: 400 });
      const version = Number(expectedVersion) || undefined;
      await caller.creators.update({ creatorId, status: to, expectedVersion: version });
      return;
    }
    case 'block':
      await caller.creatorBlocks.create({
        creatorId,
        brandId: brandId === ALL_BRANDS ? null : brandId,
        reason,
      });
      return;
    case 'unblock':
      await caller.creatorBlocks.delete({ creatorBlockId });
      return;
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}
