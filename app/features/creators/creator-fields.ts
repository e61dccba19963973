import { platformLabels } from '../../../server/domain/creators/fields.ts';
import { countryNames } from '../../lib/countries.ts';
import { paths } from '../../lib/paths.ts';
import { type FieldSpecs, specsOf } from '../records/field-specs.ts';
import type { RecordNounWords } from '../records/record-noun.ts';
import { creatorStatusLabels } from './labels.ts';

/** A creator's fields, as forms, summaries and histories show them. The name is the contact's. */
export const creatorSpecs: FieldSpecs = specsOf('CREATOR', [
  { name: 'name', label: 'Name', kind: 'text', isFixed: true },
  { name: 'status', label: 'Status', kind: 'choice', options: creatorStatusLabels, isRequired: true },
  { name: 'statusChangedAt', label: 'Status since', kind: 'instant', isFixed: true },
  { name: 'categories', label: 'Categories', kind: 'categories' },
  { name: 'primaryPlatform', label: 'Primary platform', kind: 'choice', options: platformLabels },
  { name: 'managerContactId', label: 'Manager or agent', kind: 'contact' },
  // The procedures take it as a text, so that 12.5 stays exact.
  { name: 'commissionPercent', label: 'Commission %', kind: 'text' },
  { name: 'estimatedReach', label: 'Estimated reach', kind: 'number' },
  {
    name: 'audienceCountries',
    label: 'Audience countries',
    kind: 'several',
    options: countryNames,
    isFixed: true,
  },
]);

export const creatorNoun: RecordNounWords = {
  one: 'creator',
  many: 'Creators',
  permission: 'creators.write',
  specs: creatorSpecs,
  listHref: paths.creators(),
  hrefOf: paths.creator,
  panelHrefOf: paths.creatorPanel,
  editHrefOf: paths.editCreator,
  fieldHrefOf: paths.creatorField,
};
