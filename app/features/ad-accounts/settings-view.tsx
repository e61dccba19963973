import { useSearchParams } from '@remix-run/react';
import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import type { BrandRuleInput, BrandRulePreview } from '../../../server/domain/brand-rules/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Callout } from '../../ui/callout.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { useAccount, useMay } from '../shell/use-account.ts';
import { formatMoney } from '../../lib/format.ts';
import { AccountSettings } from './account-settings.tsx';
import { BrandRulesEditor } from './brand-rules-editor.tsx';
import { matchLabels } from './rule-rows.ts';

export interface SettingsViewProps {
  account: AdAccount;
  rules: readonly BrandRuleInput[];
  preview: BrandRulePreview | null;
  members: readonly { id: string; name: string }[];
  failure: FormFailure | undefined;
  /** Which of the two forms was refused. */
  refused: 'settings' | 'rules' | null;
}

/** Whose an account is and what the agency says of it; with rules, whose each of its campaigns is. */
export function SettingsView(props: SettingsViewProps) {
  const { account, rules, preview, members, failure, refused } = props;
  const { brands } = useAccount().current;
  const canWrite = useMay('ad-accounts.write');
  // Rules share an account between brands: who sets them sees all of them.
  const seesAll = useMay('ad-accounts.connect');
  const [search] = useSearchParams();
  const saved = failure ? null : search.get('saved');
  const of = (form: 'settings' | 'rules') => (refused === form ? failure : undefined);
  return (
    <div className="grid max-w-220 grid-cols-[minmax(0,1fr)] gap-4">
      {saved === 'settings' && <Callout tone="success" title="Saved" isAnswer />}
      {saved === 'rules' && (
        <Callout tone="success" title="Rules saved; its campaigns follow them" isAnswer />
      )}
      <Panel title={account.isManager ? 'Brand and owner' : 'Settings'}>
        {canWrite ? (
          <AccountSettings account={account} brands={brands} members={members} failure={of('settings')} />
        ) : (
          <Facts account={account} brands={brands} members={members} />
        )}
      </Panel>
      {!account.isManager && (
        <Panel
          title="Shared by brands"
          description="Rules give each campaign to a brand by its name; the first that fits decides, and upper and lower case are the same."
        >
          {seesAll ? (
            <BrandRulesEditor
              key={account.version}
              account={account}
              rules={rules}
              preview={preview}
              brands={brands}
              failure={of('rules')}
            />
          ) : (
            <RuleList rules={rules} brands={brands} />
          )}
        </Panel>
      )}
    </div>
  );
}

type Named = readonly { id: string; name: string }[];

function Facts({ account, brands, members }: { account: AdAccount; brands: Named; members: Named }) {
  const nameIn = (items: Named, id: string | null) => items.find((item) => item.id === id)?.name;
  return (
    <DetailList
      details={[
        { term: 'Brand', value: nameIn(brands, account.brandId) },
        { term: 'Owner', value: nameIn(members, account.ownerId) },
        { term: 'Daily limit', value: account.dailyLimit && formatMoney(account.dailyLimit) },
        { term: 'Monthly limit', value: account.monthlyLimit && formatMoney(account.monthlyLimit) },
      ]}
    />
  );
}

/** For those who don't set rules: the ones of brands that they see. */
function RuleList({ rules, brands }: { rules: readonly BrandRuleInput[]; brands: Named }) {
  if (rules.length === 0)
    return (
      <p className="text-muted">
        No rule of a brand that is yours to see. An owner or admin of the agency sets them.
      </p>
    );
  return (
    <ol className="grid list-decimal gap-1 pl-5">
      {rules.map(({ match, pattern, brandId }) => (
        <li key={`${match} ${pattern} ${brandId}`}>
          A campaign whose name {matchLabels[match]} “{pattern}” is{' '}
          {brands.find((brand) => brand.id === brandId)?.name ?? 'another brand'}’s.
        </li>
      ))}
    </ol>
  );
}
