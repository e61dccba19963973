/** What kinds of figures are explained, by their word in an address: each is one procedure's (app/bridge/explain.server.ts). */
export const explainKinds = ['metric', 'pacing', 'cost', 'fee'] as const;
export type ExplainKind = (typeof explainKinds)[number];
