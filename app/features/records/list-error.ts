/** What is wrong with a field of several lines: each refusal with the line that it is about. */
export function listError(
  errors: Readonly<Record<string, string>> | undefined,
  name: string,
): string | undefined {
  const own = Object.entries(errors ?? {}).flatMap(([path, message]) => {
    if (path === name) return [message];
    const line = path.startsWith(`${name}.`) ? Number(path.slice(name.length + 1)) : NaN;
    return Number.isInteger(line) ? [`Line ${line + 1}: ${message}`] : [];
  });
  return own.length === 0 ? undefined : own.join(' ');
}
