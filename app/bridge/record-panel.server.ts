import type { AppLoadContext } from '@remix-run/node';
import { listCompaniesInput } from '../../server/domain/companies/schema.ts';
import { listContactsInput } from '../../server/domain/contacts/schema.ts';
import { type Creator, listCreatorsInput } from '../../server/domain/creators/schema.ts';
import { listDealsInput } from '../../server/domain/deals/schema.ts';
import { pageLinks } from '../lib/paging.ts';
import { listOf, OPEN, panelHref } from '../lib/list-address.ts';
import type { FieldChange } from '../../server/domain/records/schema.ts';
import type { Api } from './api.server.ts';
import { openPanel } from './panel-answer.server.ts';
import { namesIn } from './edits.server.ts';
import { readTimeline } from './timeline.server.ts';
import { readListInput, readPlace } from './record-place.server.ts';

interface ListRequest {
  request: Request;
  context: AppLoadContext;
  caller: Api;
  /** The list's address, with what its view says in it. */
  url: URL;
}

/** What a list's own address opens beside it (`open`), or null. */
export function openCompanyPanel(asked: ListRequest) {
  return openPanel(asked.context, openRecordId(asked.request), (id) => readCompanyPanel(inList(asked), id));
}

/** As openCompanyPanel, of contacts. */
export function openContactPanel(asked: ListRequest) {
  return openPanel(asked.context, openRecordId(asked.request), (id) => readContactPanel(inList(asked), id));
}

/** As openCompanyPanel, of deals. */
export function openDealPanel(asked: ListRequest) {
  return openPanel(asked.context, openRecordId(asked.request), (id) => readDealPanel(inList(asked), id));
}

/** As openCompanyPanel, of creators. */
export function openCreatorPanel(asked: ListRequest) {
  return openPanel(asked.context, openRecordId(asked.request), (id) => readCreatorPanel(inList(asked), id));
}

function openRecordId(request: Request): string | null {
  return new URL(request.url).searchParams.get(OPEN) || null;
}

function inList({ caller, url, request }: ListRequest): PanelRequest {
  const list = listOf(url);
  return { caller, list, url: new URL(panelHref(url.pathname, list, openRecordId(request)), url) };
}

interface PanelRequest {
  caller: Api;
  /** The query of the list, or null. */
  list: string | null;
  /** The address of the list with the record open: what the timeline's links begin with. */
  url: URL;
}

/** What stands beside the list of companies: the record, its place in the list, and what happened last. */
export async function readCompanyPanel({ caller, list, url }: PanelRequest, companyId: string) {
  const [facts, place, timeline] = await Promise.all([
    readCompany(caller, companyId),
    readPlace(list, (query) =>
      caller.companies.neighbours({ companyId, list: readListInput(listCompaniesInput, query) }),
    ),
    readTimeline({ caller, of: { companyId }, url }),
  ]);
  return { id: companyId, ...facts, place, timeline };
}

/** As readCompanyPanel, of contacts. */
export async function readContactPanel({ caller, list, url }: PanelRequest, contactId: string) {
  const [facts, place, timeline] = await Promise.all([
    readContact(caller, contactId),
    readPlace(list, (query) =>
      caller.contacts.neighbours({ contactId, list: readListInput(listContactsInput, query) }),
    ),
    readTimeline({ caller, of: { contactId }, url }),
  ]);
  return { id: contactId, ...facts, place, timeline };
}

/** As readCompanyPanel, of deals. */
export async function readDealPanel({ caller, list, url }: PanelRequest, dealId: string) {
  const [facts, place, timeline] = await Promise.all([
    readDeal(caller, dealId),
    readDealPlace(caller, dealId, list),
    readTimeline({ caller, of: { dealId }, url }),
  ]);
  return { id: dealId, ...facts, place, timeline };
}

