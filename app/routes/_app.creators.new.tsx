import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, type Api, load, requireRight } from '../bridge/api.server.ts';
import { contactChoices } from '../bridge/choices.server.ts';
import {
  addAccounts,
  makeContact,
  makeCreator,
  type Refused,
} from '../features/creators/new-creator.server.ts';
import { readFormData, readForm } from '../bridge/forms.server.ts';
import { ChooseContact } from '../features/creators/choose-contact.tsx';
import { CreatorForm } from '../features/creators/creator-form.tsx';
import { HandleFields } from '../features/creators/handle-fields.tsx';
import { MendAccounts } from '../features/creators/mend-accounts.tsx';
import { asksToMend, readMendAddress } from '../features/creators/mend-address.ts';
import { PersonPanel } from '../features/creators/person-panel.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'New creator · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const contactId = url.searchParams.get('contactId') || null;
  const creatorId = url.searchParams.get('creatorId') || null;
  const caller = await api(request, context);
  await requireRight(caller, 'creators.write');
  return load(context, async () => {
    const [made, contact, binned, members, contacts, fields] = await Promise.all([
      creatorId ? caller.creators.byId({ creatorId }) : null,
      contactId ? readPerson(caller, contactId) : null,
      contactId ? findCreator(caller, contactId, true) : null,
      caller.members.list(),
      contactChoices(caller),
      caller.customFields.list({ noun: 'CREATOR' }),
    ]);
    if (made && !asksToMend(url)) throw redirect(paths.creator(made.id));
    const mend = made && { id: made.id, name: made.name, failure: readMendAddress(url) };
    return { mend, contact, binned, members, contacts, customFields: fields.items };
  });
}

/** The contact, or where they are a creator already, that creator's page: there is never a second one. */
async function readPerson(caller: Api, contactId: string) {
  const [contact, creator] = await Promise.all([
    caller.contacts.byId({ contactId }),
    findCreator(caller, contactId, false),
  ]);
  if (creator) throw redirect(paths.creator(creator.id));
  const { id, name, emails, companyName, brandId } = contact;
  return { id, name, emails, companyName, brandId };
}

async function findCreator(caller: Api, contactId: string, isDeleted: boolean) {
  const { items } = await caller.creators.list({ contactId, deleted: isDeleted, limit: 1 });
  const [found] = items;
  return found ? { id: found.id, name: found.name } : null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const sent = { context, caller, form };
  const { intent, creatorId, contactId } = readForm(form);
  if (intent === 'contact' || form.has('createAnyway')) return answer(await makeContact(sent));
  if (intent === 'accounts') return answer(await addAccounts(sent, creatorId ?? ''));
  return answer(await makeCreator(sent, contactId ?? ''));
}

function answer({ failure, status }: Refused) {
  return json(failure, { status });
}

export default function NewCreator() {
  const { mend, contact, binned, members, contacts, customFields } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands, organization } = useAccount().current;
  return (
    <>
      <PageHeader title="New creator" crumbs={[{ label: 'Creators', href: paths.creators() }]} />
      <PageBody>
        {mend ? (
          <MendAccounts creator={mend} failure={failure ?? mend.failure} />
        ) : contact ? (
          <CreatorForm
            // Another person's form begins anew.
            key={contact.id}
            creator={null}
            brandId={contact.brandId}
            choices={{ members, brands, contacts: contacts.filter(({ id }) => id !== contact.id) }}
            customFields={customFields}
            currency={organization.reportingCurrency}
            failure={failure}
            cancelHref={paths.contact(contact.id)}
            before={<PersonPanel contact={contact} binned={binned} />}
          >
            <HandleFields failure={failure} />
          </CreatorForm>
        ) : (
          <ChooseContact contacts={contacts} failure={failure} />
        )}
      </PageBody>
    </>
  );
}
