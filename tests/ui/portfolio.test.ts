import { describe, expect, it } from 'vitest';
import { nextPortfolioSort } from '../../app/features/portfolio/portfolio-query.ts';
import { portfolioInput, portfolioSorts } from '../../server/domain/portfolio/schema.ts';

describe('the order of the portfolio', () => {
  it('turns round where a column has another way, and stays where it has none', () => {
    expect(nextPortfolioSort(null, '-spent')).toBe('-spent');
    expect(nextPortfolioSort('-spent', '-spent')).toBe('spent');
    expect(nextPortfolioSort('spent', '-spent')).toBe('-spent');
    expect(nextPortfolioSort('status', 'status')).toBe('status');
    expect(nextPortfolioSort('pace', 'pace')).toBe('pace');
  });

  it('is one that the server knows, whatever stands in the address', () => {
    for (const current of [null, 'nonsense', ...portfolioSorts])
      for (const sort of portfolioSorts)
        expect(portfolioInput.safeParse({ sort: nextPortfolioSort(current, sort) }).success).toBe(true);
  });
});
