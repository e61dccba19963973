import type { ChangeEvent } from 'react';

export interface Selection {
  selectedIds: ReadonlySet<string>;
  onToggle: (id: string) => void;
  /** Selects all rows of this page, or none where all are selected. */
  onToggleAll: () => void;
  /** The form that a checked row belongs to, so that it is sent as `recordId` before the script arrives. */
  formId?: string;
}

const recordField = 'recordId';

/** A row's checkbox; the label is as large as its cell, so that a finger hits it. */
export function selectCell(recordId: string, name: string, selection: Selection) {
  const toggle = (event: ChangeEvent<HTMLInputElement>) => selection.onToggle(event.currentTarget.value);
  return (
    <td key="select" className="select-cell">
      <label>
        <input
          type="checkbox"
          className="checkbox"
          name={recordField}
          value={recordId}
          form={selection.formId}
          aria-label={`Select ${name}`}
          checked={selection.selectedIds.has(recordId)}
          onChange={toggle}
        />
      </label>
    </td>
  );
}

/** The header's checkbox: all of this page, none, or a part of it. */
export function selectAllCell(recordIds: readonly string[], selection: Selection, label: string) {
  const count = recordIds.filter((recordId) => selection.selectedIds.has(recordId)).length;
  const isPart = count > 0 && count < recordIds.length;
  return (
    <th key="select" scope="col" className="select-cell">
      <label>
        <input
          type="checkbox"
          className="checkbox"
          aria-label={`Select all ${label.toLowerCase()} on this page`}
          checked={recordIds.length > 0 && count === recordIds.length}
          ref={(input) => {
            if (input) input.indeterminate = isPart;
          }}
          onChange={selection.onToggleAll}
        />
      </label>
    </th>
  );
}
