import type pg from 'pg';
import { type Database, openDatabase } from '../../db/client.ts';

/** What a killed process says no more. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

type AnyQuery = (...given: unknown[]) => unknown;

/**
 * A process's database that dies with it: after `life` queries every connection is cut, as a SIGKILL cuts them, in the
 * middle of whatever transaction was open, and nothing can be asked any more.
 */
export function openMortal(url: string, life: number): Database {
  const database = openDatabase({ url, name: 'mortal', maxConnections: 6, pipeline: false });
  const clients = new Set<pg.PoolClient>();
  let left = life;
  const die = (asked: unknown): Promise<never> => {
    for (const client of clients) streamOf(client).destroy();
    const killed = new Killed('The process was killed.');
    // A COPY is a stream and not a promise.
    if (isStream(asked)) throw killed;
    return Promise.reject(killed);
  };
  database.pool.on('connect', (client: pg.PoolClient) => {
    clients.add(client);
    const query = client.query.bind(client) as AnyQuery;
    const counted: AnyQuery = (...given) => {
      left -= 1;
      return left < 0 ? die(given[0]) : query(...given);
    };
    Object.assign(client, { query: counted });
  });
  return database;
}

function isStream(asked: unknown): boolean {
  return typeof asked === 'object' && asked !== null && 'submit' in asked;
}

function streamOf(client: pg.PoolClient) {
  return (client as pg.PoolClient & { connection: { stream: { destroy(): void } } }).connection.stream;
}
