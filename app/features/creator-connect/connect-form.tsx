import { useState } from 'react';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { ConnectOutcome } from './connect-outcome.tsx';
import { useConnect } from './use-connect.ts';
import { useOwnDocument } from './use-own-document.ts';

type Network = keyof typeof platformLabels;

export interface ConnectFormProps {
  /** Where sessions are asked for and accounts confirmed. */
  action: string;
  /** Which networks may be chosen here; with none or one the window itself asks. */
  platforms: readonly Network[];
  /** The one that is asked for; null lets the creator choose. */
  platform: Network | null;
}

/** Chooses a network and opens the connect window. It needs a script, and says so where there is none. */
export function ConnectForm({ action, platforms, platform }: ConnectFormProps) {
  const hasScript = useHasScript();
  const [chosen, setChosen] = useState<Network | null>(platform);
  const { state, start } = useConnect(action);
  useOwnDocument();
  const isBusy = state.step === 'asking' || state.step === 'confirming';
  return (
    <div className="grid max-w-80 gap-4">
      <NoScript />
      {platform === null && platforms.length > 1 && (
        <Field name="platform" id="connect-platform" label="Network" hidesOptional>
          {(control) => (
            <Select
              {...control}
              options={platforms.map((value) => ({ value, label: platformLabels[value] }))}
              emptyLabel="Choose in the next step"
              value={chosen ?? ''}
              onChange={({ target }) => setChosen(platforms.find((one) => one === target.value) ?? null)}
            />
          )}
        </Field>
      )}
      <Button
        variant="primary"
        className="needs-script"
        disabled={!hasScript}
        isPending={isBusy}
        onClick={() => start(chosen)}
      >
        {chosen === null ? 'Connect an account' : `Connect ${platformLabels[chosen]}`}
      </Button>
      <ConnectOutcome state={state} />
    </div>
  );
}

function NoScript() {
  return (
    <div className="needs-no-script">
      <Callout tone="warning" title="Connecting needs JavaScript">
        The network’s sign-in opens in a window of its own, which this browser does not allow without it. Turn
        JavaScript on for this page, or open it in another browser.
      </Callout>
    </div>
  );
}
