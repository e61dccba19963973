import { type SandboxState } from '../state.ts';
import { type AdAccount } from '../world/accounts.ts';
import { type GraphRoute } from './graph.ts';

/** Calls an hour under full access, for a handful of active ads. Source: Marketing API rate limiting. */
const QUOTAS = { application: 200_000, management: 104_000, insights: 194_000 } as const;

const percent = (count: number, quota: number): number => Math.min(100, Math.floor((count * 100) / quota));

export interface Usage {
  state: SandboxState;
  at: Date;
  use: GraphRoute['usage'];
  account: AdAccount | undefined;
  isLimited: boolean;
}

/** The headers by which Meta tells how much of a limit is used. Minutes and seconds are mixed, as Meta mixes them. */
export function usageHeaders({ state, at, use, account, isLimited }: Usage): Record<string, string> {
  const tier = 'standard_access';
  const appPercent = percent(state.meta.countCall('application', at), QUOTAS.application);
  const app = isLimited && !account ? 100 : appPercent;
  const headers: Record<string, string> = {
    'x-app-usage': JSON.stringify({ call_count: app, total_time: app, total_cputime: app }),
  };
  if (!account) return headers;
  const counted = percent(state.meta.countCall(`${use} ${account.id}`, at), QUOTAS[use]);
  const used = isLimited ? 100 : counted;
  headers['x-ad-account-usage'] = JSON.stringify({
    ...{ acc_id_util_pct: used, reset_time_duration: isLimited ? 60 : 0, ads_api_access_tier: tier },
  });
  headers['x-business-use-case-usage'] = JSON.stringify({
    [account.manager?.id ?? account.accountId]: [
      {
        type: use === 'insights' ? 'ads_insights' : 'ads_management',
        ...{ call_count: used, total_cputime: used, total_time: used },
        estimated_time_to_regain_access: isLimited ? 1 : 0,
        ads_api_access_tier: tier,
      },
    ],
  });
  if (use === 'insights') {
    headers['x-fb-ads-insights-throttle'] = JSON.stringify({
      ...{ app_id_util_pct: app, acc_id_util_pct: used, ads_api_access_tier: tier },
    });
  }
  return headers;
}
