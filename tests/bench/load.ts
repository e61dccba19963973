import autocannon from 'autocannon';
import { percentile } from './measure.ts';

/** What the bench asks of the load generator. */
export interface LoadRequest {
  url: string;
  headers: Record<string, string>;
  connections: number;
  seconds: number;
}

export interface LoadAnswer {
  perSecond: number;
  requests: number;
  p50Ms: number;
  p95Ms: number;
  /** Of one answer, as it was sent. */
  bytes: number;
  /** Answers that were no success, and connections that failed. */
  failures: number;
}

process.on('message', (request: LoadRequest) => {
  run(request).then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));

/** What takes longer than a turn is asked for once by each connection. */
async function run(request: LoadRequest): Promise<LoadAnswer> {
  const { connections, seconds } = request;
  const answer = await shoot(request, { duration: seconds });
  return answer.requests + answer.failures > 0 ? answer : shoot(request, { amount: connections });
}

function shoot(
  { url, headers, connections }: LoadRequest,
  until: { duration: number } | { amount: number },
): Promise<LoadAnswer> {
  const times: number[] = [];
  const startedAt = performance.now();
  let endedAt = startedAt;
  return new Promise((resolve, reject) => {
    const instance = autocannon({ url, headers, connections, timeout: 60, ...until }, (error, result) => {
      if (error) return reject(error as Error);
      resolve({
        perSecond: (times.length / (endedAt - startedAt)) * 1000,
        requests: times.length,
        p50Ms: percentile(times, 50),
        p95Ms: percentile(times, 95),
        bytes: Math.round(result.throughput.total / Math.max(1, result.requests.total)),
        failures: result.non2xx + result.errors,
      });
    });
    instance.on('response', (_client, _status, _bytes, time) => {
      times.push(time);
      endedAt = performance.now();
    });
  });
}
