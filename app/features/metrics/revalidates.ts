import type { ShouldRevalidateFunctionArgs } from '@remix-run/react';

/** Which figure the chart draws needs nothing of the server: all of them are there. */
export function revalidatesFigures({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs): boolean {
  const isAsked = formMethod !== undefined && formMethod.toUpperCase() !== 'GET';
  if (isAsked || currentUrl.href === nextUrl.href) return defaultShouldRevalidate;
  const [before, after] = [currentUrl, nextUrl].map((url) => {
    const search = new URLSearchParams(url.search);
    search.delete('metric');
    return `${url.pathname}?${search.toString()}`;
  });
  return before === after ? false : defaultShouldRevalidate;
}
