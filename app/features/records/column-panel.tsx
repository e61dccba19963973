import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import type { FieldDefinition } from '../../../server/domain/records/fields.ts';
import { listHref, listParams } from '../../lib/list-url.ts';
import { paths } from '../../lib/paths.ts';
import type { Density } from '../../lib/density.ts';
import { Button, buttonClass, LinkButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/input.tsx';
import type { ChosenColumn } from './chosen-columns.ts';
import { ToolbarPanel, usePanel } from './toolbar-panel.tsx';

export interface ColumnPanelProps {
  url: URL;
  columns: readonly ChosenColumn[];
  fields: readonly FieldDefinition[];
  isAsked: boolean;
  density: Density;
}

/** Which columns a list shows, in which order, and how high its rows are. */
export function ColumnPanel({ url, columns, fields, isAsked, density }: ColumnPanelProps) {
  const [isOpen, setIsOpen] = usePanel(url.href, isAsked);
  const shown = columns.flatMap(({ id }) => fields.find(({ name }) => name === id) ?? []);
  const hidden = fields.filter(({ name }) => !columns.some(({ id }) => id === name));
  return (
    <ToolbarPanel
      url={url}
      name="columns"
      isOpen={isOpen}
      onOpen={setIsOpen}
      label="Columns"
      align="end"
      triggerClassName={buttonClass({})}
      trigger={
        <>
          <Columns3 aria-hidden="true" />
          Columns
        </>
      }
    >
      <form method="get" action={url.pathname} className="column-form">
        {listParams(url).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {/* The name always stands; sent along, so that hiding all others is said too. */}
        <input type="hidden" name="show" value="name" />
        <div className="column-lists">
          <fieldset className="column-list">
            <legend className="menu-label">Shown</legend>
            {shown.map((field, index) => (
              <ShownColumn key={field.name} field={field} index={index} last={shown.length - 1} />
            ))}
          </fieldset>
          {hidden.length > 0 && (
            <fieldset className="column-list">
              <legend className="menu-label">Hidden</legend>
              {hidden.map(({ name, label }) => (
                <Checkbox key={name} name="show" value={name} label={label} />
              ))}
            </fieldset>
          )}
        </div>
        <div className="flex justify-end gap-2 pt-1">
          <LinkButton href={listHref(url, { columns: null })} variant="quiet" size="small">
            Usual columns
          </LinkButton>
          <Button type="submit" variant="primary" size="small">
            Apply
          </Button>
        </div>
      </form>
      <DensityForm density={density} returnTo={listHref(url, {})} />
    </ToolbarPanel>
  );
}

interface ShownColumnProps {
  field: FieldDefinition;
  index: number;
  last: number;
}

function ShownColumn({ field, index, last }: ShownColumnProps) {
  const { name, label } = field;
  if (index === 0) return <p className="column-line text-muted">{label}</p>;
  const mover = (sign: '-' | '+', isOff: boolean) => (
    <Button
      type="submit"
      name="move"
      value={`${sign}:${name}`}
      variant="quiet"
      size="small"
      iconOnly
      disabled={isOff}
      aria-label={`Move ${label} ${sign === '-' ? 'left' : 'right'}`}
    >
      {sign === '-' ? <ArrowUp aria-hidden="true" /> : <ArrowDown aria-hidden="true" />}
    </Button>
  );
  return (
    <div className="column-line">
      <Checkbox name="show" value={name} label={label} defaultChecked className="flex-1" />
      {mover('-', index === 1)}
      {mover('+', index === last)}
    </div>
  );
}

function DensityForm({ density, returnTo }: { density: Density; returnTo: string }) {
  const other = density === 'compact' ? 'comfortable' : 'compact';
  return (
    <form method="post" action={paths.settingsDensity()} className="mt-2 border-t border-line pt-2">
      <input type="hidden" name="returnTo" value={returnTo} />
      <Button type="submit" name="density" value={other} variant="quiet" size="small">
        {other === 'compact' ? 'Show smaller rows' : 'Show larger rows'}
      </Button>
    </form>
  );
}
