import { Form, useNavigation } from '@remix-run/react';
import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { withChosen } from './chosen.ts';

/** The fields of the form, by their names here and in the procedure. */
export const settingsFields = ['name', 'brandId', 'ownerId', 'dailyLimit', 'monthlyLimit'] as const;

const labels = {
  name: 'Name',
  brandId: 'Brand',
  ownerId: 'Owner',
  dailyLimit: 'Daily limit',
  monthlyLimit: 'Monthly limit',
};

export interface AccountSettingsProps {
  account: AdAccount;
  brands: readonly { id: string; name: string }[];
  members: readonly { id: string; name: string }[];
  failure: FormFailure | undefined;
}

/** What the agency itself says of an account. A manager has a brand and an owner alone. */
export function AccountSettings({ account, brands, members, failure }: AccountSettingsProps) {
  const isPending = useNavigation().formData?.get('intent') === 'settings';
  const typed = (name: keyof typeof labels, saved: string | null | undefined) =>
    failure ? (failure.values[name] ?? '') : (saved ?? '');
  const error = (name: keyof typeof labels) => failure?.fields[name];
  const choices = (items: readonly { id: string; name: string }[]) =>
    items.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Form method="post" preventScrollReset className="grid gap-4" key={account.version}>
      <FormErrorSummary formError={failure?.message} fieldErrors={failure?.fields} labels={labels} />
      <input type="hidden" name="expectedVersion" value={account.version} />
      {!account.isManager && (
        <Field
          name="name"
          label="Name"
          required
          hint="Named by its platform, until somebody names it here."
          error={error('name')}
        >
          {(control) => <Input {...control} autoComplete="off" defaultValue={typed('name', account.name)} />}
        </Field>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name="brandId"
          label="Brand"
          hidesOptional
          hint="Its people see the account."
          error={error('brandId')}
        >
          {(control) => (
            <Select
              {...control}
              emptyLabel="No brand: the agency alone"
              options={choices(withChosen(brands, account.brandId, 'Another brand'))}
              defaultValue={typed('brandId', account.brandId)}
            />
          )}
        </Field>
        <Field
          name="ownerId"
          label="Owner"
          hidesOptional
          hint="Who looks after it here."
          error={error('ownerId')}
        >
          {(control) => (
            <Select
              {...control}
              emptyLabel="Nobody"
              options={choices(withChosen(members, account.ownerId, 'Somebody who left'))}
              defaultValue={typed('ownerId', account.ownerId)}
            />
          )}
        </Field>
        {!account.isManager &&
          (['dailyLimit', 'monthlyLimit'] as const).map((name) => (
            <Field
              key={name}
              name={name}
              label={`${labels[name]}, ${account.currency}`}
              hidesOptional
              error={error(name)}
            >
              {(control) => (
                <Input
                  {...control}
                  numeric
                  autoComplete="off"
                  defaultValue={typed(name, account[name]?.amount)}
                />
              )}
            </Field>
          ))}
      </div>
      <div>
        <Button type="submit" name="intent" value="settings" variant="primary" isPending={isPending}>
          Save
        </Button>
      </div>
    </Form>
  );
}
