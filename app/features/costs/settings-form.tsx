import { Form, useNavigation } from '@remix-run/react';
import { type CostSettings, valueSources } from '../../../server/domain/costs/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { valueSourceLabels } from './labels.ts';
import { toPercent } from './percents.ts';

type Settings = CostSettings['agency'];

export interface SettingsOfProps {
  /** Null: the agency's own. */
  brand: { id: string; name: string } | null;
  settings: Settings;
  mayUpdate: boolean;
  failure: FormFailure | undefined;
}

/** Whose count is true, and how far a pace may be off before it is told: of the agency, or of one brand. */
export function SettingsOf({ brand, settings, mayUpdate, failure }: SettingsOfProps) {
  const { effectiveValueSource, effectivePacingTolerance } = settings;
  const title = brand?.name ?? 'The agency';
  if (!mayUpdate)
    return (
      <Panel title={title}>
        <DetailList
          details={[
            { term: 'Source of truth', value: valueSourceLabels[effectiveValueSource] },
            { term: 'Pace may be off by', value: `${toPercent(effectivePacingTolerance)}%` },
          ]}
        />
      </Panel>
    );
  return (
    <Panel title={title} {...(!brand && { description: 'Holds for every brand that says nothing else.' })}>
      <SettingsForm brand={brand} settings={settings} failure={failure} />
    </Panel>
  );
}

function SettingsForm({ brand, settings, failure }: Omit<SettingsOfProps, 'mayUpdate'>) {
  const { valueSource, pacingTolerance, effectiveValueSource, effectivePacingTolerance, version } = settings;
  const pending = useNavigation().formData;
  const isPending = pending?.get('intent') === 'settings' && pending.get('brandId') === (brand?.id ?? '');
  const tolerance = pacingTolerance === null ? '' : toPercent(pacingTolerance);
  const id = (name: string) => `${brand?.id ?? 'agency'}-${name}`;
  const inherited = brand
    ? `As the agency: ${valueSourceLabels[effectiveValueSource]}`
    : 'Not chosen: what the platforms claim';
  return (
    <Form
      method="post"
      preventScrollReset
      className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] sm:items-end"
    >
      <input type="hidden" name="brandId" value={brand?.id ?? ''} />
      <input type="hidden" name="expectedVersion" value={version} />
      <Field
        name="valueSource"
        id={id('valueSource')}
        label="Source of truth"
        hidesOptional
        error={failure?.fields.valueSource}
      >
        {(control) => (
          <Select
            {...control}
            emptyLabel={inherited}
            options={valueSources.map((value) => ({ value, label: valueSourceLabels[value] }))}
            defaultValue={failure ? (failure.values.valueSource ?? '') : (valueSource ?? '')}
          />
        )}
      </Field>
      <Field
        name="pacingTolerance"
        id={id('pacingTolerance')}
        label="Pace may be off by, in percent"
        hidesOptional
        error={failure?.fields.pacingTolerance}
      >
        {(control) => (
          <Input
            {...control}
            numeric
            autoComplete="off"
            placeholder={toPercent(effectivePacingTolerance)}
            defaultValue={failure ? (failure.values.pacingTolerance ?? '') : tolerance}
          />
        )}
      </Field>
      <Button type="submit" name="intent" value="settings" isPending={isPending}>
        Save
      </Button>
      {failure && Object.keys(failure.fields).length === 0 && (
        <p role="alert" className="text-sm text-danger-ink sm:col-span-3">
          {failure.message}
        </p>
      )}
    </Form>
  );
}
