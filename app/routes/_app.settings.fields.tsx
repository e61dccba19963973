import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { type CustomField, customFieldNouns } from '../../server/domain/custom-fields/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { changeCustomFields } from '../bridge/custom-field-forms.server.ts';
import { type FormFailure, readFormData, readForm, submit } from '../bridge/forms.server.ts';
import { FieldPanel } from '../features/custom-fields/field-panel.tsx';
import { nounLabels, takesOptions } from '../features/custom-fields/labels.ts';
import { NewField } from '../features/custom-fields/new-field.tsx';
import { UndefinedKeys } from '../features/custom-fields/undefined-keys.tsx';
import { SettingsTabs } from '../features/settings/settings-tabs.tsx';
import { useMay } from '../features/shell/use-account.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';
import { Tabs } from '../ui/tabs.tsx';

export const meta: MetaFunction = () => [{ title: 'Fields · SpokeStack' }];

function nounOf(request: Request) {
  const asked = pageUrl(request).searchParams.get('noun');
  return customFieldNouns.find((noun) => noun === asked) ?? 'COMPANY';
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const noun = nounOf(request);
  const caller = await api(request, context);
  const [fields, archived, account] = await load(context, () =>
    Promise.all([
      caller.customFields.list({ noun }),
      caller.customFields.list({ noun, deleted: true }),
      caller.account.me(),
    ]),
  );
  const canWrite = account.current?.permissions.includes('custom-fields.write') ?? false;
  if (!canWrite) return { noun, fields: fields.items, archived: archived.items, uses: [], optionUses: {} };
  const choices = fields.items.filter(({ kind }) => takesOptions(kind));
  const [uses, ...counted] = await load(context, () =>
    Promise.all([
      caller.customFields.uses({ noun }),
      ...choices.map(({ key }) => caller.customFields.optionUses({ noun, key })),
    ]),
  );
  const optionUses = Object.fromEntries(choices.map(({ id }, index) => [id, counted[index] ?? []]));
  return { noun, fields: fields.items, archived: archived.items, uses, optionUses };
}

/** The refusal, and of which field's form: null for a new one. */
interface Refused {
  customFieldId: string | null;
  failure: FormFailure;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => changeCustomFields(caller, form));
  if (!('failure' in result)) return redirect(paths.settingsFields(nounOf(request)));
  const customFieldId = readForm(form).customFieldId ?? null;
  return json({ customFieldId, failure: result.failure } satisfies Refused, { status: result.status });
}

export default function Fields() {
  const { noun, fields, archived, uses, optionUses } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const canWrite = useMay('custom-fields.write');
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs currentId="fields" />
      <PageBody>
        <div className="grid max-w-220 grid-cols-[minmax(0,1fr)] gap-4">
          <h2 className="sr-only">Fields</h2>
          <p className="max-w-160 text-muted">
            Fields that the agency adds to its records. They stand in forms, lists, filters, imports and
            exports.
          </p>
          <Tabs
            label="Records"
            tabs={customFieldNouns.map((id) => ({
              id,
              label: nounLabels[id],
              href: paths.settingsFields(id),
            }))}
            currentId={noun}
          />
          {fields.length === 0 ? (
            <EmptyState
              kind="unused"
              title={`No fields of ${nounLabels[noun].toLowerCase()} yet`}
              description="Add what your agency keeps of them and the product does not know."
            />
          ) : (
            <Panel title={nounLabels[noun]} padded={false}>
              <ol className="divide-y divide-line-faint">
                {fields.map((field, index) => (
                  <FieldPanel
                    key={`${field.id}:${field.version}`}
                    field={field}
                    index={index}
                    count={fields.length}
                    canWrite={canWrite}
                    uses={optionUses[field.id] ?? []}
                    failure={refused?.customFieldId === field.id ? refused.failure : undefined}
                  />
                ))}
              </ol>
            </Panel>
          )}
          <UndefinedKeys noun={noun} uses={uses} />
          {canWrite && (
            <NewField
              key={noun}
              noun={noun}
              failure={refused?.customFieldId === null ? refused.failure : undefined}
            />
          )}
          <Archived fields={archived} canWrite={canWrite} />
        </div>
      </PageBody>
    </>
  );
}

function Archived({ fields, canWrite }: { fields: readonly CustomField[]; canWrite: boolean }) {
  if (fields.length === 0) return null;
  return (
    <Panel title="Archived" padded={false}>
      <ul className="divide-y divide-line-faint">
        {fields.map(({ id, label, version }) => (
          <li key={id} className="flex items-center gap-3 px-4 py-2">
            <span className="min-w-0 flex-1 truncate">{label}</span>
            {canWrite && (
              <Form method="post" preventScrollReset>
                <input type="hidden" name="intent" value="restore" />
                <input type="hidden" name="customFieldId" value={id} />
                <input type="hidden" name="expectedVersion" value={version} />
                <Button type="submit" size="small" aria-label={`Restore ${label}`}>
                  Restore
                </Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
