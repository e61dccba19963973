import type { KeyedLeadForm } from '../../../server/domain/lead-forms/schema.ts';
import { Callout } from '../../ui/callout.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Input } from '../../ui/input.tsx';

/** The key that was just made, with the address to enter beside it: shown this once. */
export function MadeKey({ form }: { form: KeyedLeadForm }) {
  return (
    <Callout tone="success" title={`The key of ${form.name} is made`} isAnswer>
      <p>
        Copy it now: it is not shown again. In Google Ads open the lead form’s webhook settings, enter both,
        and send test data: it appears under Webhooks.
      </p>
      <div className="mt-2 grid gap-2">
        <Copied label="Webhook URL" value={form.address} />
        <Copied label="Key" value={form.key} />
      </div>
    </Callout>
  );
}

function Copied({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Input
        className="min-w-0 flex-1 basis-60 font-mono text-sm"
        aria-label={label}
        readOnly
        value={value}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={value} label={`Copy the ${label}`} />
    </div>
  );
}
