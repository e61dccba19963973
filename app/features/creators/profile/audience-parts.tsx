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
      <Panel title="Age and gender">
        {genderAges.length === 0 ? (
          <Untold />
        ) : (
          <>
            <AgePyramid title="Women and men by age" shares={genderAges} />
            <SumLine sum={sums.genderAges} />
          </>
        )}
      </Panel>
      <div className="grid gap-4">
        <Panel title="Countries">
          {countries.length === 0 ? (
            <Untold />
          ) : (
            <>
              <ShareBars title="Share of the audience by country" shares={countryShares(countries)} />
              <SumLine sum={sums.countries} />
            </>
          )}
        </Panel>
        <Panel title="Cities">
          {cities.length === 0 ? (
            <Untold />
          ) : (
            <>
              <ShareBars title="Share of the audience by city" shares={cityShares(cities)} />
              <SumLine sum={sums.cities} />
            </>
          )}
        </Panel>
      </div>
    </div>
  );
}

function Untold() {
  return <p className="text-muted">The network does not tell this.</p>;
}

/** Networks send shares that do not come to a hundred; they are shown as sent. */
function SumLine({ sum }: { sum: string | null }) {
  if (sum === null) return null;
  return (
    <p className="pt-2 text-sm text-muted">Together {formatPercentPoints(sum)}, as the network sent it.</p>
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
