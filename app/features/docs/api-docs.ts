/** The OpenAPI document in words, as its page shows it. */
export interface ApiDocs {
  description: string;
  /** The address before every path. */
  server: string;
  groups: readonly ApiGroup[];
  /** What every operation may answer instead. */
  errors: readonly { status: string; meaning: string }[];
}

export interface ApiGroup {
  id: string;
  label: string;
  operations: readonly ApiOperation[];
}

export interface ApiOperation {
  id: string;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';
  path: string;
  summary: string;
  parameters: readonly ApiField[];
  body: readonly ApiField[];
  /** The status of success, and its body. */
  status: string;
  answer: readonly ApiField[];
  example: string;
}

export interface ApiField {
  /** "items[].amount.currency": the way to it. */
  name: string;
  /** Where a parameter stands. */
  place?: 'path' | 'query' | 'header';
  type: string;
  isRequired: boolean;
  description: string;
}
