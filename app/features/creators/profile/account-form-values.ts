import type { CreatorPlatform } from '../../../../server/domain/creator-platforms/schema.ts';
import { isDay } from '../../../lib/date-range.ts';
import { toPercentText, toRatio } from '../rates.ts';

export const countFields = ['followers', 'following', 'posts', 'likes'] as const;
export const meanFields = ['meanViews', 'meanLikes', 'meanComments'] as const;

/** What the form of an account begins with. */
export function valuesOfAccount(account: CreatorPlatform): Record<string, string> {
  const { isVerified, statedEngagementRate, statedEngagementBasis } = account;
  const figures = Object.fromEntries(
    [...countFields, ...meanFields].map((name) => [name, account[name]?.toString() ?? '']),
  );
  return {
    ...figures,
    handle: account.handle,
    isVerified: isVerified === null ? '' : String(isVerified),
    statedEngagementRate: statedEngagementRate === null ? '' : toPercentText(statedEngagementRate),
    statedEngagementBasis: statedEngagementBasis ?? '',
  };
}

type Written = Record<string, string | boolean | null>;

/** What an empty field means: nothing on a new account, and on one that exists that it is to be emptied. */
type Empty = 'left out' | 'emptied';

/**
 * The form as the procedures take it: digits without the marks between thousands, the rate as a ratio, the day as a
 * moment. What is none of these is passed on as it was written, and the procedures say what is wrong with it.
 */
export function readAccountForm(form: FormData, { empty, today }: { empty: Empty; today: string }): Written {
  const written: Written = {};
  const put = (name: string, toValue: (text: string) => string | boolean) => {
    const text = form.get(name);
    if (typeof text !== 'string') return;
    if (text.trim() !== '') written[name] = toValue(text.trim());
    else if (empty === 'emptied') written[name] = null;
  };
  for (const name of countFields) put(name, withoutMarks);
  for (const name of meanFields) put(name, withoutMarks);
  put('isVerified', (text) => text === 'true');
  put('statedEngagementRate', (text) => toRatio(text) ?? text);
  put('statedEngagementBasis', (text) => text);
  const day = form.get('figuresOn');
  // The figures of today are of now: noon may not have come yet.
  if (isDay(day) && day < today) written.figuresAt = `${day}T12:00:00Z`;
  return written;
}

/** 1,234,567 and 1 234 567 as 1234567; 1,5 stays as it is, since it could be two numbers. */
function withoutMarks(text: string): string {
  return /^\d{1,3}([,\s'’]\d{3})+$/.test(text) ? text.replaceAll(/\D/g, '') : text;
}
