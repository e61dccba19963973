import type { BulkSelection } from './bulk-answer.ts';

/** Which records a form is about, as hidden fields; the action reads them back (answer.server.ts). */
export function SelectionFields({ selection }: { selection: BulkSelection }) {
  return (
    <>
      {selectionEntries(selection).map(([name, value], index) => (
        <input key={`${name}-${index}`} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

export function selectionEntries(selection: BulkSelection): [string, string][] {
  const { recordIds, list, expectedCount, isBin, returnTo } = selection;
  return [
    ...recordIds.map((recordId): [string, string] => ['recordId', recordId]),
    ...(list === null ? [] : [['list', list] as [string, string]]),
    ...(expectedCount === null ? [] : [['expectedCount', String(expectedCount)] as [string, string]]),
    ...(isBin ? [['isBin', 'true'] as [string, string]] : []),
    ['returnTo', returnTo],
  ];
}
