import { writeFileSync } from 'node:fs';
import { listCompanies } from '../../server/domain/companies/queries.ts';
import { listCompaniesInput } from '../../server/domain/companies/schema.ts';
import { getBoard } from '../../server/domain/deals/board.ts';
import { boardInput } from '../../server/domain/deals/schema.ts';
import { getDashboard } from '../../server/domain/metrics/dashboard.ts';
import { dashboardInput } from '../../server/domain/metrics/dashboard-schema.ts';
import { getCampaignMetrics } from '../../server/domain/metrics/queries.ts';
import type { Dataset } from './dataset.ts';
import type { Work } from './limits/together.ts';
import { rangeOf } from './rows/campaign.ts';
import { type DashboardQuestion, dashboardQuestion } from './rows/dashboard.ts';
import { statementsOf } from './statements.ts';

/** Writes what the limits serve: the statements that the product sends for the same questions today. */
export async function writeWork(file: string, { appUrl, owner, campaigns }: Dataset): Promise<void> {
  const record = (work: Parameters<typeof statementsOf>[2]) => statementsOf(appUrl, owner, work);
  const metrics = (name: 'year' | 'long') =>
    record((tx) => getCampaignMetrics(tx, { campaignId: campaigns[name], ...rangeOf(name) }, new Date()));
  const dashboard = (name: DashboardQuestion) =>
    record((tx) =>
      // What platforms say of days that settle changes no statement.
      getDashboard(
        tx,
        { platforms: { list: () => [] }, now: new Date() },
        dashboardInput.parse(dashboardQuestion(name)),
      ),
    );
  const companies = await record((tx) => listCompanies(tx, listCompaniesInput.parse({})));
  const board = await record((tx) => getBoard(tx, boardInput.parse({})));
  const work: Work = {
    url: appUrl,
    opening: companies.opening,
    statements: {
      companies: companies.statements,
      board: board.statements,
      year: (await metrics('year')).statements,
      long: (await metrics('long')).statements,
      dashboard: (await dashboard('dashboard')).statements,
      dashboardCompared: (await dashboard('dashboardCompared')).statements,
    },
  };
  writeFileSync(file, JSON.stringify(work), { mode: 0o600 });
}
