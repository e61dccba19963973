import type { ReactNode } from 'react';

/** A record's page: what it is on the left, what happened in the middle, what belongs to it on the right. */
export function RecordLayout({
  summary,
  timeline,
  related,
}: {
  summary: ReactNode;
  timeline: ReactNode;
  related?: ReactNode;
}) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)] xl:grid-cols-[20rem_minmax(0,1fr)_20rem]">
      <div className="grid gap-4">{summary}</div>
      <div className="grid gap-4">{timeline}</div>
      {related && <div className="grid gap-4 lg:col-start-2 xl:col-start-auto">{related}</div>}
    </div>
  );
}
