import { SlidersHorizontal } from 'lucide-react';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import { countryNames } from '../../lib/countries.ts';
import { listHref, listParams } from '../../lib/list-url.ts';
import { Button, buttonClass, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { ToolbarPanel, usePanel } from '../records/toolbar-panel.tsx';
import { connectionStateLabels, contractStateLabels } from './labels.ts';
import { toPercentText } from './rates.ts';
import { rosterFilters, rosterForm } from './roster-query.ts';

export interface RosterFilterProps {
  url: URL;
  /** The panel that the address asks for. */
  panel: string | null;
  brands: readonly { id: string; name: string }[];
  /** The words in use, the most used first. */
  categories: readonly string[];
  /** A client's own login is asked about no contracts, brands or blocks. */
  isClient: boolean;
}

const PANEL_NAME = 'roster';

/** What creators are chosen by, in one form: networks, sizes, rates, audiences. Everything lands in the address. */
export function RosterFilter({ url, panel, ...choices }: RosterFilterProps) {
  const [isOpen, setIsOpen] = usePanel(url.href, panel === PANEL_NAME);
  return (
    <ToolbarPanel
      url={url}
      name={PANEL_NAME}
      isOpen={isOpen}
      onOpen={setIsOpen}
      label="Find creators"
      className="roster-popover"
      triggerClassName={buttonClass({})}
      trigger={
        <>
          <SlidersHorizontal aria-hidden="true" />
          Audience and size
        </>
      }
    >
      <form method="get" action={url.pathname} className="grid gap-3">
        <input type="hidden" name={rosterForm.sent} value="1" />
        {listParams(url)
          .filter(([name]) => !asked.has(name))
          .map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
        <Figures url={url} />
        <Choices url={url} {...choices} />
        <div className="flex justify-end gap-2">
          <LinkButton href={listHref(url, cleared)} variant="quiet" size="small">
            Clear these
          </LinkButton>
          <Button type="submit" variant="primary" size="small">
            Show creators
          </Button>
        </div>
      </form>
    </ToolbarPanel>
  );
}

const elsewhere: readonly string[] = ['status', 'ownerId', 'contactId', 'managerContactId', 'deleted'];
const asked: ReadonlySet<string> = new Set(rosterFilters.filter((name) => !elsewhere.includes(name)));
const cleared = Object.fromEntries([...asked].map((name) => [name, null]));

const tiers = [
  ['1K–10K', '1000', '10000'],
  ['10K–100K', '10000', '100000'],
  ['100K–1M', '100000', '1000000'],
  ['1M and more', '1000000', null],
] as const;

/** Figures of the network that is chosen, else of all together. */
function Figures({ url }: { url: URL }) {
  const value = (name: string) => url.searchParams.get(name) ?? '';
  return (
    <>
      <Choice url={url} name="platform" label="Network" empty="Any network" options={platformLabels} />
      <Range
        label="Followers"
        from={{ name: 'followersFrom', value: value('followersFrom') }}
        to={{ name: 'followersTo', value: value('followersTo') }}
        pattern="[\d\s,]{1,16}(\.\d{1,3})?\s*[kKmM]?"
        title="A number such as 10000, 10K or 1.5M"
      />
      <p className="roster-tiers">
        {tiers.map(([label, followersFrom, followersTo]) => (
          <a key={label} href={listHref(url, { followersFrom, followersTo })} className="kind-chip">
            {label}
          </a>
        ))}
      </p>
      <Range
        label="Engagement rate, %"
        from={{ name: rosterForm.engagementFrom, value: toPercentText(value('engagementFrom')) }}
        to={{ name: rosterForm.engagementTo, value: toPercentText(value('engagementTo')) }}
        pattern="\d{1,4}([.,]\d{1,6})?\s*%?"
        title="A percentage such as 3.4"
      />
    </>
  );
}

interface RangeProps {
  label: string;
  from: { name: string; value: string };
  to: { name: string; value: string };
  pattern: string;
  title: string;
}

function Range({ label, from, to, pattern, title }: RangeProps) {
  const kind = { pattern, title, autoComplete: 'off', inputMode: 'text' } as const;
  return (
    <fieldset className="min-w-0">
      <legend className="pb-1 font-medium">{label}</legend>
      <div className="flex items-center gap-2">
        <Input
          name={from.name}
          aria-label={`${label}, at least`}
          placeholder="At least"
          defaultValue={from.value}
          {...kind}
        />
        <span className="text-muted">to</span>
        <Input
          name={to.name}
          aria-label={`${label}, at most`}
          placeholder="At most"
          defaultValue={to.value}
          {...kind}
        />
      </div>
    </fieldset>
  );
}

function Choices({ url, brands, categories, isClient }: Omit<RosterFilterProps, 'panel'>) {
  const brandNames = Object.fromEntries(brands.map(({ id, name }) => [id, name]));
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field id="roster-category" name="category" label="Category" hidesOptional>
        {(control) => (
          <>
            <Input
              {...control}
              list="roster-categories"
              autoComplete="off"
              defaultValue={url.searchParams.get('category') ?? ''}
            />
            <datalist id="roster-categories">
              {categories.map((category) => (
                <option key={category} value={category} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Choice
        url={url}
        name="audienceCountry"
        label="Audience in"
        empty="Any country"
        options={countryNames}
      />
      {!isClient && (
        <>
          <Choice url={url} name="contractState" label="Contract" empty="Any" options={contractStateLabels} />
          <Choice url={url} name="brandId" label="Works for" empty="Any brand" options={brandNames} />
          <Choice
            url={url}
            name="blockedForBrandId"
            label="Blocked for"
            empty="Does not matter"
            options={brandNames}
          />
        </>
      )}
      <Choice
        url={url}
        name="connectionState"
        label="Connection"
        empty="Any"
        options={connectionStateLabels}
      />
      <Choice
        url={url}
        name="isVerified"
        label="Verified"
        empty="Does not matter"
        options={{ true: 'Verified', false: 'Not verified' }}
      />
    </div>
  );
}

interface ChoiceProps {
  url: URL;
  name: string;
  label: string;
  /** The choice that filters nothing. */
  empty: string;
  options: Readonly<Record<string, string>>;
}

function Choice({ url, name, label, empty, options }: ChoiceProps) {
  return (
    <Field id={`roster-${name}`} name={name} label={label} hidesOptional>
      {(control) => (
        <Select
          {...control}
          emptyLabel={empty}
          options={Object.entries(options).map(([value, text]) => ({ value, label: text }))}
          defaultValue={url.searchParams.get(name) ?? ''}
        />
      )}
    </Field>
  );
}
