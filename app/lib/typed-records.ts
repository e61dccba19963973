const textOf = (form: FormData, name: string): string | undefined => {
  const value = form.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
};

const linesOf = (form: FormData, name: string): string[] =>
  form
    .getAll(name)
    .flatMap((value) => (typeof value === 'string' ? value.split('\n') : []))
    .map((line) => line.trim())
    .filter((line) => line !== '');

function textsOf(form: FormData, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name): [string, string][] => {
      const value = textOf(form, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** What of a contact's form may show that the person exists already. */
export function typedIntoContact(form: FormData): Record<string, unknown> {
  return {
    ...textsOf(form, ['firstName', 'lastName', 'mobile', 'linkedinUrl', 'xHandle', 'companyId']),
    emails: linesOf(form, 'emails'),
    phones: linesOf(form, 'phones'),
  };
}

/** As typedIntoContact, of a company's form. */
export function typedIntoCompany(form: FormData): Record<string, unknown> {
  return {
    ...textsOf(form, ['name', 'email', 'phone', 'website', 'linkedinUrl', 'xHandle']),
    domains: linesOf(form, 'domains'),
  };
}
