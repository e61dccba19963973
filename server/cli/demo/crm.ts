import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { importFile } from '../../domain/imports/import-file.ts';
import { type Mapping, mapping } from '../../domain/imports/mapping.ts';
import { plusDays } from '../../kernel/time-zones.ts';
import type { DemoBrand, DemoDeal } from './agency.ts';
import type { Actor, Demo } from './context.ts';

const FOLDER = fileURLToPath(new URL('../../../db/seed/data/crm', import.meta.url));

/** What the agency brought along from its old CRM, file by file, the way that anybody would bring it in. */
export async function importOldCrm(demo: Demo, actor: Actor): Promise<void> {
  const contacts = await readFile(path.join(FOLDER, 'atomic-crm/contacts.mapping.json'), 'utf8');
  await bringIn(demo, actor, 'maven-mdy/accounts.csv');
  await bringIn(demo, actor, 'maven-mdy/sales_pipeline.csv');
  await bringIn(demo, actor, 'atomic-crm/contacts.csv', mapping.parse(JSON.parse(contacts)));
}

async function bringIn(demo: Demo, actor: Actor, file: string, by?: Mapping): Promise<void> {
  const content = await readFile(path.join(FOLDER, file));
  const done = await importFile(demo.sync.jobsDb, actor.principal, {
    fileName: path.basename(file),
    content,
    overrides: {},
    ...(by ? { mapping: by } : {}),
  });
  if (done.status !== 'DONE' || done.rowsRefused > 0) {
    throw new Error(
      `${file} came in as ${done.status}, ${done.rowsRefused} rows refused: ${done.error ?? ''}`,
    );
  }
}

/** The company, the contacts and the deals of a brand. Answers the ids of the deals by their names. */
export async function makeClient(
  actor: Actor,
  brand: DemoBrand,
  at: { brandId: string; today: string },
): Promise<Map<string, string>> {
  const { brandId } = at;
  const host = `${brand.slug}.example`;
  const company = await actor.api.companies.create({
    name: brand.name,
    type: 'CLIENT',
    brandId,
    industry: brand.industry,
    website: `https://${host}`,
    domains: [host],
    city: brand.city,
    country: brand.country,
  });
  const contactIds: string[] = [];
  for (const { firstName, lastName, title } of brand.contacts) {
    const local = `${firstName}.${lastName}`
      .normalize('NFKD')
      .replaceAll(/[^A-Za-z.]/g, '')
      .toLowerCase();
    const contact = await actor.api.contacts.create({
      firstName,
      lastName,
      title,
      companyId: company.id,
      brandId,
      type: 'CLIENT',
      emails: [`${local}@${host}`],
    });
    contactIds.push(contact.id);
  }
  const dealIds = new Map<string, string>();
  for (const deal of brand.deals) {
    const links = { companyId: company.id, contactId: contactIds[0] ?? null, brandId };
    const { id } = await actor.api.deals.create({ ...dealInput(deal, at.today), ...links });
    dealIds.set(deal.name, id);
  }
  return dealIds;
}

function dealInput(deal: DemoDeal, today: string) {
  const closesOn = plusDays(today, deal.closesInDays);
  return {
    name: deal.name,
    stage: deal.stage,
    amount: { amount: deal.amount, currency: deal.currency },
    openedOn: plusDays(today, deal.opensInDays),
    expectedCloseOn: closesOn,
    ...(deal.stage === 'CLOSED' ? { status: 'WON' as const, closedOn: closesOn } : {}),
    ...(deal.isMonthly ? { recurringType: 'MONTHLY' as const } : {}),
  };
}
