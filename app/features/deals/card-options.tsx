import { SlidersHorizontal } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/input.tsx';
import { Menu } from '../../ui/menu.tsx';
import { cardFieldLabels, cardFields, type CardLook } from './card-fields.ts';

/** What the cards show, as a GET form: it stands in the address and works before the script. */
export function CardOptions({ url, look }: { url: URL; look: CardLook }) {
  const kept = [...url.searchParams].filter(([name]) => name !== 'card' && name !== 'compact');
  return (
    <Menu
      align="end"
      look={{ variant: 'quiet', size: 'small' }}
      trigger={
        <>
          <SlidersHorizontal aria-hidden="true" />
          Cards
        </>
      }
    >
      <form method="get" action={url.pathname} className="grid min-w-48 gap-1 p-2">
        {kept.map(([name, value], index) => (
          <input key={`${name}:${index}`} type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="card" value="name" />
        <fieldset className="grid gap-1">
          <legend className="pb-1 text-sm text-muted">Cards show</legend>
          {cardFields.map((field) => (
            <Checkbox
              key={field}
              name="card"
              value={field}
              label={cardFieldLabels[field]}
              defaultChecked={look.fields.includes(field)}
            />
          ))}
        </fieldset>
        <div className="border-t border-line pt-1.5">
          <Checkbox name="compact" value="1" label="Compact" defaultChecked={look.isCompact} />
        </div>
        <Button type="submit" size="small" className="mt-1">
          Show
        </Button>
      </form>
    </Menu>
  );
}
