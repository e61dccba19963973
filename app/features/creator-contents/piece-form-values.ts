import type { CreatorContent } from '../../../server/domain/creator-contents/schema.ts';
import { toCount } from '../creators/roster-query.ts';

export const figureFields = [
  'views',
  'likes',
  'comments',
  'shares',
  'saves',
  'reach',
  'impressions',
] as const;
const texts = ['title', 'caption'] as const;

export type PieceField =
  (typeof figureFields)[number] | (typeof texts)[number] | 'type' | 'publishedOn' | 'label';

/** Whether the network shows its label, as the form's choice says it. */
export const labelChoices = { yes: 'It shows one', no: 'It shows none' } as const;

/** What the form says of a piece, as the procedures take it; their own schema judges it. */
export function readPiece(form: Pick<FormData, 'get'>): Record<string, unknown> {
  const text = (name: PieceField) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const figures = figureFields.map((name) => [name, readFigure(text(name))] as const);
  const publishedOn = text('publishedOn');
  return {
    ...(text('type') && { type: text('type') }),
    ...Object.fromEntries(texts.map((name) => [name, text(name) || null])),
    publishedAt: publishedOn === '' ? null : momentOn(publishedOn, form.get('publishedAt')),
    isLabelledSponsored: text('label') === '' ? null : text('label') === 'yes',
    ...Object.fromEntries(figures),
  };
}

/** The day alone is asked for: a known moment of that day stays, else noon, which is that day in nearly every zone. */
function momentOn(day: string, known: FormDataEntryValue | null): string {
  return typeof known === 'string' && known.startsWith(day) ? known : `${day}T12:00:00Z`;
}

/** "13.8K" is a count; what is none is sent as it stands, for the schema to refuse. */
function readFigure(typed: string): number | string | null {
  if (typed === '') return null;
  const digits = toCount(typed);
  return digits === null ? typed : Number(digits);
}

export function pieceValues(content: CreatorContent): Record<PieceField, string> {
  const { type, title, caption, publishedAt, isLabelledSponsored } = content;
  const figures = figureFields.map((name) => [name, content[name] === null ? '' : String(content[name])]);
  return {
    ...(Object.fromEntries(figures) as Record<(typeof figureFields)[number], string>),
    type,
    title: title ?? '',
    caption: caption ?? '',
    publishedOn: publishedAt?.slice(0, 10) ?? '',
    label: isLabelledSponsored === null ? '' : isLabelledSponsored ? 'yes' : 'no',
  };
}
