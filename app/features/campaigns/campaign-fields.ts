import { type FieldSpecs, specsOf } from '../records/field-specs.ts';
import { campaignStatusLabels, objectiveLabels } from './labels.ts';

/** A campaign's fields, as its form's conflicts show them. */
export const campaignSpecs: FieldSpecs = specsOf('CAMPAIGN', [
  { name: 'name', label: 'Name', kind: 'text', isRequired: true },
  { name: 'description', label: 'Description', kind: 'longText' },
  { name: 'objective', label: 'Objective', kind: 'choice', options: objectiveLabels },
  { name: 'status', label: 'Status', kind: 'choice', options: campaignStatusLabels, isFixed: true },
  { name: 'budget', label: 'Budget', kind: 'money' },
  { name: 'currency', label: 'Currency', kind: 'currency' },
  { name: 'startsOn', label: 'Starts', kind: 'date' },
  { name: 'endsOn', label: 'Ends', kind: 'date' },
  { name: 'pausesOn', label: 'Pauses', kind: 'date' },
  { name: 'resumesOn', label: 'Goes on', kind: 'date' },
  {
    name: 'movesByDate',
    label: 'Moves by date',
    kind: 'choice',
    options: { true: 'Yes', false: 'By hand alone' },
  },
  { name: 'dealId', label: 'Deal', kind: 'deal' },
  { name: 'contactIds', label: 'Contacts', kind: 'contact' },
  { name: 'categories', label: 'Categories', kind: 'lines' },
  { name: 'competitors', label: 'Competitors', kind: 'lines' },
  { name: 'territories', label: 'Countries', kind: 'lines' },
  { name: 'hashtags', label: 'Hashtags', kind: 'lines' },
  { name: 'mentions', label: 'Mentions', kind: 'lines' },
  { name: 'links', label: 'Links', kind: 'lines' },
]);
