import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError } from './command.ts';

const TIMEOUT_MS = 120_000;

/** Asks `url` until it answers 200. Throws CommandError with its last answer when it has not after two minutes. */
export async function waitUntilReady(url: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const answer = await ask(url);
    if (answer.startsWith('200 ')) return;
    if (Date.now() > deadline) throw new CommandError(`${url} is not ready after two minutes: ${answer}`);
    await sleep(100, undefined, { signal });
  }
}

/** The status and the body of what `url` answers, or why it did not answer. */
function ask(url: string): Promise<string> {
  return new Promise((resolve) => {
    const request = http.get(url, { timeout: 5_000, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve(`${response.statusCode ?? 0} ${body}`));
      response.on('error', (error) => resolve(error.message));
    });
    request.on('timeout', () => request.destroy(new Error('no answer within 5 s')));
    request.on('error', (error) => resolve(error.message));
  });
}
