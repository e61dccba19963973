import type { FormFailure } from '../../bridge/forms.server.ts';
import { Field } from '../../ui/field.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { contentTypeLabels } from './labels.ts';
import { figureFields, labelChoices, type PieceField } from './piece-form-values.ts';

export interface PieceFieldsProps {
  /** What the form begins with. */
  values: Partial<Record<PieceField, string>>;
  failure: FormFailure | undefined;
}

const optionsOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

const figureLabels = {
  views: 'Views',
  likes: 'Likes',
  comments: 'Comments',
  shares: 'Shares',
  saves: 'Saves',
  reach: 'Reach',
  impressions: 'Impressions',
} as const satisfies Record<(typeof figureFields)[number], string>;

/** What somebody read at the network: the post's words, and its figures, which stay marked as typed by hand. */
export function PieceFields({ values, failure }: PieceFieldsProps) {
  const valueOf = (name: PieceField) => (failure ? failure.values[name] : values[name]) ?? '';
  const errors = failure?.fields ?? {};
  return (
    <>
      <Panel title="The post">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name="type" label="Type" error={errors.type}>
            {(control) => (
              <Select
                {...control}
                emptyLabel="As its address says"
                options={optionsOf(contentTypeLabels)}
                defaultValue={valueOf('type')}
              />
            )}
          </Field>
          <Field name="publishedOn" label="Published" error={errors.publishedAt}>
            {(control) => <Input {...control} type="date" defaultValue={valueOf('publishedOn')} />}
          </Field>
          <Field
            name="caption"
            label="Text"
            hint="Its hashtags, mentions and links are read from here."
            error={errors.caption}
            className="sm:col-span-2"
          >
            {(control) => <Textarea {...control} rows={4} defaultValue={valueOf('caption')} />}
          </Field>
          <Field name="title" label="Title" error={errors.title}>
            {(control) => <Input {...control} autoComplete="off" defaultValue={valueOf('title')} />}
          </Field>
          <Field
            name="label"
            label="Paid-partnership label of the network"
            error={errors.isLabelledSponsored}
          >
            {(control) => (
              <Select
                {...control}
                emptyLabel="Nobody looked"
                options={optionsOf(labelChoices)}
                defaultValue={valueOf('label')}
              />
            )}
          </Field>
        </div>
      </Panel>
      <Panel
        title="Figures"
        description="As they stand now. What you leave empty is not known, which is not zero. 13.8K is understood."
      >
        <div className="grid gap-4 sm:grid-cols-4">
          {figureFields.map((name) => (
            <Field
              key={name}
              name={name}
              label={figureLabels[name]}
              hidesOptional
              error={figureError(errors[name])}
            >
              {(control) => <Input {...control} numeric autoComplete="off" defaultValue={valueOf(name)} />}
            </Field>
          ))}
        </div>
      </Panel>
    </>
  );
}

/** The schema speaks of its own kind of value; a person typed a text. */
function figureError(message: string | undefined): string | undefined {
  return message?.startsWith('Invalid input') ? 'Write a number, for example 13800 or 13.8K.' : message;
}
