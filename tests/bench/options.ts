import { parseArgs } from 'node:util';

export interface Options {
  /** The names of some rows, or null for all. */
  only: readonly string[] | null;
  jsonFile: string | null;
  /** 1 is the whole data set: 40 agencies, 20,000 companies, 119,500 contacts, 100,000 deals, a million daily figures. */
  scale: number;
  /** How often each subject has its turn; the median of the turns counts. */
  rounds: number;
  /** How long a turn of a load generator lasts. */
  seconds: number;
  /** Where the database is kept between runs. */
  directory: string;
  /** Whether build/ is measured as it stands, even where sources are newer. */
  keepsBuild: boolean;
}

export const USAGE = `npm run bench -- [options]
  --only ROW,ROW    some of: list-api, list-page, board, record, search, campaign, dashboard, ingestion, sync, policies, import, webhook
  --quick           three rounds of one second, a quarter of the data
  --json FILE       also write the figures as JSON
  --scale N         the size of the data set, 1 is whole
  --rounds N        rounds; the median counts
  --seconds N       the length of a turn
  --directory DIR   where the database is kept between runs (.cache/bench)
  --keep-build      measure build/ as it stands`;

/** Errors: a message for the person at the console. */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      scale: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      directory: { type: 'string', default: '.cache/bench' },
      'keep-build': { type: 'boolean', default: false },
    },
  });
  const { quick } = values;
  return {
    only: values.only?.split(',') ?? null,
    jsonFile: values.json ?? null,
    scale: positive('scale', values.scale, quick ? 0.25 : 1),
    rounds: Math.ceil(positive('rounds', values.rounds, quick ? 3 : 5)),
    seconds: positive('seconds', values.seconds, quick ? 1 : 2),
    directory: values.directory,
    keepsBuild: values['keep-build'],
  };
}

function positive(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!(value > 0)) throw new Error(`--${name} takes a number above zero.`);
  return value;
}
