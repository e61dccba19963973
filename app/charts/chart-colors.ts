export interface ChartColors {
  series: readonly string[];
  line: string;
  muted: string;
  ink: string;
  surface: string;
}

const seriesCount = 6;

/**
 * The tokens as a canvas needs them. A token is light-dark(…) of its theme, which only the browser can resolve: it is
 * read back from an element that wears it.
 */
export function readChartColors(host: HTMLElement): ChartColors {
  const probe = document.createElement('span');
  probe.hidden = true;
  host.append(probe);
  const read = (token: string): string => {
    probe.style.color = `var(--color-${token})`;
    return getComputedStyle(probe).color;
  };
  const colors = {
    series: Array.from({ length: seriesCount }, (_, index) => read(`series-${index + 1}`)),
    line: read('line'),
    muted: read('muted'),
    ink: read('ink'),
    surface: read('raised'),
  };
  probe.remove();
  return colors;
}

/** A colour cycle longer than its palette starts again. */
export function seriesColor(colors: ChartColors, index: number): string {
  return colors.series[index % colors.series.length] ?? colors.ink;
}

/** Calls back when the theme turns, by the toggle or by the system. Returns the way to stop. */
export function onThemeChange(callback: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  system.addEventListener('change', callback);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', callback);
  };
}
