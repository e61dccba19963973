import type { Row } from '../bench.ts';
import { compare, figureOf, warmUp } from '../http.ts';
import { type Line, meets, ratioOf } from '../measure.ts';
import { apiSubject, limitSubject } from './subjects.ts';

const GOAL = { atLeast: 0.5 };

/** 50 companies as JSON through the REST door, beside node:http and pg with the same statements and tenancy. */
export const listApi: Row = {
  name: 'list-api',
  title: '50 companies as JSON',
  async measure(bench) {
    const product = await apiSubject(bench, '/companies?limit=50');
    const limit = await limitSubject(bench, 'node-pg.ts', 'companies');
    await warmUp(bench.loader, [product, limit]);
    const lines: Line[] = [];
    for (const connections of [1, 16, 64]) {
      const turns = await compare(bench.loader, { product, limit }, { ...bench.options, connections });
      const ratio = ratioOf(
        turns.product.map((turn) => turn.perSecond),
        turns.limit.map((turn) => turn.perSecond),
      );
      lines.push({
        row: 'list-api',
        load: `${connections} connections`,
        unit: 'requests/s',
        product: figureOf(turns.product, 'requests/s'),
        limits: { 'node and pg': figureOf(turns.limit, 'requests/s') },
        ratio,
        against: 'node and pg',
        goal: GOAL,
        isMet: meets(ratio, GOAL),
      });
    }
    return lines;
  },
};
