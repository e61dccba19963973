import type { z } from 'zod';
import type { Explanation } from '../../server/domain/explanations/schema.ts';
import { explainFeeInput } from '../../server/domain/campaign-creators/schema.ts';
import { explainCostInput } from '../../server/domain/costs/schema.ts';
import { explainInput } from '../../server/domain/metrics/dashboard-schema.ts';
import { explainPacingInput } from '../../server/domain/pacing/schema.ts';
import { type ExplainKind, explainKinds } from '../lib/explain-kinds.ts';
import type { Api } from './api.server.ts';

export interface ExplainedData {
  explanation: Explanation;
  /** The query that was asked, as it stood in the address. */
  query: string;
}

type Query = Record<string, unknown>;

/** Which procedure explains a kind, and how its input is read from an address. */
const kinds: Readonly<Record<ExplainKind, (caller: Api, query: Query) => Promise<Explanation>>> = {
  metric: (caller, query) => caller.metrics.explain(read(explainInput, query)),
  pacing: (caller, query) => caller.pacing.explain(read(explainPacingInput, query)),
  cost: (caller, query) => caller.costs.explain(read(explainCostInput, query)),
  fee: (caller, query) => caller.campaignCreators.explainFee(read(explainFeeInput, query)),
};

/** A figure's explanation by its address. Errors: a 400 Response where the address is of no figure. */
export async function readExplanation(caller: Api, url: URL): Promise<ExplainedData> {
  const { of, ...query } = Object.fromEntries(url.searchParams);
  const kind = explainKinds.find((known) => known === of);
  if (!kind) throw noFigure();
  return { explanation: await kinds[kind](caller, typed(query)), query: url.search.slice(1) };
}

/** Lists are joined by commas, and what is true or false says so. */
function typed(query: Readonly<Record<string, string>>): Query {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]): [string, unknown] => {
      if (name.endsWith('Ids')) return [name, value.split(',')];
      return [name, value === 'true' ? true : value === 'false' ? false : value];
    }),
  );
}

function read<S extends z.ZodType>(schema: S, query: Query): z.output<S> {
  const parsed = schema.safeParse(query);
  if (!parsed.success) throw noFigure();
  return parsed.data;
}

function noFigure(): Response {
  const message = 'This address is of no figure. Open it once more from the page that shows the figure.';
  return Response.json({ message }, { status: 400, statusText: message });
}
