import { Callout } from '../../ui/callout.tsx';
import type { ConnectedAccount, ConnectState } from './connect-state.ts';

/** What became of connecting, read out as it changes. */
export function ConnectOutcome({ state }: { state: ConnectState }) {
  const { step, connected, message } = state;
  return (
    <div className="grid gap-2" aria-live="polite">
      {step === 'asking' && <p className="text-muted">Opening the connect window…</p>}
      {step === 'open' && connected.length === 0 && (
        <p className="text-muted">Go on in the connect window.</p>
      )}
      {step === 'confirming' && <p className="text-muted">Confirming with the service…</p>}
      {connected.length > 0 && <Connected accounts={connected} />}
      {step === 'cancelled' && (
        <Callout tone="info" title="Nothing was connected">
          The connect window was closed before an account was chosen.
        </Callout>
      )}
      {step === 'disconnected' && (
        <Callout tone="info" title="Disconnected">
          The access was withdrawn in the connect window. It shows here as soon as the service tells of it.
        </Callout>
      )}
      {step === 'failed' && (
        <Callout tone="danger" title="That didn’t work" isAnswer>
          {message}
        </Callout>
      )}
    </div>
  );
}

function Connected({ accounts }: { accounts: readonly ConnectedAccount[] }) {
  const names = accounts.map(({ platformName, handle }) => `${platformName} @${handle}`).join(', ');
  return (
    <Callout tone="success" title={`Connected: ${names}`}>
      The first figures are on their way.
    </Callout>
  );
}
