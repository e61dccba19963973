const KEY =
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A key's two parts. Anything else never becomes a path or an address. Errors: RangeError. */
export function partsOf(key: string): [tenant: string, file: string] {
  if (!KEY.test(key)) throw new RangeError('A file key is two ids.');
  const [tenant = '', file = ''] = key.split('/');
  return [tenant, file];
}
