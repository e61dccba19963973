import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import { platformLabels } from './labels.ts';

/** A letter in the platform's place; its name stands beside it in words. */
export function PlatformMark({ platform }: { platform: AdAccount['platform'] }) {
  return (
    <span className="platform-mark" data-platform={platform} aria-hidden="true">
      {platformLabels[platform].charAt(0)}
    </span>
  );
}
