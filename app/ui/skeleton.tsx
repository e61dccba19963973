import { classNames } from './class-names.ts';

/** A grey bar in the shape of what is coming. Hidden from screen readers: the region's aria-busy speaks for it. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={classNames('block h-3 animate-pulse rounded-sm bg-active', className ?? 'w-full')}
    />
  );
}

/** A table's worth of bars, for a deferred part of a page. */
export function SkeletonRows({ count = 5, label = 'Loading' }: { count?: number; label?: string }) {
  return (
    <div role="status" aria-busy="true" aria-label={label} className="grid gap-4 p-4">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="grid grid-cols-[2fr_1fr_1fr] gap-6">
          <Skeleton />
          <Skeleton className="w-2/3" />
          <Skeleton className="w-1/2 justify-self-end" />
        </div>
      ))}
    </div>
  );
}
