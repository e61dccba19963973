import { describe, expect, test } from 'vitest';
import { Secret } from '../../server/kernel/crypto.ts';
import { createLogger, type Logger } from '../../server/kernel/log.ts';

function written(log: (logger: Logger) => void): Record<string, unknown> {
  const lines: string[] = [];
  log(createLogger({ name: 'test', level: 'info', destination: { write: (line) => void lines.push(line) } }));
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

describe('a log line', () => {
  test('is JSON with its level by name, its time in UTC and its logger', () => {
    const line = written((logger) => logger.info({ requestId: 'r1', organizationId: 'o1' }, 'done'));
    expect(line).toMatchObject({
      level: 'info',
      name: 'test',
      requestId: 'r1',
      organizationId: 'o1',
      msg: 'done',
    });
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  test.each([
    ['a token by key', { access_token: 'canary' }],
    ['a token in any spelling', { 'X-Refresh-Token': 'canary', refreshToken: 'canary' }],
    [
      'a header',
      { request: { headers: { authorization: 'canary', cookie: 'canary', 'set-cookie': ['canary'] } } },
    ],
    ['a password deep inside', { a: { b: [{ c: { password: 'canary' } }] } }],
    ['a person’s mail by key', { contact: { email: 'canary', emails: ['canary'] } }],
    ['a person’s mail in text', { note: 'wrote to canary@example.com today' }],
    ['a token in an address', { url: 'https://graph.facebook.com/me?access_token=canary&fields=id' }],
    ['an authorization in text', { note: 'sent Bearer canary' }],
    ['a password in an address', { url: 'postgres://app:canary@127.0.0.1/x' }],
    ['a secret', { anything: new Secret('canary') }],
  ])('does not show %s', (_what, fields) => {
    expect(JSON.stringify(written((logger) => logger.info(fields, 'done')))).not.toContain('canary');
  });

  test('does not show a secret that an error carries, and keeps its type, text and stack', () => {
    const error = Object.assign(new TypeError('refused for canary@example.com'), {
      config: { appSecret: 'canary' },
    });
    const line = written((logger) => logger.error(error));
    expect(JSON.stringify(line)).not.toContain('canary');
    expect(line.err).toMatchObject({ type: 'TypeError', message: 'refused for [redacted]' });
    expect((line.err as { stack: string }).stack).toContain('log.test.ts');
  });

  test('does not show a mail address among a child logger’s own fields', () => {
    const line = written((logger) => logger.child({ principal: 'canary@example.com' }).info('done'));
    expect(line.principal).toBe('[redacted]');
  });

  test('stays JSON whatever quotes surround what it hides', () => {
    const line = written((logger) =>
      logger.info({ body: '{"q":"access_token=canary\\"","mail":"canary@example.com"}' }),
    );
    expect(line.body).not.toContain('canary');
  });

  test('keeps counts and yes or no under such names', () => {
    expect(written((logger) => logger.info({ tokens: 3, hasPassword: true }))).toMatchObject({
      tokens: 3,
      hasPassword: true,
    });
  });
});
