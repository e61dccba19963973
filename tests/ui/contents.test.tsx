import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { readDeliverables, readTerms } from '../../app/features/campaign-creators/assignment-form-values.ts';
import { readRecognition, recognitionWords } from '../../app/features/campaigns/recognition.ts';
import { undecidedMatch } from '../../app/features/creator-contents/content-query.ts';
import {
  disclosureWords,
  firstLine,
  goesIn,
  matchReason,
} from '../../app/features/creator-contents/labels.ts';
import { courseOf } from '../../app/features/creator-contents/piece-course.tsx';
import { Milestones } from '../../app/features/creator-contents/piece-figures.tsx';
import { readPiece } from '../../app/features/creator-contents/piece-form-values.ts';
import type { ContentMatch, CreatorContentDetail } from '../../server/domain/creator-contents/schema.ts';

const now = '2026-11-22T12:00:00.000Z';

function formOf(fields: readonly (readonly [string, string])[]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

describe('a post', () => {
  it('is called by its first line, else by what it is', () => {
    expect(firstLine({ title: null, caption: '\n Morning light \nmore', type: 'REEL' })).toBe(
      'Morning light',
    );
    expect(firstLine({ title: null, caption: null, type: 'STORY' })).toBe('Story without text');
  });

  it('says when it goes, and nothing once it went', () => {
    expect(goesIn({ expiresAt: '2026-11-22T17:30:00.000Z' }, now)).toBe('goes in 5 h');
    expect(goesIn({ expiresAt: '2026-11-22T12:20:00.000Z' }, now)).toBe('goes within the hour');
    expect(goesIn({ expiresAt: '2026-11-22T11:00:00.000Z' }, now)).toBeNull();
    expect(goesIn({ expiresAt: null }, now)).toBeNull();
  });

  it('says what it was recognised by and what is missing of its disclosure', () => {
    expect(['HASHTAG:glow', 'MENTION:glow.beauty', 'LINK:glow.com/a', 'MANUAL'].map(matchReason)).toEqual([
      'hashtag #glow',
      'mention @glow.beauty',
      'link glow.com/a',
      'by hand',
    ]);
    expect(disclosureWords({ state: 'MISSING', found: [], missing: ['TEXT', 'LABEL'] })).toBe(
      'Missing: no word such as #ad in its text, no paid-partnership label',
    );
  });

  it('draws a gap where nobody read its figures', () => {
    const figures = {
      likes: null,
      comments: null,
      shares: null,
      saves: null,
      reach: null,
      impressions: null,
    };
    const taken = (day: number, takenAt: string, views: number) => ({
      day,
      takenAt,
      source: 'PHYLLO' as const,
      ...figures,
      views,
    });
    const course = courseOf([taken(1, '2026-11-10T08:00:00Z', 0), taken(3, '2026-11-12T08:00:00Z', 12)]);
    expect(course?.days).toEqual(['2026-11-10', '2026-11-11', '2026-11-12']);
    expect(course?.series.map(({ id, values }) => [id, values])).toEqual([['views', [0, null, 12]]]);
    expect(courseOf([])).toBeNull();
  });
});

describe('a milestone', () => {
  it('is not yet before so many whole days have passed, and not read where nobody looked until then', () => {
    const milestones = { day1: null, day7: null, day30: null };
    const rows = (publishedAt: string | null) => {
      const content = { publishedAt, milestones } as CreatorContentDetail;
      const html = renderToStaticMarkup(<Milestones content={content} now={now} />);
      return html.match(/Not yet|Not read/g);
    };
    expect(rows('2026-11-21T12:00:01.000Z')).toEqual(['Not yet', 'Not yet', 'Not yet']);
    expect(rows('2026-11-21T12:00:00.000Z')).toEqual(['Not read', 'Not yet', 'Not yet']);
    expect(rows(null)).toEqual(['Not read', 'Not read', 'Not read']);
  });
});

describe('the form of a post', () => {
  it('takes short figures, leaves an empty one unknown, and sends what is none for the schema to refuse', () => {
    const read = readPiece(
      formOf([
        ['views', '13.8K'],
        ['likes', ''],
        ['comments', 'many'],
        ['label', 'no'],
        ['publishedOn', '2026-11-10'],
      ]),
    );
    expect(read).toMatchObject({ views: 13_800, likes: null, comments: 'many', isLabelledSponsored: false });
    expect(read.publishedAt).toBe('2026-11-10T12:00:00Z');
  });

  it('keeps the moment of a day that stays', () => {
    const kept = '2026-11-10T08:15:00.000Z';
    const fields = [['publishedAt', kept]] as const;
    expect(readPiece(formOf([...fields, ['publishedOn', '2026-11-10']])).publishedAt).toBe(kept);
    expect(readPiece(formOf([...fields, ['publishedOn', '']])).publishedAt).toBeNull();
  });
});

describe('a decision over several posts', () => {
  const match = (campaignId: string, state: ContentMatch['state']): ContentMatch => ({
    campaignContentId: `m-${campaignId}`,
    campaignId,
    campaignName: campaignId,
    state,
    reasons: [],
    campaignDeliverableId: null,
    decidedById: null,
    decidedByName: null,
    decidedAt: null,
    version: 1,
  });

  it('is about the only match that waits, and about none where there are two to choose from', () => {
    const two = { matches: [match('a', 'PENDING'), match('b', 'PENDING')] };
    expect(undecidedMatch(two, null)).toBeNull();
    expect(undecidedMatch(two, 'b')?.campaignId).toBe('b');
    expect(undecidedMatch({ matches: [match('a', 'CONFIRMED')] }, null)).toBeNull();
  });
});

describe('the form of an assignment', () => {
  it('leaves lines without network and type out, and empties what was emptied', () => {
    const line = (platform: string, type: string) =>
      [
        ['deliverables.campaignDeliverableId', ''],
        ['deliverables.platform', platform],
        ['deliverables.type', type],
        ['deliverables.count', '2'],
        ['deliverables.dueOn', ''],
        ['deliverables.note', ''],
      ] as const;
    const form = formOf([['fee', ''], ['feeType', ''], ...line('INSTAGRAM', 'REEL'), ...line('', '')]);
    expect(readDeliverables(form)).toHaveLength(2);
    expect(readTerms(form)).toEqual({
      fee: null,
      deliverables: [
        { platform: 'INSTAGRAM', type: 'REEL', count: 2, dueOn: null, revisionRounds: null, note: null },
      ],
    });
  });
});

describe('what a campaign is recognised by', () => {
  it('is read from one line with any comma, each word once', () => {
    expect(recognitionWords(' #glow, #summer;#glow، @a ')).toEqual(['#glow', '#summer', '@a']);
    expect(readRecognition(formOf([['hashtags', '']]))).toEqual({ hashtags: [] });
    expect(readRecognition(formOf([]))).toEqual({});
  });
});
