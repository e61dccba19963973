import { afterEach, beforeEach } from 'vitest';

// An unexpected console.error fails the test; a test that expects one puts its own in place of this.
const { error: original } = console;
let unexpected: unknown[][] = [];

beforeEach(() => {
  unexpected = [];
  const record = (...args: unknown[]) => {
    unexpected.push(args);
    original(...args);
  };
  Object.assign(console, { error: record });
});

afterEach(() => {
  Object.assign(console, { error: original });
  const [first] = unexpected;
  if (first) throw new Error(`console.error was called: ${first.map(String).join(' ')}`);
});
