import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { changeWords } from '../../app/features/activities/change-words.ts';
import { byDay } from '../../app/features/activities/days.ts';
import { NoteBody } from '../../app/features/notes/note-body.tsx';
import { attachmentHeader } from '../../app/lib/file-names.ts';
import { mentionedIn, toContent, toDraft } from '../../app/lib/mentions.ts';
import { timelineHref } from '../../app/lib/timeline-address.ts';

const SARA = { id: '0192f3c1-7a00-7000-8000-000000000001', name: 'Sara' };
const SARA_KHAN = { id: '0192f3c1-7a00-7000-8000-000000000002', name: 'Sara Khan' };
const token = ({ id, name }: typeof SARA) => `[@${name}](user:${id})`;

describe('a draft', () => {
  it('becomes a note in which the chosen are mentioned, the longest name first', () => {
    const draft = 'Hi @Sara Khan and @Sara, not @Sarah or me@Sara.com';
    expect(toContent(draft, [SARA, SARA_KHAN])).toBe(
      `Hi ${token(SARA_KHAN)} and ${token(SARA)}, not @Sarah or me@Sara.com`,
    );
  });

  it('comes back from the note as it was written', () => {
    const draft = 'Hi @Sara Khan.';
    const content = toContent(draft, [SARA_KHAN]);
    expect([toDraft(content), mentionedIn(content)]).toEqual([draft, [SARA_KHAN.id]]);
    expect(toContent(content, [SARA_KHAN])).toBe(content);
  });

  it('names at its end whom it mentions without saying so', () => {
    expect(toContent('Hello', [SARA])).toBe(`Hello\n\n${token(SARA)}`);
  });

  it('takes a name’s own signs for letters', () => {
    const odd = { id: SARA.id, name: 'A. (B) [C]' };
    expect(mentionedIn(toContent('@A. (B) [C]', [odd]))).toEqual([SARA.id]);
  });
});

describe('a note’s body', () => {
  const markup = (content: string, mentions = [{ userId: SARA.id, name: 'Sara' }]) =>
    renderToStaticMarkup(<NoteBody note={{ content, mentions }} />);

  it('shows a mention of a member, and one of nobody as text', () => {
    expect(markup(token(SARA))).toContain('<span class="mention">@Sara</span>');
    expect(markup(token(SARA), [])).not.toContain('<a');
    expect(markup(token(SARA), [])).not.toContain('mention');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '![x](https://example.com/x.png)',
    '| a |\n|:-:|\n| 1 |',
    '# Title {onclick=alert(1)}',
    '<https://example.com/"onmouseover="alert(1)>',
    '---\na: b\n---\ntext',
    '[x][y]\n\n[y]: javascript:alert(1)',
    '<details open ontoggle=alert(1)>',
  ])('makes nothing of %j that runs, loads or styles', (content) => {
    const html = markup(content);
    expect(html).not.toMatch(/<(script|img|iframe|svg|details|style)\b/);
    expect(html).not.toMatch(/<[^>]*\s(on\w+|style|id|src)=/);
    for (const [, href] of html.matchAll(/<a[^>]*href="([^"]*)"/g)) expect(href).toMatch(/^https?:|^mailto:/);
  });

  it('gives a link to elsewhere neither our address nor a hold on our window', () => {
    expect(markup('[x](https://example.com)')).toContain('rel="noopener noreferrer nofollow"');
  });

  it('keeps what begins like front matter', () => {
    expect(markup('---\nplan: b\n---\ntext')).toContain('plan: b');
  });
});

describe('a change in words', () => {
  it('says ids by their names, money with its currency, days as days, and labels as words', () => {
    const metadata = {
      changes: {
        owner_id: { from: null, to: SARA.id },
        company_id: { from: SARA_KHAN.id, to: null },
        amount: { from: '1200.0000', to: '1250.5000' },
        expected_close_on: { from: '2026-11-01', to: null },
        type: { from: 'DO_NOT_CONTACT', to: 'CLIENT' },
        'customFields.launchFee': { from: null, to: { amount: '10.00', currency: 'AED' } },
        tags: { from: [], to: ['a', 'b'] },
        rank: { from: 'a', to: 'b' },
      },
    };
    expect(changeWords({ metadata, names: { [SARA.id]: 'Sara' } })).toEqual([
      { field: 'Owner', from: '—', to: 'Sara' },
      { field: 'Company', from: 'not yours to see', to: '—' },
      { field: 'Amount', from: '1200', to: '1250.5' },
      { field: 'Expected close on', from: '1 Nov 2026', to: '—' },
      { field: 'Type', from: 'Do not contact', to: 'Client' },
      { field: 'Launch fee', from: '—', to: 'AED\u00a010.00' },
      { field: 'Tags', from: '—', to: 'a, b' },
    ]);
  });
});

describe('a timeline', () => {
  it('is parted by the days of the reader’s zone', () => {
    const at = (createdAt: string) => ({ createdAt });
    const now = '2026-11-22T21:30:00Z';
    const days = byDay([at('2026-11-22T20:30:00Z'), at('2026-11-22T10:00:00Z'), at('2026-11-20T10:00:00Z')], {
      timeZone: 'Asia/Dubai',
      now,
    });
    expect(days.map(({ label, items }) => [label, items.length])).toEqual([
      ['Today', 1],
      ['Yesterday', 1],
      ['20 Nov 2026', 1],
    ]);
  });

  it('keeps what else stands in its address', () => {
    const href = timelineHref('/deals?stage=LEAD&open=1', { kinds: ['notes', 'tasks'], olderThan: 'x' });
    expect(href).toBe('/deals?stage=LEAD&open=1&activity=notes%2Ctasks&olderThan=x#timeline');
    expect(timelineHref('/deals/1', { kinds: [] })).toBe('/deals/1#timeline');
  });
});

describe('a file’s header', () => {
  it('carries any name and lets none out of its quotes', () => {
    expect(attachmentHeader('pl"an; ü.csv')).toBe(
      `attachment; filename="pl_an; _.csv"; filename*=UTF-8''pl%22an%3B%20%C3%BC.csv`,
    );
  });
});
