/** The fields that hold several words; a form has each as one line. */
export const recognitionFields = [
  'hashtags',
  'mentions',
  'links',
  'categories',
  'competitors',
  'territories',
] as const;

export type RecognitionField = (typeof recognitionFields)[number];

/** Words as the form's line shows them. */
export function recognitionText(words: readonly string[]): string {
  return words.join(', ');
}

/** The words of such a line: between commas, semicolons, lines or Arabic commas, each once. */
export function recognitionWords(line: string): string[] {
  const words = line.split(/[,;\n،]/).map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== ''))];
}

/** What a campaign's form says of these; a field that the form lacks is left out, so that it stays as it is. */
export function readRecognition(form: Pick<FormData, 'get'>): Partial<Record<RecognitionField, string[]>> {
  return Object.fromEntries(
    recognitionFields.flatMap((name) => {
      const line = form.get(name);
      return typeof line === 'string' ? [[name, recognitionWords(line)]] : [];
    }),
  );
}
