import { useAccount } from '../shell/use-account.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';

/** Whom a record can belong to, as far as the reader sees. */
export interface OwnershipChoices {
  members: readonly { id: string; name: string }[];
  brands: readonly { id: string; name: string }[];
}

export interface OwnershipFieldsProps {
  choices: OwnershipChoices;
  ownerId: string;
  brandId: string;
  errors: Readonly<Record<string, string>> | undefined;
}

/** Who owns a new record unless somebody else is chosen: its author; nobody where a client's own login makes it. */
export function useOwnerByDefault(): string {
  const { account, current } = useAccount();
  return current.brandId === null ? account.userId : '';
}

/** The owner and the brand of any record. */
export function OwnershipFields({ choices, ownerId, brandId, errors }: OwnershipFieldsProps) {
  const options = (items: OwnershipChoices['members']) =>
    items.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <Field name="ownerId" label="Owner" error={errors?.ownerId}>
        {(control) => (
          <Select
            {...control}
            emptyLabel="Nobody"
            options={options(choices.members)}
            defaultValue={ownerId}
          />
        )}
      </Field>
      <Field name="brandId" label="Brand" error={errors?.brandId}>
        {(control) => (
          <Select
            {...control}
            emptyLabel="No brand"
            options={options(choices.brands)}
            defaultValue={brandId}
          />
        )}
      </Field>
    </>
  );
}
