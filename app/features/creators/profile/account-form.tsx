import { Form } from '@remix-run/react';
import { platformLabels } from '../../../../server/domain/creators/fields.ts';
import type { FormFailure } from '../../../bridge/forms.server.ts';
import { paths } from '../../../lib/paths.ts';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { Field } from '../../../ui/field.tsx';
import { FormErrorSummary } from '../../../ui/form-error-summary.tsx';
import { Input, Select } from '../../../ui/input.tsx';
import { Panel } from '../../../ui/panel.tsx';

export interface AccountFormProps {
  creatorId: string;
  /** Null for a new account. */
  account: { version: number; platform: keyof typeof platformLabels; isConnected: boolean } | null;
  values: Readonly<Record<string, string>>;
  failure?: FormFailure | undefined;
  /** The newest day that figures can be of. */
  today: string;
}

const figures = [
  ['followers', 'Followers'],
  ['following', 'Following'],
  ['posts', 'Posts'],
  ['likes', 'Likes of all posts'],
  ['meanViews', 'Mean views'],
  ['meanLikes', 'Mean likes'],
  ['meanComments', 'Mean comments'],
] as const;

export const accountLabels: Readonly<Record<string, string>> = {
  platform: 'Network',
  handle: 'Handle or profile link',
  isVerified: 'Verified',
  figuresAt: 'True on',
  statedEngagementRate: 'Stated engagement rate',
  statedEngagementBasis: 'What the rate is by',
  ...Object.fromEntries(figures),
};

const bases = [
  { value: 'FOLLOWERS', label: 'Followers' },
  { value: 'REACH', label: 'Reach' },
  { value: 'VIEWS', label: 'Views' },
  { value: 'UNSTATED', label: 'It was not said' },
];

/** Writes an account by hand: whose it is, and figures with the day on which they were true. */
export function AccountForm({ creatorId, account, values: known, failure, today }: AccountFormProps) {
  const values = { ...known, ...failure?.values };
  const errors = failure?.fields ?? {};
  const isRead = account?.isConnected ?? false;
  return (
    <Form method="post" className="grid max-w-160 gap-4">
      <FormErrorSummary formError={failure?.message} fieldErrors={errors} labels={accountLabels} />
      {account && <input type="hidden" name="expectedVersion" value={account.version} />}
      {isRead ? (
        <Callout tone="info" title="Phyllo reads this account">
          Its handle, mark and figures are the network’s own. Disconnect it to write them by hand.
        </Callout>
      ) : (
        <>
          <WhoseFields isNew={account === null} values={values} errors={errors} />
          <FigureFields values={values} errors={errors} today={today} />
        </>
      )}
      <RateFields values={values} errors={errors} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary">
          {account ? 'Save' : 'Add the account'}
        </Button>
        <LinkButton href={paths.creatorPlatforms(creatorId)} data-reload="">
          Cancel
        </LinkButton>
      </div>
    </Form>
  );
}

interface FieldsProps {
  values: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
}

function WhoseFields({ isNew, values, errors }: FieldsProps & { isNew: boolean }) {
  return (
    <Panel title="The account">
      <div className="grid gap-4">
        {isNew && (
          <Field name="platform" label="Network" error={errors.platform} required>
            {(control) => (
              <Select
                {...control}
                options={Object.entries(platformLabels).map(([value, label]) => ({ value, label }))}
                emptyLabel="Choose a network"
                defaultValue={values.platform ?? ''}
              />
            )}
          </Field>
        )}
        <Field
          name="handle"
          label="Handle or profile link"
          hint="With or without @, or the address of the profile as you copied it."
          error={errors.handle}
          required
        >
          {(control) => (
            <Input
              {...control}
              maxLength={2000}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              defaultValue={values.handle ?? ''}
            />
          )}
        </Field>
        <Field name="isVerified" label="Verified" error={errors.isVerified}>
          {(control) => (
            <Select
              {...control}
              options={[
                { value: 'true', label: 'The network shows its mark' },
                { value: 'false', label: 'It shows none' },
              ]}
              emptyLabel="Not known"
              defaultValue={values.isVerified ?? ''}
            />
          )}
        </Field>
      </div>
    </Panel>
  );
}

function FigureFields({ values, errors, today }: FieldsProps & { today: string }) {
  return (
    <Panel
      title="Figures"
      description="As you read them at the network. An empty field is not known: that is no zero."
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {figures.map(([name, label]) => (
          <Field key={name} name={name} label={label} error={errors[name]} hidesOptional>
            {(control) => <Input {...control} numeric autoComplete="off" defaultValue={values[name] ?? ''} />}
          </Field>
        ))}
        <Field name="figuresOn" label="True on" error={errors.figuresAt} hidesOptional>
          {(control) => (
            <Input {...control} type="date" max={today} defaultValue={values.figuresOn ?? today} />
          )}
        </Field>
      </div>
    </Panel>
  );
}

function RateFields({ values, errors }: FieldsProps) {
  return (
    <Panel
      title="An engagement rate that somebody stated"
      description="Kept as stated, beside what it divides by. Where likes, comments and followers are known, the rate is computed from those instead."
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name="statedEngagementRate"
          label="Rate in percent"
          error={errors.statedEngagementRate}
          hidesOptional
        >
          {(control) => (
            <Input {...control} numeric autoComplete="off" defaultValue={values.statedEngagementRate ?? ''} />
          )}
        </Field>
        <Field
          name="statedEngagementBasis"
          label="What it is by"
          error={errors.statedEngagementBasis}
          hidesOptional
        >
          {(control) => (
            <Select
              {...control}
              options={bases}
              emptyLabel="Choose"
              defaultValue={values.statedEngagementBasis ?? ''}
            />
          )}
        </Field>
      </div>
    </Panel>
  );
}
