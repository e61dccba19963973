import type { Row } from '../bench.ts';
import { compare, figureOf, warmUp } from '../http.ts';
import { ratioOf } from '../measure.ts';
import { limitSubject, pageSubject } from './subjects.ts';

/** The page of one company with its timeline, beside a Remix route with a table of 50 rows. It has no goal yet. */
export const record: Row = {
  name: 'record',
  title: 'the page of one company with its timeline',
  async measure(bench) {
    const product = await pageSubject(bench, `/companies/${bench.dataset.companyId}`);
    const remix = await limitSubject(bench, 'remix-route.tsx', 'companies');
    await warmUp(bench.loader, [product, remix]);
    const turns = await compare(bench.loader, { product, remix }, { ...bench.options, connections: 1 });
    const ratio = ratioOf(
      turns.product.map((turn) => turn.p50Ms),
      turns.remix.map((turn) => turn.p50Ms),
    );
    return [
      {
        row: 'record',
        load: 'p50, 1 connection',
        unit: 'ms',
        product: figureOf(turns.product, 'ms'),
        limits: { 'minimal Remix route': figureOf(turns.remix, 'ms') },
        ratio,
        against: 'minimal Remix route',
        goal: null,
        isMet: null,
      },
    ];
  },
};
