import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareGrown } from '../../app/lib/change.ts';
import { formatChange } from '../../app/lib/format.ts';

describe('how much a figure grew', () => {
  it('is a share of what it was, exact, rounded once half away from zero', () => {
    expect(shareGrown('1124.00', '1000')).toBe('0.124');
    expect(shareGrown('999.5', '1000')).toBe('-0.001');
    expect(shareGrown('1000.4', '1000')).toBe('0.000');
    expect(shareGrown('1000.5', '1000')).toBe('0.001');
    expect(shareGrown(150, 100)).toBe('0.500');
    expect(shareGrown('9007199254740993', '9007199254740992')).toBe('0.000');
  });

  it('is measured by the size of a credit', () => {
    expect(shareGrown('-50', '-100')).toBe('0.500');
    expect(shareGrown('-150', '-100')).toBe('-0.500');
  });

  it('is unknown where either figure is, and where it was nothing', () => {
    expect([shareGrown(null, '1'), shareGrown('1', null), shareGrown('5', '0.00'), shareGrown(0, 0)]).toEqual(
      [null, null, null, null],
    );
  });

  it('has the sign of the difference, whatever the figures', () => {
    const cents = fc.integer({ min: 1, max: 1_000_000_000 });
    fc.assert(
      fc.property(cents, cents, (now, before) => {
        const grown = Number(shareGrown((now / 100).toFixed(2), (before / 100).toFixed(2)));
        expect(Math.sign(grown) * Math.sign(now - before)).toBeGreaterThanOrEqual(0);
        expect(Math.abs(grown - (now - before) / before)).toBeLessThanOrEqual(
          0.0005 + 1e-6 * Math.abs(grown),
        );
      }),
    );
  });

  it('is shown with its sign, also where it is a loss', () => {
    expect([
      formatChange('0.124'),
      formatChange('-0.030'),
      formatChange('0.000'),
      formatChange('12.345'),
    ]).toEqual(['+12.4%', '-3.0%', '0.0%', '+1,234.5%']);
  });
});
