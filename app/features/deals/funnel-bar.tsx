/** How many entered a stage beside the fullest, and within that how many went on. The table's figures say the same. */
export function FunnelBar({ entered, advanced, most }: { entered: number; advanced: number; most: number }) {
  const width = (count: number) => String(Math.round((count / most) * 100));
  return (
    <svg viewBox="0 0 100 8" preserveAspectRatio="none" className="h-2 w-40" aria-hidden="true">
      <rect width={width(entered)} height="8" rx="1" className="fill-accent-soft" />
      <rect width={width(advanced)} height="8" rx="1" className="fill-accent" />
    </svg>
  );
}
