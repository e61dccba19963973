import type { FieldSpecs } from './field-specs.ts';

/** What pages need to know of a noun to show a record of it; each noun's own file says it. */
export interface RecordNounWords {
  /** "company". */
  one: string;
  /** "Companies". */
  many: string;
  /** Who may change its records. */
  permission: string;
  specs: FieldSpecs;
  listHref: string;
  hrefOf: (recordId: string, list?: string | null) => string;
  panelHrefOf: (recordId: string, list: string) => string;
  editHrefOf: (recordId: string) => string;
  /** Where one field is saved. */
  fieldHrefOf: (recordId: string) => string;
}
