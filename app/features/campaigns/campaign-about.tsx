import type { Campaign } from '../../../server/domain/campaigns/schema.ts';
import { formatDate, formatMoney, missing } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { CustomFields, Tags } from '../records/record-facts.tsx';
import { useMay } from '../shell/use-account.ts';
import { datesOf } from './dates.ts';
import { campaignStatusLabels, campaignStatusTones, objectiveLabels } from './labels.ts';

export interface CampaignAboutProps {
  campaign: Campaign;
  owner: string | null;
  brand: string | null;
  /** What the platforms say of theirs: "2 active, 1 paused". Null where none is attached. */
  onPlatforms: string | null;
}

/** What the campaign is. Its status is the agency's own; the platforms' stands beside it and is never written back. */
export function CampaignAbout({ campaign, owner, brand, onPlatforms }: CampaignAboutProps) {
  // What the agency may spend is no client's own login's to see.
  const mayReadBudget = useMay('budgets.read');
  const { status, objective, dealId } = campaign;
  return (
    <>
      <Panel title="About">
        <DetailList
          details={[
            {
              term: 'Status',
              value: <Badge tone={campaignStatusTones[status]}>{campaignStatusLabels[status]}</Badge>,
            },
            { term: 'On the platforms', value: onPlatforms },
            { term: 'Objective', value: objective && objectiveLabels[objective] },
            { term: 'Runs', value: datesOf(campaign) },
            { term: 'Pauses', value: pauseOf(campaign) },
            { term: 'Moves', value: campaign.movesByDate ? 'By date' : 'By hand alone' },
            ...(mayReadBudget
              ? [{ term: 'Budget', value: campaign.budget && formatMoney(campaign.budget) }]
              : []),
            { term: 'Brand', value: brand },
            { term: 'Owner', value: owner },
            {
              term: 'Deal',
              value: dealId && campaign.dealName && (
                <a className="link" href={paths.deal(dealId)}>
                  {campaign.dealName}
                </a>
              ),
            },
            { term: 'Contacts', value: <Contacts contacts={campaign.contacts} /> },
            { term: 'Began as', value: <Origin campaign={campaign} /> },
            { term: 'Recognised by', value: recognisedBy(campaign) },
            { term: 'Categories', value: campaign.categories.join(', ') || null },
            { term: 'Competitors', value: campaign.competitors.join(', ') || null },
            { term: 'Countries', value: campaign.territories.join(', ') || null },
            { term: 'External id', value: campaign.externalId },
          ]}
        />
        {campaign.description && (
          <p className="pt-3 break-words whitespace-pre-line text-pretty">{campaign.description}</p>
        )}
        <Tags tags={campaign.tags} />
        <p className="pt-3 text-sm text-muted">
          The status is kept here for your agency. It changes nothing on the platforms.
        </p>
      </Panel>
      <CustomFields fields={campaign.customFields} />
    </>
  );
}

function pauseOf({ pausesOn, resumesOn }: Campaign): string | null {
  if (!pausesOn) return null;
  return resumesOn
    ? `${formatDate(pausesOn)} until ${formatDate(resumesOn)}`
    : `From ${formatDate(pausesOn)}`;
}

/** The client's people. */
function Contacts({ contacts }: Pick<Campaign, 'contacts'>) {
  if (contacts.length === 0) return missing;
  return (
    <ul>
      {contacts.map(({ contactId, name, title }) => (
        <li key={contactId}>
          <a className="link" href={paths.contact(contactId)}>
            {name}
          </a>
          {title && <span className="text-muted">, {title}</span>}
        </li>
      ))}
    </ul>
  );
}

/** The campaign or the template that it was made from. */
function Origin({ campaign: { copiedFromId, campaignTemplateId } }: { campaign: Campaign }) {
  if (copiedFromId)
    return (
      <a className="link" href={paths.campaign(copiedFromId)}>
        A copy of another campaign
      </a>
    );
  if (campaignTemplateId)
    return (
      <a className="link" href={paths.campaignTemplate(campaignTemplateId)}>
        A template
      </a>
    );
  return missing;
}

/** What makes a creator's post one of the campaign's. */
function recognisedBy({ hashtags, mentions, links }: Campaign): string | null {
  const words = [...hashtags.map((tag) => `#${tag}`), ...mentions.map((handle) => `@${handle}`), ...links];
  return words.length === 0 ? null : words.join(', ');
}
