import { useFetcher, useFetchers, useLocation } from '@remix-run/react';
import { paths } from '../../lib/paths.ts';
import { isTheme, themes, type Theme } from '../../lib/theme.ts';

const fetcherKey = 'theme';

const labels: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };

/** The theme on its way to the server, so that the page turns at once; otherwise the saved one. */
export function useTheme(saved: Theme): Theme {
  const sent = useFetchers()
    .find(({ key }) => key === fetcherKey)
    ?.formData?.get('theme');
  return isTheme(sent) ? sent : saved;
}

/** Three buttons of one form. Without a script it posts, keeps the cookie and comes back to the same page. */
export function ThemeToggle({ theme }: { theme: Theme }) {
  const fetcher = useFetcher({ key: fetcherKey });
  const { pathname, search } = useLocation();
  const current = useTheme(theme);
  return (
    <fetcher.Form method="post" action={paths.settingsTheme()} preventScrollReset data-keep-open>
      <input type="hidden" name="returnTo" value={`${pathname}${search}`} />
      <fieldset className="flex rounded-md bg-active p-0.5">
        <legend className="sr-only">Theme</legend>
        {themes.map((choice) => {
          const isChosen = choice === current;
          return (
            <button
              key={choice}
              name="theme"
              value={choice}
              aria-pressed={isChosen}
              className={`flex h-7 flex-1 items-center justify-center rounded-sm px-2 text-sm font-medium ${isChosen ? 'bg-raised text-ink shadow-control' : 'text-muted hover:text-ink'}`}
            >
              {labels[choice]}
            </button>
          );
        })}
      </fieldset>
    </fetcher.Form>
  );
}
