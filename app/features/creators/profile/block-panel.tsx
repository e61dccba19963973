import { Form } from '@remix-run/react';
import type { CreatorBlock } from '../../../../server/domain/creator-blocks/schema.ts';
import { formatDateIn } from '../../../lib/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input, Select } from '../../../ui/input.tsx';
import { Panel } from '../../../ui/panel.tsx';

export interface BlockPanelProps {
  blocks: readonly CreatorBlock[];
  hasMore: boolean;
  /** The brands that the reader may block for. */
  brands: readonly { id: string; name: string }[];
  /** Whether the reader may block for all brands at once. */
  mayBlockAll: boolean;
  canBlock: boolean;
  /** What a refused form is shown again with. */
  typed: { brandId?: string; reason?: string; error?: string };
  timeZone: string;
}

/** For which brands a creator must not work, and why. A block is checked when they are assigned to a campaign. */
export function BlockPanel({ blocks, hasMore, canBlock, timeZone, ...form }: BlockPanelProps) {
  return (
    <Panel title="Blocked for">
      <div className="grid gap-3">
        {blocks.length === 0 && <p className="text-muted">No brand.</p>}
        {blocks.length > 0 && (
          <ul className="grid gap-3">
            {blocks.map((block) => (
              <BlockLine key={block.id} block={block} canTakeAway={canBlock} timeZone={timeZone} />
            ))}
          </ul>
        )}
        {hasMore && <p className="text-muted">Only the newest are shown.</p>}
        {canBlock && <BlockForm {...form} />}
      </div>
    </Panel>
  );
}

interface BlockLineProps {
  block: CreatorBlock;
  canTakeAway: boolean;
  timeZone: string;
}

function BlockLine({ block, canTakeAway, timeZone }: BlockLineProps) {
  const whose = block.brandId === null ? 'All brands' : (block.brandName ?? 'A brand');
  return (
    <li className="flex items-start justify-between gap-3">
      <div className="min-w-0">
        <p className="font-medium break-words">{whose}</p>
        <p className="text-pretty break-words">{block.reason}</p>
        <p className="text-sm text-muted">
          {block.createdByName ?? 'Somebody who left'}, {formatDateIn(block.createdAt, timeZone)}
        </p>
      </div>
      {canTakeAway && block.isChangeable && (
        <Form method="post" preventScrollReset>
          <input type="hidden" name="creatorBlockId" value={block.id} />
          <Button
            type="submit"
            name="intent"
            value="unblock"
            size="small"
            aria-label={`Unblock for ${whose}`}
          >
            Unblock
          </Button>
        </Form>
      )}
    </li>
  );
}

type BlockFormProps = Pick<BlockPanelProps, 'brands' | 'mayBlockAll' | 'typed'>;

/** No brand in it means all of them: the choice is made by name, so that it is never made by leaving something out. */
export const ALL_BRANDS = 'all';

function BlockForm({ brands, mayBlockAll, typed }: BlockFormProps) {
  const options = [
    ...(mayBlockAll ? [{ value: ALL_BRANDS, label: 'All brands' }] : []),
    ...brands.map(({ id, name }) => ({ value: id, label: name })),
  ];
  if (options.length === 0) return null;
  return (
    <details open={typed.error !== undefined}>
      <summary className="link">Block for a brand</summary>
      <Form method="post" preventScrollReset className="grid gap-3 pt-3">
        <input type="hidden" name="intent" value="block" />
        <Field name="brandId" id="block-brand" label="Brand" required>
          {(control) => (
            <Select
              {...control}
              options={options}
              emptyLabel="Choose a brand"
              defaultValue={typed.brandId ?? ''}
            />
          )}
        </Field>
        <Field
          name="reason"
          id="block-reason"
          label="Why"
          hint="Whoever assigns them reads it."
          error={typed.error}
          required
        >
          {(control) => <Input {...control} maxLength={2000} defaultValue={typed.reason ?? ''} />}
        </Field>
        <div>
          <Button type="submit">Block</Button>
        </div>
      </Form>
    </details>
  );
}
