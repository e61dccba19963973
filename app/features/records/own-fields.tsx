import { DetailList, Panel } from '../../ui/panel.tsx';
import { useAccount } from '../shell/use-account.ts';
import { specOf, valueInWords } from './field-specs.ts';
import { EditableField } from './inline-edit.tsx';
import { useRecordEditing } from './record-edits.tsx';

const PREFIX = 'customFields.';

/** The agency's own fields of a record, each written where it stands; values without a field are read. Inside RecordEdits. */
export function OwnFields({ values }: { values: Readonly<Record<string, unknown>> }) {
  const { specs, names } = useRecordEditing();
  const { timeZone } = useAccount().current.organization;
  const defined = Object.keys(specs).filter((name) => name.startsWith(PREFIX));
  const others = Object.entries(values).filter(
    ([key, value]) => !defined.includes(PREFIX + key) && value !== null && value !== '',
  );
  if (defined.length === 0 && others.length === 0) return null;
  const details = [
    ...defined.map((name) => ({
      term: specOf(specs, name).label,
      value: <EditableField name={name} value={values[name.slice(PREFIX.length)] ?? null} />,
    })),
    ...others.map(([key, value]) => {
      const spec = specOf(specs, PREFIX + key);
      return { term: spec.label, value: valueInWords(spec, value, { names, timeZone }) };
    }),
  ];
  return (
    <Panel title="Custom fields">
      <DetailList details={details} />
    </Panel>
  );
}
