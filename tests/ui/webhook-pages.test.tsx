import { createStaticHandler, createStaticRouter, StaticRouterProvider } from 'react-router-dom/server.js';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { LeadFormPanel } from '../../app/features/lead-forms/lead-form-panel.tsx';
import { MadeKey } from '../../app/features/lead-forms/made-key.tsx';
import { eventName } from '../../app/features/webhooks/labels.ts';
import { mendedWords, PhylloWebhook } from '../../app/features/webhooks/phyllo-webhook.tsx';
import { SourceList } from '../../app/features/webhooks/source-list.tsx';
import { WebhookFilters } from '../../app/features/webhooks/webhook-filters.tsx';
import { WebhookTable } from '../../app/features/webhooks/webhook-table.tsx';
import { formatRelative } from '../../app/lib/format.ts';
import type { LeadForm } from '../../server/domain/lead-forms/schema.ts';
import type { WebhookState } from '../../server/domain/creator-sync/schema.ts';
import type { WebhookEvent, WebhookOverview } from '../../server/domain/webhooks/schema.ts';

const NOW = '2026-05-20T10:30:00.000Z';

async function render(page: ReactNode): Promise<string> {
  const routes = [{ path: '*', element: page }];
  const handler = createStaticHandler(routes);
  const context = await handler.query(new Request('http://spokestack.test/'));
  if (context instanceof Response) throw new Error('The page led elsewhere.');
  const router = createStaticRouter(routes, context);
  return renderToStaticMarkup(<StaticRouterProvider router={router} context={context} hydrate={false} />);
}

const event: WebhookEvent = {
  id: '0192f3c1-7a00-7000-8000-000000000001',
  source: 'META',
  name: 'leadgen',
  nativeId: '9001',
  state: 'DEAD',
  summary: 'Meta is <not> connected.',
  attempts: 1,
  receivedAt: NOW,
  settledAt: NOW,
  nextAttemptAt: null,
  contact: null,
  creator: null,
  leadForm: { id: 'f', name: 'Our page' },
  version: 2,
};

const form: LeadForm = {
  ...{ id: 'f', source: 'GOOGLE', name: 'Spring offer', brandId: null, brandName: null, ownerId: null },
  ...{
    ownerName: null,
    pageId: null,
    keyMadeAt: NOW,
    previousKeyUntil: null,
    isActive: true,
    polledAt: null,
  },
  ...{ pollError: null, leadCount: 0, lastLeadAt: null, version: 1, createdAt: NOW },
};

const webhook: WebhookState = {
  ...{ isOn: true, isStandIn: false, url: 'https://x.test/api/webhooks/phyllo' },
  ...{ state: 'ACTIVE', events: [], error: null, checkedAt: NOW },
};
const asked = { phyllo: webhook, canMend: true, now: NOW };

const quiet = { lastReceivedAt: null, waitingCount: 0, deadCount: 0, eldestDeadAt: null };

describe('the page of webhooks', () => {
  it('says of each event what it is, how it stands, whom it concerns and why', async () => {
    const text = await render(<WebhookTable events={[event]} timeZone="Asia/Dubai" />);
    for (const word of ['Lead', 'Meta', 'Failed', 'Our page', 'Meta is &lt;not&gt; connected.', '14:30'])
      expect(text).toContain(word);
    expect(text).toContain(`href="/settings/webhooks/${event.id}"`);
  });

  it('calls an event that it has no words for as its sender does', () => {
    expect(eventName({ name: 'ACCOUNTS.CONNECTED' })).toBe('Account connected');
    expect(eventName({ name: 'PAYOUTS.ADDED' })).toBe('PAYOUTS.ADDED');
  });

  it('puts what failed on top, with how much, since when and what helps; nothing where nothing did', async () => {
    const overview = (deadCount: number): WebhookOverview => ({
      deadCount,
      eldestDeadAt: deadCount > 0 ? '2026-05-20T08:30:00.000Z' : null,
      sources: [
        {
          ...quiet,
          ...{ source: 'META', isOn: true, address: 'https://x.test/api/webhooks/meta', deadCount },
          eldestDeadAt: deadCount > 0 ? '2026-05-20T08:30:00.000Z' : null,
        },
        { ...quiet, source: 'PHYLLO', isOn: false, address: 'https://x.test/api/webhooks/phyllo' },
      ],
    });
    const failed = await render(<SourceList overview={overview(3)} {...asked} />);
    expect(failed).toContain('3 events of Meta failed');
    expect(failed).toContain(formatRelative('2026-05-20T08:30:00.000Z', NOW));
    expect(failed).toContain('Try all again');
    expect(failed).toContain('/settings/webhooks?source=META&amp;state=DEAD');
    const fine = await render(<SourceList overview={overview(0)} {...asked} />);
    expect(fine).not.toContain('Try all again');
    expect(fine).toContain('nothing came so far');
  });

  it('says how Phyllo’s webhook stands, and offers to set it right to whoever may', async () => {
    const show = (given: Partial<WebhookState>, canMend = true) =>
      render(<PhylloWebhook webhook={{ ...webhook, ...given }} now={NOW} canMend={canMend} />);
    expect(await show({})).toContain('Registered at Phyllo. Last checked just now.');
    const off = await show({ state: 'INACTIVE' });
    expect(off).toContain('switched its webhook off');
    expect(off).toContain('value="mend-phyllo"');
    expect(await show({ state: 'INACTIVE' }, false)).not.toContain('mend-phyllo');
    expect(await show({ state: 'NONE' })).toContain('Register it');
    const unknown = await show({ state: 'UNKNOWN', error: 'Phyllo did not answer.' });
    expect(unknown).toContain('Phyllo did not answer.');
    expect(unknown).not.toContain('mend-phyllo');
    expect(mendedWords({ state: 'ACTIVE', error: null })).toContain('is on');
    expect(mendedWords({ state: 'INACTIVE', error: 'Phyllo is busy.' })).toContain('Phyllo is busy.');
  });

  it('filters by a form of the address, whose days have names', async () => {
    const input = { source: 'META', state: undefined, from: '2026-05-01', to: undefined } as const;
    const text = await render(<WebhookFilters input={input} />);
    expect(text).toContain('method="get"');
    expect(text).toMatch(/<label[^>]*>From<input[^>]*name="from"[^>]*value="2026-05-01"/);
    expect(text).toContain('Clear');
  });
});

describe('the page of lead forms', () => {
  const shown = (given: Partial<LeadForm>) =>
    render(
      <LeadFormPanel
        {...{ form: { ...form, ...given }, failure: undefined, now: NOW, timeZone: 'UTC' }}
        {...{ brands: [], members: [] }}
      />,
    );

  it('shows a key with its address once it is made, to be copied', async () => {
    const text = await render(
      <MadeKey form={{ ...form, key: 'the-key', address: 'https://x.test/google' }} />,
    );
    for (const word of ['the-key', 'https://x.test/google', 'not shown again']) expect(text).toContain(word);
  });

  it('offers a new key to Google’s forms, and tells a page’s trouble', async () => {
    expect(await shown({})).toContain('Make a new key');
    const page = await shown({ source: 'META', pageId: '501', keyMadeAt: null, pollError: 'Connect Meta.' });
    expect(page).not.toContain('Make a new key');
    expect(page).toContain('Facebook page 501');
    expect(page).toContain('Connect Meta.');
  });

  it('says what switching off loses', async () => {
    expect(await shown({})).toContain('Google does not send those leads again');
    expect(await shown({ isActive: false })).toContain('Switch on');
  });
});
