import { useNavigation } from '@remix-run/react';

/** Says that the next page is coming: a line for eyes, a word for ears. */
export function NavigationProgress() {
  const isBusy = useNavigation().state !== 'idle';
  return (
    <div role="status" aria-live="polite">
      {isBusy && (
        <>
          <div className="navigation-progress" />
          <span className="sr-only">Loading</span>
        </>
      )}
    </div>
  );
}
