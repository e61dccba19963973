import type { ReactNode } from 'react';
import type { AudienceParts } from '../../../../server/domain/creator-platforms/audience-schema.ts';
import { AgePyramid } from '../../../charts/age-pyramid.tsx';
import { ShareBars } from '../../../charts/share-bars.tsx';
import { countryName } from '../../../lib/countries.ts';
import { formatPercentPoints } from '../../../lib/format.ts';
import { Panel } from '../../../ui/panel.tsx';

/** Ages, countries and cities of an audience, of one account or of several. What nobody tells is said to be untold. */
export function AudiencePartPanels({ countries, cities, genderAges, sums }: AudienceParts) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Part title="Age and gender" sum={sums.genderAges} isTold={genderAges.length > 0}>
          <AgePyramid title="Women and men by age" shares={genderAges} hidesTitle />
        </Part>
        <Part title="Countries" sum={sums.countries} isTold={countries.length > 0}>
          <ShareBars title="Share by country" shares={countryShares(countries)} hidesTitle />
        </Part>
      </div>
      <Part title="Cities" sum={sums.cities} isTold={cities.length > 0}>
        <ShareBars title="Share by city" shares={cityShares(cities)} limit={15} hidesTitle />
      </Part>
    </div>
  );
}

interface PartProps {
  title: string;
  /** What the shares come to, as a decimal string of a hundred. */
  sum: string | null;
  isTold: boolean;
  children: ReactNode;
}

/** Networks send shares that do not come to a hundred; they are shown as sent. */
function Part({ title, sum, isTold, children }: PartProps) {
  return (
    <Panel title={title}>
      {isTold ? children : <p className="text-muted">The network does not tell this.</p>}
      {isTold && sum !== null && (
        <p className="pt-2 text-sm text-muted">
          Together {formatPercentPoints(sum)}: shown as sent, which need not come to 100%.
        </p>
      )}
    </Panel>
  );
}

const byShare = (a: { percent: string }, b: { percent: string }) => Number(b.percent) - Number(a.percent);

function countryShares(countries: AudienceParts['countries']) {
  return countries
    .map(({ code, percent }) => ({ id: code, label: countryName(code), percent }))
    .sort(byShare);
}

function cityShares(cities: AudienceParts['cities']) {
  return cities.map(({ name, percent }, at) => ({ id: `${at} ${name}`, label: name, percent })).sort(byShare);
}
