import type { Row } from '../bench.ts';
import { compare, figureOf, type Turn, warmUp } from '../http.ts';
import { type Line, meets, ratioOf } from '../measure.ts';
import { limitSubject, pageSubject } from './subjects.ts';

const OF_REMIX = { atLeast: 0.8 };
const OF_REACT = { atMost: 3 };

/** The page of 50 companies, beside a Remix route with the table alone and beside React without a router. */
export const listPage: Row = {
  name: 'list-page',
  title: 'the page of 50 companies',
  async measure(bench) {
    const product = await pageSubject(bench, '/companies');
    const remix = await limitSubject(bench, 'remix-route.tsx', 'companies');
    const react = await limitSubject(bench, 'react-stream.tsx', 'companies');
    await warmUp(bench.loader, [product, remix, react]);
    const lines: Line[] = [];
    for (const connections of [1, 16, 64]) {
      const subjects = { product, remix, react };
      const turns = await compare(bench.loader, subjects, { ...bench.options, connections });
      lines.push(throughput(turns, connections));
      if (connections === 1) lines.push(response(turns));
    }
    return lines;
  },
};

type Turns = Record<'product' | 'remix' | 'react', Turn[]>;

function throughput({ product, remix, react }: Turns, connections: number): Line {
  const ratio = ratioOf(
    product.map((turn) => turn.perSecond),
    remix.map((turn) => turn.perSecond),
  );
  return {
    row: 'list-page',
    load: `${connections} connections`,
    unit: 'requests/s',
    product: figureOf(product, 'requests/s'),
    limits: {
      'minimal Remix route': figureOf(remix, 'requests/s'),
      'React stream': figureOf(react, 'requests/s'),
    },
    ratio,
    against: 'minimal Remix route',
    goal: OF_REMIX,
    isMet: meets(ratio, OF_REMIX),
  };
}

function response({ product, react }: Turns): Line {
  const ratio = ratioOf(
    product.map((turn) => turn.p50Ms),
    react.map((turn) => turn.p50Ms),
  );
  return {
    row: 'list-page',
    load: 'p50, 1 connection',
    unit: 'ms',
    product: figureOf(product, 'ms'),
    limits: { 'React stream': figureOf(react, 'ms') },
    ratio,
    against: 'React stream',
    goal: OF_REACT,
    isMet: meets(ratio, OF_REACT),
  };
}
