import { useState } from 'react';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Field } from '../../ui/field.tsx';
import { Checkbox, Input, Select } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { exclusivityLabels, optionsOf } from './labels.ts';

export interface ExclusivityFieldsProps {
  valueOf: (name: string) => string;
  errors: Readonly<Record<string, string>>;
}

/** What the creator must not do for others. With a script only the fields that the kind needs are shown. */
export function ExclusivityFields({ valueOf, errors }: ExclusivityFieldsProps) {
  const hasScript = useHasScript();
  const [kind, setKind] = useState(valueOf('exclusivity') || 'NONE');
  const shows = (...kinds: string[]) => !hasScript || kinds.includes(kind);
  return (
    <Panel
      title="Exclusivity"
      description="It binds while the contract is signed, and is checked across all brands whenever the creator is assigned or publishes."
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="exclusivity" label="Kind" required error={errors.exclusivity} className="sm:col-span-2">
          {(control) => (
            <Select
              {...control}
              options={optionsOf(exclusivityLabels)}
              defaultValue={kind}
              onChange={(event) => setKind(event.currentTarget.value)}
            />
          )}
        </Field>
        {shows('CATEGORY') && <CategoryFields valueOf={valueOf} errors={errors} />}
        {shows('CATEGORY', 'PLATFORM') && (
          <PlatformBoxes valueOf={valueOf} error={errors.exclusivityPlatforms} />
        )}
        {shows('CATEGORY', 'PLATFORM', 'FULL') && <WindowFields valueOf={valueOf} errors={errors} />}
      </div>
    </Panel>
  );
}

function CategoryFields({ valueOf, errors }: ExclusivityFieldsProps) {
  return (
    <>
      <Field
        name="exclusivityCategories"
        label="Categories"
        hint="With commas between: beauty, skincare. Only what is named counts."
        error={errors.exclusivityCategories}
      >
        {(control) => (
          <Input {...control} autoComplete="off" defaultValue={valueOf('exclusivityCategories')} />
        )}
      </Field>
      <Field
        name="exclusivityCompetitors"
        label="Competitors"
        hint="By name. Only people of this brand see them."
        error={errors.exclusivityCompetitors}
      >
        {(control) => (
          <Input {...control} autoComplete="off" defaultValue={valueOf('exclusivityCompetitors')} />
        )}
      </Field>
    </>
  );
}

function PlatformBoxes({
  valueOf,
  error,
}: {
  valueOf: ExclusivityFieldsProps['valueOf'];
  error?: string | undefined;
}) {
  const chosen = new Set(valueOf('exclusivityPlatforms').split('\n'));
  return (
    <fieldset className="sm:col-span-2">
      <legend className="pb-1 font-medium">Networks</legend>
      <p className="pb-1.5 text-sm text-muted">
        By category they narrow it to these networks; none means all of them.
      </p>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {Object.entries(platformLabels).map(([platform, label]) => (
          <Checkbox
            key={platform}
            name="exclusivityPlatforms"
            value={platform}
            label={label}
            defaultChecked={chosen.has(platform)}
          />
        ))}
      </div>
      {error && <p className="pt-1 text-sm text-danger-ink">{error}</p>}
    </fieldset>
  );
}

function WindowFields({ valueOf, errors }: ExclusivityFieldsProps) {
  const territoryError = Object.entries(errors).find(([path]) => path.startsWith('exclusivityTerritories'));
  return (
    <>
      <Field
        name="exclusivityTerritories"
        label="Countries"
        hint="Two letters each, or GCC, MENA, EU. None means everywhere."
        error={territoryError?.[1]}
        className="sm:col-span-2"
      >
        {(control) => (
          <Input
            {...control}
            placeholder="Everywhere"
            autoComplete="off"
            defaultValue={valueOf('exclusivityTerritories')}
          />
        )}
      </Field>
      <Field
        name="exclusivityStartsOn"
        label="Exclusive from"
        hint="Empty: the contract’s own day."
        error={errors.exclusivityStartsOn}
      >
        {(control) => <Input {...control} type="date" defaultValue={valueOf('exclusivityStartsOn')} />}
      </Field>
      <Field
        name="exclusivityEndsOn"
        label="Exclusive until"
        hint="Empty: the contract’s own day."
        error={errors.exclusivityEndsOn}
      >
        {(control) => <Input {...control} type="date" defaultValue={valueOf('exclusivityEndsOn')} />}
      </Field>
    </>
  );
}
