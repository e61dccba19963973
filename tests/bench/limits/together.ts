import { readFileSync } from 'node:fs';
import { type IncomingMessage, createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type pg from 'pg';
import { openDatabase } from '../../../db/client.ts';

/** One statement as the product sends it. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** What a limit serves: the product's own statements by name, and the settings that open the tenancy. */
export interface Work {
  url: string;
  opening: Statement;
  statements: Record<string, Statement[]>;
}

export type Row = Record<string, unknown>;

/** The work that the bench wrote for this process. */
export function readWork(): Work {
  return JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Work;
}

export function openPool(work: Work): pg.Pool {
  return openDatabase({ url: work.url, name: 'bench-limit', maxConnections: 10 }).pool;
}

/** BEGIN, the tenancy, the statements and COMMIT in one message. Answers the statements' rows. */
export async function runTogether(pool: pg.Pool, work: Work, name: string): Promise<Row[][]> {
  const client = await pool.connect();
  try {
    const begun = client.query('begin read only');
    const opened = client.query({ name: 'open', ...work.opening });
    const asked = (work.statements[name] ?? []).map((statement, index) =>
      client.query<Row>({ name: `${name}-${index}`, ...statement }),
    );
    const ended = client.query('commit');
    const [, , , ...answers] = await Promise.all([begun, opened, ended, ...asked]);
    return answers.map(({ rows }) => rows);
  } finally {
    client.release();
  }
}

/** Listens on a free port and tells the bench which. An answer that fails is a 500, which the bench refuses to count. */
export function serve(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>): void {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
  process.on('disconnect', () => process.exit(0));
}
