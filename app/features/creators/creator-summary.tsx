import type { Creator } from '../../../server/domain/creators/schema.ts';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import { countryName } from '../../lib/countries.ts';
import { formatCount, formatDate, formatPercent, missing } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Badge, StatusDot } from '../../ui/badge.tsx';
import { type Detail, DetailList, Panel } from '../../ui/panel.tsx';
import { fact, ReachLines, RecordLink, TagBadges } from '../records/fact.tsx';
import { OwnFields } from '../records/own-fields.tsx';
import { useAccount } from '../shell/use-account.ts';
import { AccountList } from './account-list.tsx';
import {
  contractStateLabels,
  contractStateTones,
  creatorStatusLabels,
  creatorStatusTones,
  engagementBasisWords,
} from './labels.ts';

/** Who a creator is and how they reach people, each field written where it stands. Inside RecordEdits. */
export function CreatorSummary({ creator, now }: { creator: Creator; now: string }) {
  return (
    <>
      <Panel title="Accounts" padded={false}>
        <AccountList accounts={creator.platforms} now={now} />
      </Panel>
      <CreatorAbout creator={creator} figures={figuresOf(creator)} />
    </>
  );
}

/** The facts alone, for a page where accounts and figures stand elsewhere. Inside RecordEdits. */
export function CreatorAbout({ creator, figures = [] }: { creator: Creator; figures?: readonly Detail[] }) {
  return (
    <>
      <Panel title="About">
        <DetailList details={[...figures, ...aboutOf(creator), ...useAgencyFacts(creator)]} />
      </Panel>
      <OwnFields values={creator.customFields} />
    </>
  );
}

function figuresOf(creator: Creator): Detail[] {
  const { totalFollowers, engagementRate, engagementBasis } = creator;
  return [
    { term: 'Followers', value: formatCount(totalFollowers) },
    {
      term: 'Engagement rate',
      value: engagementRate && (
        <>
          {formatPercent(engagementRate)}
          <span className="block text-sm text-muted">
            {engagementBasisWords[engagementBasis ?? 'UNSTATED']}.
          </span>
        </>
      ),
    },
  ];
}

function aboutOf(creator: Creator): Detail[] {
  const { status, contact, categories, audienceCountries, primaryPlatform, managerContactId } = creator;
  const { manager, tags } = creator;
  return [
    fact(
      'Status',
      'status',
      status,
      <Badge tone={creatorStatusTones[status]}>{creatorStatusLabels[status]}</Badge>,
    ),
    { term: 'Contact', value: contact ? contactLink(creator) : 'Not yours to see' },
    ...(contact && contact.emails.length > 0
      ? [{ term: 'Email', value: <ReachLines values={contact.emails} scheme="mailto" /> }]
      : []),
    fact('Categories', 'categories', categories, categories.length > 0 ? categories.join(', ') : '—'),
    fact(
      'Primary platform',
      'primaryPlatform',
      primaryPlatform,
      primaryPlatform && platformLabels[primaryPlatform],
    ),
    { term: 'Audience in', value: audienceCountries.map(countryName).join(', ') || missing },
    fact(
      'Manager',
      'managerContactId',
      managerContactId,
      managerContactId &&
        (manager ? <RecordLink noun="contact" id={managerContactId} /> : 'Not yours to see'),
    ),
    fact('Reach', 'estimatedReach', creator.estimatedReach, formatCount(creator.estimatedReach)),
    fact('Owner', 'ownerId', creator.ownerId),
    fact('Brand', 'brandId', creator.brandId),
    fact('Tags', 'tags', tags, tags.length > 0 ? <TagBadges tags={tags} /> : '—'),
    fact('External id', 'externalId', creator.externalId),
  ];
}

function contactLink({ contactId, name }: Creator) {
  return (
    <a className="link" href={paths.contact(contactId)}>
      {name}
    </a>
  );
}

/** What a client's own login does not know. */
function useAgencyFacts(creator: Creator): Detail[] {
  const { brands, brandId: clientBrandId } = useAccount().current;
  if (clientBrandId !== null) return [];
  const { brandIds, worksForOtherBrands, contractState, contractEndsOn, commissionPercent } = creator;
  const names = brands.flatMap(({ id, name }) => (brandIds.includes(id) ? [name] : []));
  if (worksForOtherBrands) names.push('another brand');
  return [
    { term: 'Works for', value: names.join(', ') || missing },
    {
      term: 'Contract',
      value: contractState && (
        <StatusDot tone={contractStateTones[contractState]}>
          {contractStateLabels[contractState]}
          {contractEndsOn && `, until ${formatDate(contractEndsOn)}`}
        </StatusDot>
      ),
    },
    fact('Commission', 'commissionPercent', commissionPercent, `${commissionPercent ?? ''}%`),
  ];
}
