import { writeFileSync } from 'node:fs';
import { type Reporter, type TestCase, type TestModule, type TestSuite } from 'vitest/node';

/** What a run came to, by single test case; a file or hook that failed is a case of its own. */
export type Tally = {
  passed: number;
  failed: { name: string; error: string }[];
  skipped: { name: string; reason: string }[];
};

/** Writes the run's tally to the file that SPOKESTACK_TALLY names, for tests/run.ts. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly { message: string; stack?: string }[],
  ): void {
    const tally: Tally = { passed: 0, failed: [], skipped: [] };
    for (const module of modules) {
      countErrors(tally, module, nameOf(module));
      for (const suite of module.children.allSuites())
        countErrors(tally, suite, `${nameOf(module)} › ${suite.fullName}`);
      for (const test of module.children.allTests()) count(tally, test);
    }
    for (const { message, stack } of unhandled) {
      tally.failed.push({ name: 'an error that no test awaited', error: stack ?? message });
    }
    const file = process.env.SPOKESTACK_TALLY;
    if (file) writeFileSync(file, JSON.stringify(tally));
  }
}

function count(tally: Tally, test: TestCase): void {
  const name = `${nameOf(test.module)} › ${test.fullName}`;
  const result = test.result();
  if (result.state === 'passed') tally.passed += 1;
  else if (result.state === 'skipped') tally.skipped.push({ name, reason: reasonOf(test, result.note) });
  else tally.failed.push({ name, error: textOf(result.errors ?? [], 'it did not finish') });
}

function countErrors(tally: Tally, owner: TestModule | TestSuite, name: string): void {
  if (owner.errors().length > 0) tally.failed.push({ name, error: textOf(owner.errors(), '') });
}

/** A skip says why: in its note, or in brackets in its own name or a name above it. */
function reasonOf(test: TestCase, note: string | undefined): string {
  const [, bracketed] = /\[([^\]]+)\][^[]*$/.exec(test.fullName) ?? [];
  if (test.options.mode === 'todo') return 'it is not written yet';
  if (test.module.errors().length > 0 || hasFailedSuite(test)) return 'a hook before it failed';
  return note ?? bracketed ?? 'no reason is given';
}

function hasFailedSuite(test: TestCase): boolean {
  for (let parent = test.parent; parent.type === 'suite'; parent = parent.parent) {
    if (parent.errors().length > 0) return true;
  }
  return false;
}

function nameOf(module: TestModule): string {
  return `${module.project.name} ${module.relativeModuleId}`;
}

function textOf(
  errors: readonly { message: string; stack?: string | undefined }[],
  otherwise: string,
): string {
  return errors.map(({ message, stack }) => withoutPackages(stack ?? message)).join('\n') || otherwise;
}

/** The lines of a stack that are ours. */
function withoutPackages(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => !line.includes('/node_modules/'))
    .join('\n');
}