/** As readCompanyPanel, of creators: what happened to the person is on the contact's one timeline, where it is theirs to see. */
export async function readCreatorPanel({ caller, list, url }: PanelRequest, creatorId: string) {
  const [facts, place] = await Promise.all([
    readCreator(caller, creatorId),
    readPlace(list, (query) =>
      caller.creators.neighbours({ creatorId, list: readListInput(listCreatorsInput, query) }),
    ),
  ]);
  const timeline = await readCreatorTimeline(caller, facts.creator, url);
  return { id: creatorId, ...facts, place, timeline };
}

/** The one timeline of the person, or where the contact is not the reader's to see, what happened to the creator. */
export function readCreatorTimeline(caller: Api, creator: Creator, url: URL) {
  const of = creator.contact ? { contactId: creator.contactId } : { creatorId: creator.id };
  return readTimeline({ caller, of, url });
}

/** A deal's place in its list, or in its column where it was opened from the board. */
export function readDealPlace(caller: Api, dealId: string, list: string | null) {
  return readPlace(list, (query) => {
    const view = new URLSearchParams(query).get('view');
    const board = view === null || view === 'board';
    return caller.deals.neighbours({ dealId, list: readListInput(listDealsInput, query), board });
  });
}

/** A company with what its page needs to show and change it: the agency's own fields, and what its ids are called. */
export async function readCompany(caller: Api, companyId: string) {
  const [company, fields] = await Promise.all([
    caller.companies.byId({ companyId }),
    caller.customFields.list({ noun: 'COMPANY' }),
  ]);
  return { company, customFields: fields.items.map(toWords), names: await namesOf(caller, company) };
}

export async function readContact(caller: Api, contactId: string) {
  const [contact, fields] = await Promise.all([
    caller.contacts.byId({ contactId }),
    caller.customFields.list({ noun: 'CONTACT' }),
  ]);
  return { contact, customFields: fields.items.map(toWords), names: await namesOf(caller, contact) };
}

export async function readDeal(caller: Api, dealId: string) {
  const [deal, fields] = await Promise.all([
    caller.deals.byId({ dealId }),
    caller.customFields.list({ noun: 'DEAL' }),
  ]);
  return { deal, customFields: fields.items.map(toWords), names: await namesOf(caller, deal) };
}

export async function readCreator(caller: Api, creatorId: string) {
  const [creator, fields] = await Promise.all([
    caller.creators.byId({ creatorId }),
    caller.customFields.list({ noun: 'CREATOR' }),
  ]);
  // What stands beside the fields has names of its own.
  const {
    contact: _contact,
    manager: _manager,
    platforms: _platforms,
    brandIds: _brandIds,
    ...own
  } = creator;
  return { creator, customFields: fields.items.map(toWords), names: await namesOf(caller, own) };
}

type Field = Awaited<ReturnType<Api['customFields']['list']>>['items'][number];

function toWords({ key, label, kind, options, noun }: Field) {
  return { key, label, kind, options, noun };
}

function namesOf(caller: Api, record: Readonly<Record<string, unknown>> & { customFields: object }) {
  return namesIn(caller, [...Object.values(record), ...(Object.values(record.customFields) as unknown[])]);
}

/** A page of a record's history, with the names of the ids in it. */
export interface HistoryTab {
  changes: FieldChange[];
  names: Record<string, string>;
  olderHref: string | null;
}

interface HistoryPage {
  items: FieldChange[];
  nextCursor: string | null;
}

/** The history that an address asks for with `tab=history`, or null. */
export async function readHistoryTab(
  { caller, url }: { caller: Api; url: URL },
  ask: (page: { cursor: string | undefined; limit: number }) => Promise<HistoryPage>,
): Promise<HistoryTab | null> {
  if (url.searchParams.get('tab') !== 'history') return null;
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const page = await ask({ cursor, limit: HISTORY_PAGE });
  const names = await namesIn(
    caller,
    page.items.flatMap(({ from, to }) => [from, to]),
  );
  return { changes: page.items, names, olderHref: pageLinks(url, page.nextCursor).nextHref };
}

const HISTORY_PAGE = 50;
