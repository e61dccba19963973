/** The name of a custom field in forms, in errors and in filters. */
export function customFieldName(key: string): string {
  return `customFields.${key}`;
}

/** The currency beside an amount; a name of its own, so that no key can be mistaken for it. */
export function customCurrencyName(key: string): string {
  return `customFieldCurrencies.${key}`;
}
