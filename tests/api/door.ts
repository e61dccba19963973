import { type AddressInfo } from 'node:net';
import express from 'express';
import { expect } from 'vitest';
import { apiDoors, unknownApi } from '../../app/http/api-doors.ts';
import { requestLog } from '../../app/http/request-log.ts';
import { securityHeaders } from '../../app/http/security-headers.ts';
import type { Services } from '../../server/api/context.ts';
import { type RestRoute, routesOf } from '../../server/api/rest-routes.ts';
import { appRouter } from '../../server/api/root.ts';

/** Every address of the REST door. */
export const routes: readonly RestRoute[] = routesOf(appRouter);

/** An answer of the door, its body read. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

export interface Sent {
  key?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The API's doors behind a real port, with the headers and the log of the web process. */
export class Doors {
  readonly url: string;
  private readonly stop: () => Promise<void>;

  private constructor(url: string, stop: () => Promise<void>) {
    this.url = url;
    this.stop = stop;
  }

  static async open(services: Services): Promise<Doors> {
    const app = express();
    app.disable('x-powered-by');
    app.disable('etag');
    app.use(requestLog(services.log), securityHeaders(services.config, false));
    app.use('/api', apiDoors(services), unknownApi(services));
    const server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    return new Doors(`http://127.0.0.1:${port}`, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
  }

  close(): Promise<void> {
    return this.stop();
  }

  /** `request` is a method and a path of the REST door: "GET /companies". A body that is no string goes as JSON. */
  async rest(request: string, { key, body, headers = {} }: Sent = {}): Promise<Answer> {
    const [method = 'GET', path = '/'] = request.split(' ');
    const raw = body instanceof Uint8Array ? new Blob([new Uint8Array(body)]) : body;
    const written = typeof raw === 'string' || raw instanceof Blob ? raw : JSON.stringify(raw);
    return this.send(method, `/api/social-media${path}`, {
      headers: {
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: written }),
    });
  }

  async send(
    method: string,
    path: string,
    init: { headers?: Record<string, string>; body?: BodyInit },
  ): Promise<Answer> {
    const response = await fetch(this.url + path, { method, redirect: 'manual', ...init });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
    const body = (isJson && text !== '' ? JSON.parse(text) : {}) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, text, body };
  }
}

/** Holds for every refusal: one shape, one id in body and header, no trace of what is inside. */
export function expectError(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.body.code, answer.text]).toEqual([status, code, answer.text]);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const { issues, requestId, message, ...rest } = answer.body;
  expect(Object.keys(rest)).toEqual(['code']);
  expect(message).toEqual(expect.stringMatching(/\S/));
  expect(requestId).toBe(answer.headers.get('x-request-id'));
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  if (issues !== undefined) {
    for (const issue of issues as unknown[]) {
      expect(issue).toEqual({
        path: expect.any(String) as string,
        message: expect.stringMatching(/\S/) as string,
      });
    }
  }
  expect(answer.text).not.toMatch(/node_modules|\.ts:|select |insert |pg_|spokestack_app/i);
}

/** The fields that a refusal names. */
export function fieldsOf(answer: Answer): string[] {
  return ((answer.body.issues ?? []) as { path: string }[]).map(({ path }) => path);
}

/** The answer without what differs from one request to the next. */
export function comparable({ status, body }: Answer): unknown {
  const { requestId: _requestId, ...rest } = body;
  return { status, ...rest };
}
