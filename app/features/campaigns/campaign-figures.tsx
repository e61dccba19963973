import type { ReactNode } from 'react';
import type { Campaign } from '../../../server/domain/campaigns/schema.ts';
import type { Breakdown } from '../../../server/domain/metrics/dashboard-schema.ts';
import { paths } from '../../lib/paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { PageBody } from '../../ui/page-header.tsx';
import { type FilterName, filterNames, toQuery } from '../metrics/figure-address.ts';
import { FigureBoard } from '../metrics/figure-board.tsx';
import { FigureChips } from '../metrics/figure-filters.tsx';
import { FigureToolbar } from '../metrics/figure-toolbar.tsx';
import type { FiguresData } from '../metrics/figures.server.ts';
import { LiveFigures } from '../metrics/live-figures.tsx';
import { NoFigures } from '../metrics/no-figures.tsx';
import { useAccount, useMay } from '../shell/use-account.ts';

export interface CampaignFiguresProps {
  url: URL;
  data: FiguresData;
  campaign: Campaign;
  /** Whether any platform campaign belongs to it. */
  isAttached: boolean;
  /** Before the figures: what is to be done, the money. */
  top: ReactNode;
  /** What the campaign is: beside the chart. */
  about: ReactNode;
  /** Tasks and timeline: at the end. */
  aside: ReactNode;
}

/** What the figures of one campaign can be cut by. */
const cuts: readonly Breakdown[] = ['PLATFORM_CAMPAIGN', 'AD_ACCOUNT', 'PLATFORM', 'DAY', 'CREATOR'];
const fixed: readonly FilterName[] = ['campaignIds'];

/** The dashboard of one campaign: the agency's, narrowed to it. */
export function CampaignFigures({ url, data, campaign, isAttached, ...parts }: CampaignFiguresProps) {
  const { dashboard, input, names } = data;
  const { organization } = useAccount().current;
  const canAttach = useMay('platform-campaigns.write') && campaign.isActive;
  const { reportingCurrency } = organization;
  const own = campaign.budget?.currency;
  const currencies = [
    { code: reportingCurrency, whose: 'agency' },
    ...(own !== undefined && own !== reportingCurrency ? [{ code: own, whose: 'campaign' }] : []),
  ];
  const { from, to } = dashboard.range;
  return (
    <>
      <FigureToolbar url={url} {...data} currencies={currencies} />
      <FigureChips url={url} input={input} names={names} fixed={fixed} />
      <PageBody>
        {parts.top}
        <div className="flex flex-wrap items-center justify-between gap-2">
          <LiveFigures accounts={dashboard.asOf === null ? dashboard.freshness : []} />
          <LinkButton
            size="small"
            href={paths.performanceExport(toQuery({ ...input, from, to, currency: dashboard.currency }))}
          >
            Export CSV
          </LinkButton>
        </div>
        <FigureBoard
          url={url}
          data={data}
          cuts={cuts}
          beside={parts.about}
          aside={parts.aside}
          empty={
            <NoFigures
              url={url}
              asOf={dashboard.asOf}
              hasSource={isAttached}
              isNarrowed={filterNames.some((name) => input[name] !== undefined && !fixed.includes(name))}
              begin={{
                description:
                  'Attach what the platforms run for this campaign, and its spend and results show here by themselves.',
                ...(canAttach && {
                  action: { label: 'Attach platform campaigns', href: paths.attachToCampaign(campaign.id) },
                }),
              }}
            />
          }
        />
      </PageBody>
    </>
  );
}
