/** Widths move in steps of one rem at the browser's usual size: each step has its rule in styles/columns.css. */
const stepPx = 16;
const fewestSteps = 4;
const mostSteps = 60;

/** The step of a width in pixels, from 4 to 60. */
export function widthStep(px: number): number {
  return Math.min(mostSteps, Math.max(fewestSteps, Math.round(px / stepPx)));
}

/** The width that is kept: whole steps, within what the stylesheet knows. */
export function toWidth(px: number): number {
  return widthStep(px) * stepPx;
}

export const narrowest = fewestSteps * stepPx;
export const widest = mostSteps * stepPx;
