import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { AgePyramid } from '../../app/charts/age-pyramid.tsx';
import { isAlone } from '../../app/charts/series.ts';
import { ShareBars } from '../../app/charts/share-bars.tsx';

const countries = ['50', '25', '12.5', '0.04'].map((percent, at) => ({
  id: `C${at}`,
  label: `Country ${at}`,
  percent,
}));

describe('bars of shares', () => {
  const html = renderToStaticMarkup(<ShareBars title="Countries" shares={countries} limit={3} />);

  it('are a table with a row header each', () => {
    expect(html).toContain('<th scope="row">Country 0</th>');
    expect(html).toContain('>12.5%<');
    expect(html.match(/<h3 id="([^"]+)"/)?.[1]).toBe(html.match(/aria-labelledby="([^"]+)"/)?.[1]);
  });

  it('are as wide as their share of the largest, without an inline style', () => {
    expect([...html.matchAll(/width="([\d.]+)%"/g)].map(([, width]) => Number(width))).toEqual([
      100, 50, 25, 0.08,
    ]);
    expect(html).not.toContain('style=');
  });

  it('unfold what is beyond the first', () => {
    expect(html).toContain('1 more</summary>');
    expect(html).toContain('aria-label="Countries: the others"');
  });
});

describe('the pyramid of ages', () => {
  const html = renderToStaticMarkup(
    <AgePyramid
      title="Age and gender"
      shares={[
        { gender: 'MALE', ageRange: '18-24', percent: '20' },
        { gender: 'FEMALE', ageRange: '18-24', percent: '40.26' },
        { gender: 'FEMALE', ageRange: '65+', percent: '0' },
      ]}
    />,
  );

  it('has the oldest on top', () => {
    expect(html.indexOf('65+')).toBeLessThan(html.indexOf('18–24'));
  });

  it('says a group that nobody told as untold, and a zero as a zero', () => {
    const [oldest] = html.split('<tbody>')[1]?.split('</tr>') ?? [];
    expect(oldest).toContain('0.0%');
    expect(oldest).toContain('—');
  });

  it('has no column for what is in no row', () => {
    expect(html).not.toContain('Other');
  });
});

it('a day between two gaps is drawn as a point', () => {
  const values = [1, null, 2, null, 3, 4];
  expect(values.map((_, index) => isAlone(values, index))).toEqual([true, false, true, false, false, false]);
});
