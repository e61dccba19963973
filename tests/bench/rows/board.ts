import type { Row } from '../bench.ts';
import { compare, figureOf, warmUp } from '../http.ts';
import { meets, median, ratioOf } from '../measure.ts';
import { limitSubject, pageSubject } from './subjects.ts';

const API_GOAL = { atLeast: 0.5 };
const PAGE_GOAL = { atMost: 1.3 };

/** The board over 10,000 open deals (at scale 1): the door's answer beside its statements, and the page beside both. */
export const board: Row = {
  name: 'board',
  title: 'the board',
  async measure(bench) {
    const api = await pageSubject(bench, '/api/trpc/deals.board?input=%7B%7D');
    const page = await pageSubject(bench, '/deals');
    const statements = await limitSubject(bench, 'node-pg.ts', 'board');
    const remix = await limitSubject(bench, 'remix-route.tsx', 'companies');
    const subjects = { api, page, statements, remix };
    await warmUp(bench.loader, Object.values(subjects));
    const turns = await compare(bench.loader, subjects, { ...bench.options, connections: 1 });
    const limitMs = turns.statements.map(
      ({ p50Ms }, round) => p50Ms + (turns.remix[round]?.p50Ms ?? Number.NaN),
    );
    const pageRatio = ratioOf(
      turns.page.map((turn) => turn.p50Ms),
      limitMs,
    );
    const apiRatio = ratioOf(
      turns.api.map((turn) => turn.perSecond),
      turns.statements.map((turn) => turn.perSecond),
    );
    const own = figureOf(turns.statements, 'ms');
    const both = { median: median(limitMs), p50Ms: null, p95Ms: null, cpuMs: null };
    return [
      {
        row: 'board',
        load: 'live answer, 1 connection',
        unit: 'requests/s',
        product: figureOf(turns.api, 'requests/s'),
        limits: { 'node and pg': figureOf(turns.statements, 'requests/s') },
        ratio: apiRatio,
        against: 'node and pg',
        goal: API_GOAL,
        isMet: meets(apiRatio, API_GOAL),
      },
      {
        row: 'board',
        load: 'page, p50, 1 connection',
        unit: 'ms',
        product: figureOf(turns.page, 'ms'),
        limits: { 'its statements': own, 'minimal Remix route': figureOf(turns.remix, 'ms'), both: both },
        ratio: pageRatio,
        against: 'both',
        goal: PAGE_GOAL,
        isMet: meets(pageRatio, PAGE_GOAL),
      },
    ];
  },
};
