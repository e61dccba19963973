import { platformLabels } from '../../../server/domain/creators/fields.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { type Network, NetworkMark } from './network-mark.tsx';

/** The form's name of an account: a handle, or the link to a profile. */
export function handleField(platform: Network): string {
  return `handle.${platform}`;
}

export const networks = Object.keys(platformLabels) as Network[];

/** The accounts that a form names, in the networks' order. */
export function readHandles(form: FormData): { platform: Network; handle: string }[] {
  return networks.flatMap((platform) => {
    const value = form.get(handleField(platform));
    return typeof value === 'string' && value.trim() !== '' ? [{ platform, handle: value.trim() }] : [];
  });
}

export interface HandleFieldsProps {
  /** The networks that are asked for; all unless said. */
  only?: readonly Network[];
  failure: FormFailure | undefined;
}

/** Accounts at the networks, each by its handle or by its profile's link as it is copied from a browser. */
export function HandleFields({ only = networks, failure }: HandleFieldsProps) {
  return (
    <Panel title="Accounts" description="A handle, or the link to the profile as you copied it.">
      <div className="grid gap-4 sm:grid-cols-2">
        {only.map((platform) => {
          const name = handleField(platform);
          return (
            <Field
              key={platform}
              name={name}
              label={platformLabels[platform]}
              hidesOptional
              error={failure?.fields[name]}
            >
              {(control) => (
                <div className="handle-field">
                  <NetworkMark platform={platform} />
                  <Input
                    {...control}
                    autoComplete="off"
                    autoCapitalize="none"
                    spellCheck={false}
                    placeholder="@handle or link"
                    defaultValue={failure?.values[name] ?? ''}
                  />
                </div>
              )}
            </Field>
          );
        })}
      </div>
    </Panel>
  );
}
