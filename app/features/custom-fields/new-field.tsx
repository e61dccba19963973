import { Form, useNavigation } from '@remix-run/react';
import { useState } from 'react';
import type { CustomFieldNoun } from '../../../server/domain/custom-fields/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { kindLabels, nounLabels, takesOptions } from './labels.ts';

/** A new field of a noun. */
export function NewField({ noun, failure }: { noun: CustomFieldNoun; failure: FormFailure | undefined }) {
  const isPending = useNavigation().state !== 'idle';
  const hasScript = useHasScript();
  const typed = failure?.values ?? {};
  const [kind, setKind] = useState(typed.kind ?? 'TEXT');
  return (
    <Panel title={`New field of ${nounLabels[noun].toLowerCase()}`}>
      <Form method="post" preventScrollReset className="grid gap-4">
        <FormErrorSummary formError={failure?.message} />
        <input type="hidden" name="intent" value="create" />
        <input type="hidden" name="noun" value={noun} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name="label" label="Label" required error={failure?.fields.label}>
            {(control) => <Input {...control} defaultValue={typed.label} autoComplete="off" />}
          </Field>
          <Field name="kind" label="Kind" required error={failure?.fields.kind}>
            {(control) => (
              <Select
                {...control}
                options={Object.entries(kindLabels).map(([value, label]) => ({ value, label }))}
                defaultValue={kind}
                onChange={(event) => setKind(event.currentTarget.value)}
              />
            )}
          </Field>
          {(!hasScript || takesOptions(kind)) && (
            <Field
              name="options"
              label="Options"
              hint={hasScript ? 'One a line' : 'Of choices alone, one a line'}
              error={failure?.fields.options}
            >
              {(control) => <Textarea {...control} rows={4} defaultValue={typed.options ?? ''} />}
            </Field>
          )}
          <Field name="hint" label="Hint" hint="Stands at the field in forms." error={failure?.fields.hint}>
            {(control) => <Input {...control} defaultValue={typed.hint ?? ''} autoComplete="off" />}
          </Field>
          <Field
            name="key"
            label="Key"
            hint="For imports and the API; made of the label when left empty. It never changes."
            error={failure?.fields.key}
          >
            {(control) => <Input {...control} defaultValue={typed.key ?? ''} autoComplete="off" />}
          </Field>
        </div>
        <div>
          <Button type="submit" variant="primary" isPending={isPending}>
            Add field
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
