import { Form, useNavigation } from '@remix-run/react';
import type { Task } from '../../../server/domain/tasks/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EditBase } from '../records/edit-base.tsx';
import type { OwnershipChoices } from '../records/ownership-fields.tsx';
import type { RecordChoice } from '../records/record-picker.tsx';
import { optionsOf, priorityLabels, sharingLabels } from './labels.ts';
import { taskSpecs } from './task-fields.ts';
import { RelatedFields, type RelatedFieldsProps } from './task-related-fields.tsx';
import { ScheduleFields } from './task-schedule-fields.tsx';
import { pickedAgain, shownOf, type TaskFieldName } from './task-values.ts';

export interface TaskFormProps {
  task: Task | null;
  /** What a new task begins with. */
  initial?: Partial<Record<TaskFieldName, string>>;
  choices: OwnershipChoices & RelatedFieldsProps['choices'];
  /** The records that the form begins with, with their names. */
  picked: RelatedFieldsProps['picked'];
  failure: FormFailure | undefined;
  cancelHref: string;
}

/** A new task, or one to change. What was typed stays when the procedure refuses it. */
export function TaskForm({ task, initial = {}, choices, picked, failure, cancelHref }: TaskFormProps) {
  const isPending = useNavigation().state !== 'idle';
  const stored = task ? shownOf(task) : initial;
  const valueOf = (name: TaskFieldName) => (failure ? failure.values[name] : stored[name]) ?? '';
  const errors = failure?.fields ?? {};
  const options = (items: readonly RecordChoice[]) =>
    items.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Form method="post" className="grid max-w-160 gap-4">
      <FormErrorSummary formError={failure?.message} />
      {task && <EditBase shown={shownOf(task)} failure={failure} specs={taskSpecs} />}
      <Panel>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            name="title"
            label="What is to be done"
            required
            error={errors.title}
            className="sm:col-span-2"
          >
            {(control) => <Input {...control} defaultValue={valueOf('title')} autoComplete="off" />}
          </Field>
          <ScheduleFields valueOf={valueOf} errors={errors} repeats={Boolean(task?.recurrence)} />
          <Field name="assigneeId" label="Assignee" error={errors.assigneeId}>
            {(control) => (
              <Select
                {...control}
                emptyLabel="Nobody"
                options={options(choices.members)}
                defaultValue={valueOf('assigneeId')}
              />
            )}
          </Field>
          <Field name="priority" label="Priority" required error={errors.priority}>
            {(control) => (
              <Select
                {...control}
                options={optionsOf(priorityLabels)}
                defaultValue={valueOf('priority') || 'MEDIUM'}
              />
            )}
          </Field>
          <RelatedFields picked={failure ? pickedAgain(failure) : picked} choices={choices} errors={errors} />
          <Field name="brandId" label="Brand" hint="Without one, that of its record." error={errors.brandId}>
            {(control) => (
              <Select
                {...control}
                emptyLabel="No brand"
                options={options(choices.brands)}
                defaultValue={valueOf('brandId')}
              />
            )}
          </Field>
          <Field
            name="isShared"
            label="Who sees it"
            required
            hint="A client sees its own brand’s alone."
            error={errors.isShared}
          >
            {(control) => (
              <Select
                {...control}
                options={optionsOf(sharingLabels)}
                defaultValue={valueOf('isShared') || 'false'}
              />
            )}
          </Field>
          <Field
            name="tags"
            label="Tags"
            hint="With commas between."
            error={errors.tags}
            className="sm:col-span-2"
          >
            {(control) => <Input {...control} defaultValue={valueOf('tags')} autoComplete="off" />}
          </Field>
          <Field name="description" label="Description" error={errors.description} className="sm:col-span-2">
            {(control) => <Textarea {...control} rows={5} defaultValue={valueOf('description')} />}
          </Field>
        </div>
      </Panel>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" isPending={isPending}>
          {task ? 'Save changes' : 'Create task'}
        </Button>
        <LinkButton href={cancelHref}>Cancel</LinkButton>
      </div>
    </Form>
  );
}
