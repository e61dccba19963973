import { pino, stdSerializers, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
export type LoggerOptions = {
  /** Which process speaks: web, jobs, launcher … */
  name: string;
  level: LogLevel;
  /** Where the lines go instead of standard output; tests read them here. */
  destination?: { write(line: string): void };
};

const REDACTED = '[redacted]';
const MAX_DEPTH = 8;

// Matched against the key without its separators, so access_token, accessToken and x-access-token are one.
const SENSITIVE_KEY =
  /(token|secret|password|passphrase|authorization|cookie|apikey|privatekey|credential|signature|codeverifier|e?mail)s?$/;
const NOT_SENSITIVE = new Set(['pagetoken', 'nextpagetoken']);

// Applied to finished JSON lines, so no pattern may swallow a quote or a backslash.
const TEXT_RULES: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${REDACTED}`],
  [
    /\b((?:access|refresh|fb_exchange|input|id)?_?token|(?:client_|app_)?secret|appsecret_proof|password|(?:auth_)?code(?:_verifier)?)=[^&\s"'\\]+/gi,
    `$1=${REDACTED}`,
  ],
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@"\\]+):[^\s@/"\\]+@/gi, `$1:${REDACTED}@`],
  [/[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi, REDACTED],
];

/** `text` without tokens, passwords in addresses, or people's mail addresses. */
export function redactText(text: string): string {
  return TEXT_RULES.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

/** A copy of `value` for the log in which what stands under a sensitive key is replaced, whatever its depth. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '[too deep]';
  if (value instanceof Error) return redact(stdSerializers.err(value), depth);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return redact((value as { toJSON(): unknown }).toJSON(), depth + 1);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      isSensitive(key) && holdsText(item) ? REDACTED : redact(item, depth + 1),
    ]),
  );
}

function isSensitive(key: string): boolean {
  const plain = key.replaceAll(/[-_.\s]/g, '').toLowerCase();
  return SENSITIVE_KEY.test(plain) && !NOT_SENSITIVE.has(plain);
}

/** Booleans and counts under such a key (`hasToken: true`) give nothing away. */
function holdsText(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}

/** A logger of JSON lines that holds back tokens, secrets and people's mail addresses. */
export function createLogger({ name, level, destination }: LoggerOptions): Logger {
  const options = {
    name,
    level,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) => redact(fields) as Record<string, unknown>,
    },
    // `redact` above has made the error plain already; pino's own serializer would lose its type.
    serializers: { err: (error: unknown) => error },
    hooks: { streamWrite: redactText },
  };
  return destination ? pino(options, destination) : pino(options);
}
