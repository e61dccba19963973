import { Form } from '@remix-run/react';
import type { Contract } from '../../../server/domain/creator-contracts/schema.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';

interface Step {
  status: Contract['status'];
  label: string;
  /** What the day of the step is called; null where it has none. */
  day: string | null;
  isFirst?: boolean;
}

/** Where a contract can go from where it stands, the usual way first. */
const steps: Readonly<Record<Contract['status'], readonly Step[]>> = {
  DRAFT: [
    { status: 'SENT', label: 'Mark as sent', day: null, isFirst: true },
    { status: 'SIGNED', label: 'Mark as signed', day: 'Signed on' },
  ],
  SENT: [
    { status: 'SIGNED', label: 'Mark as signed', day: 'Signed on', isFirst: true },
    { status: 'DRAFT', label: 'Back to draft', day: null },
  ],
  SIGNED: [{ status: 'TERMINATED', label: 'Terminate', day: 'Last day' }],
  TERMINATED: [],
};

const explained: Readonly<Record<Contract['status'], string>> = {
  DRAFT: 'It binds nobody yet.',
  SENT: 'It binds once it is signed.',
  SIGNED: 'Its exclusivity is checked at every assignment. Terminating lets go of it at once.',
  TERMINATED: '',
};

/** The steps of a contract's way, each a button, with its day where it has one. */
export function ContractSteps({ contract }: { contract: Contract }) {
  const ways = steps[contract.status];
  if (ways.length === 0 || !contract.isActive) return null;
  return (
    <Panel title="Next" description={explained[contract.status]}>
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        {ways.map((step) => (
          <Form key={step.status} method="post" className="flex flex-wrap items-end gap-2">
            <input type="hidden" name="expectedVersion" value={contract.version} />
            <input type="hidden" name="status" value={step.status} />
            {step.day && (
              <Field name="on" id={`on-${step.status}`} label={step.day} hidesOptional>
                {(control) => <Input {...control} type="date" />}
              </Field>
            )}
            <Button type="submit" name="intent" value="move" variant={step.isFirst ? 'primary' : 'secondary'}>
              {step.label}
            </Button>
          </Form>
        ))}
      </div>
    </Panel>
  );
}
