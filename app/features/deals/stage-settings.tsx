import { Form, useNavigation } from '@remix-run/react';
import type { DealStageSettings } from '../../../server/domain/deal-stages/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Checkbox, Input } from '../../ui/input.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { stageLabels } from './labels.ts';

/** A field of the agency's own that a stage may ask for. */
export interface AskableField {
  key: string;
  label: string;
}

export interface StageSettingsProps {
  settings: DealStageSettings;
  customFields: readonly AskableField[];
  canWrite: boolean;
  failure: FormFailure | undefined;
}

const ownFields = [
  ['amount', 'Amount'],
  ['companyId', 'Company'],
  ['contactId', 'Contact'],
  ['ownerId', 'Owner'],
  ['expectedCloseOn', 'Expected close'],
] as const;

/** What a stage may ask for; the reason of closing is the closed one's alone. */
function askableOf(
  stage: DealStageSettings['stage'],
  customFields: readonly AskableField[],
): (readonly [string, string])[] {
  return [
    ...ownFields,
    ...(stage === 'CLOSED' ? [['closeReason', 'Reason of closing'] as const] : []),
    ...customFields.map(({ key, label }) => [`customFields.${key}`, label] as const),
  ];
}

/** One stage: how likely its deals are won, when they have been in it too long, and what they need to enter it. */
export function StageSettings({ settings, customFields, canWrite, failure }: StageSettingsProps) {
  const { stage, probability, staleAfterDays, requiredFields } = settings;
  const askable = askableOf(stage, customFields);
  const asked = askable.filter(([field]) => requiredFields.includes(field)).map(([, label]) => label);
  if (!canWrite) {
    return (
      <Panel title={stageLabels[stage]}>
        <DetailList
          details={[
            {
              term: 'Probability',
              value: probability === null ? 'Won 100%, lost 0%' : `${probability}%`,
            },
            ...(stage === 'CLOSED'
              ? []
              : [
                  {
                    term: 'Stale after',
                    value: staleAfterDays === null ? 'Never' : `${staleAfterDays} days`,
                  },
                ]),
            { term: 'Asks for', value: asked.length === 0 ? 'Nothing' : asked.join(', ') },
          ]}
        />
      </Panel>
    );
  }
  return <StageForm settings={settings} askable={askable} failure={failure} />;
}

interface StageFormProps {
  settings: DealStageSettings;
  askable: readonly (readonly [string, string])[];
  failure: FormFailure | undefined;
}

function StageForm({ settings, askable, failure }: StageFormProps) {
  const { stage, probability, staleAfterDays, requiredFields, version } = settings;
  const isPending = useNavigation().state !== 'idle';
  const idOf = (name: string) => `${name}-${stage}`;
  return (
    <Panel title={stageLabels[stage]}>
      <Form method="post" preventScrollReset className="grid gap-4">
        <FormErrorSummary formError={failure?.message} />
        <input type="hidden" name="intent" value="stage" />
        <input type="hidden" name="stage" value={stage} />
        <input type="hidden" name="expectedVersion" value={version} />
        {stage !== 'CLOSED' && (
          <div className="grid gap-4 sm:grid-cols-2">
            <Field
              name="probability"
              id={idOf('probability')}
              label="Probability"
              hint="Percent, of a deal that enters the stage."
              required
              error={failure?.fields.probability}
            >
              {(control) => (
                <Input
                  {...control}
                  numeric
                  defaultValue={failure?.values.probability ?? String(probability ?? '')}
                />
              )}
            </Field>
            <Field
              name="staleAfterDays"
              id={idOf('staleAfterDays')}
              label="Stale after"
              hint="Days in the stage; empty for never."
              error={failure?.fields.staleAfterDays}
            >
              {(control) => (
                <Input
                  {...control}
                  numeric
                  defaultValue={
                    failure ? (failure.values.staleAfterDays ?? '') : String(staleAfterDays ?? '')
                  }
                />
              )}
            </Field>
          </div>
        )}
        <fieldset>
          <legend className="pb-1 font-medium">A deal needs, to enter {stageLabels[stage]}</legend>
          <div className="grid gap-1 sm:grid-cols-3">
            {askable.map(([field, label]) => (
              <Checkbox
                key={field}
                name="requiredFields"
                value={field}
                label={label}
                defaultChecked={requiredFields.includes(field)}
              />
            ))}
          </div>
        </fieldset>
        <div>
          <Button type="submit" isPending={isPending}>
            Save {stageLabels[stage]}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
