import { useId } from 'react';
import { formatPercentPoints } from '../lib/format.ts';
import { ShareBar } from './share-bar.tsx';

export interface GenderAge {
  gender: 'FEMALE' | 'MALE' | 'OTHER';
  /** "18-24", "65+". */
  ageRange: string;
  /** Of a hundred, a decimal string. */
  percent: string;
}

export interface AgePyramidProps {
  title: string;
  shares: readonly GenderAge[];
  /** Where a heading around it says the title already. */
  hidesTitle?: boolean;
}

interface AgeRow {
  ageRange: string;
  women: string | null;
  men: string | null;
  other: string | null;
}

/** Women to the left, men to the right, the oldest on top. It is a table whose bars are drawn into its cells. */
export function AgePyramid({ title, shares, hidesTitle = false }: AgePyramidProps) {
  const titleId = useId();
  const rows = toRows(shares);
  const hasOther = rows.some(({ other }) => other !== null);
  const largest = Math.max(0, ...rows.flatMap(({ women, men }) => [Number(women ?? 0), Number(men ?? 0)]));
  return (
    <div className="grid min-w-0 gap-1">
      <h3 id={titleId} className={hidesTitle ? 'sr-only' : 'text-base font-medium'}>
        {title}
      </h3>
      <table className="pyramid-table" aria-labelledby={titleId}>
        <thead>
          <tr>
            <th scope="col" className="pyramid-women">
              Women
            </th>
            <th scope="col" className="pyramid-age">
              Age
            </th>
            <th scope="col">Men</th>
            {hasOther && (
              <th scope="col" className="pyramid-other">
                Other
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ ageRange, women, men, other }) => (
            <tr key={ageRange}>
              <td>
                <span className="share-cell">
                  <span className="figures share-figure">{formatPercentPoints(women)}</span>
                  <ShareBar percent={women ?? '0'} largest={largest} from="right" series={2} />
                </span>
              </td>
              <th scope="row" className="pyramid-age figures">
                {ageRange.replace('-', '–')}
              </th>
              <td>
                <span className="share-cell">
                  <ShareBar percent={men ?? '0'} largest={largest} />
                  <span className="figures share-figure">{formatPercentPoints(men)}</span>
                </span>
              </td>
              {hasOther && <td className="pyramid-other figures">{formatPercentPoints(other)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A group that the network does not name stays untold: it is no zero. */
function toRows(shares: readonly GenderAge[]): AgeRow[] {
  const ages = [...new Set(shares.map(({ ageRange }) => ageRange))];
  const shareOf = (age: string, wanted: GenderAge['gender']) =>
    shares.find(({ ageRange, gender }) => ageRange === age && gender === wanted)?.percent ?? null;
  return ages
    .sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10))
    .map((ageRange) => ({
      ageRange,
      women: shareOf(ageRange, 'FEMALE'),
      men: shareOf(ageRange, 'MALE'),
      other: shareOf(ageRange, 'OTHER'),
    }));
}
