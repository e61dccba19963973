import type { Delta } from './deltas.ts';

/**
 * "▲ +12.4%": the sign is read out, the arrow is drawn by the stylesheet, and the colour only repeats whether that is
 * better or worse, which the title says. One element, for cells: call it as a function there.
 */
export function DeltaMark({ delta, before }: { delta: Delta; before: string }) {
  const { text, direction, tone, word } = delta;
  const judged = tone === 'neutral' ? '' : tone === 'good' ? ': better' : ': worse';
  const title = direction === 'same' ? `As before: ${before}` : `Was ${before}, now ${word}${judged}`;
  return (
    <small className="delta" data-direction={direction} data-tone={tone} title={title}>
      {text}
    </small>
  );
}
