import { z } from 'zod';
import { createCompany, setCompanyActive, updateCompany } from '../../domain/companies/commands.ts';
import {
  companyNeighbours,
  countCompanies,
  findCompaniesByDomain,
  getCompany,
  listCompanies,
} from '../../domain/companies/queries.ts';
import { listHistory } from '../../domain/records/history.ts';
import { fieldChangePage, neighbours } from '../../domain/records/schema.ts';
import {
  companiesByDomain,
  companiesByDomainInput,
  companyHistoryInput,
  companyNeighboursInput,
  company,
  companyChange,
  companyPage,
  companyRef,
  createCompanyInput,
  listCompaniesInput,
  updateCompanyInput,
} from '../../domain/companies/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const companiesRouter = router({
  list: tenantProcedure('companies.read')
    .meta(rest('GET', '/companies', 'List companies'))
    .input(listCompaniesInput)
    .output(companyPage)
    .query(({ ctx, input }) => listCompanies(ctx.tx, input)),
  count: tenantProcedure('companies.read')
    .input(listCompaniesInput)
    .output(z.number().int())
    .query(({ ctx, input }) => countCompanies(ctx.tx, input)),
  byId: tenantProcedure('companies.read')
    .meta(rest('GET', '/companies/{companyId}', 'Read a company'))
    .input(companyRef)
    .output(company)
    .query(({ ctx, input }) => getCompany(ctx.tx, input.companyId)),
  neighbours: tenantProcedure('companies.read')
    .input(companyNeighboursInput)
    .output(neighbours)
    .query(({ ctx, input }) => companyNeighbours(ctx.tx, input.companyId, input.list)),
  history: tenantProcedure('companies.read')
    .input(companyHistoryInput)
    .output(fieldChangePage)
    .query(({ ctx, input }) => listHistory(ctx.tx, { table: 'companies', id: input.companyId }, input)),
  byDomain: tenantProcedure('companies.read')
    .input(companiesByDomainInput)
    .output(companiesByDomain)
    .query(({ ctx, input }) => findCompaniesByDomain(ctx.tx, input.address)),
  create: tenantProcedure('companies.write')
    .meta(rest('POST', '/companies', 'Create a company', 201))
    .input(createCompanyInput)
    .output(company)
    .mutation(({ ctx, input }) => createCompany(ctx.tx, ctx.principal, input)),
  update: tenantProcedure('companies.write')
    .meta(rest('PATCH', '/companies/{companyId}', 'Change a company'))
    .input(updateCompanyInput)
    .output(company)
    .mutation(({ ctx, input }) => updateCompany(ctx.tx, ctx.principal, input)),
  archive: tenantProcedure('companies.write')
    .meta(rest('DELETE', '/companies/{companyId}', 'Move a company to the recycle bin'))
    .input(companyChange)
    .output(company)
    .mutation(({ ctx, input }) => setCompanyActive(ctx.tx, ctx.principal, { ...input, isActive: false })),
  restore: tenantProcedure('companies.write')
    .meta(rest('POST', '/companies/{companyId}/restore', 'Bring a company back from the recycle bin'))
    .input(companyChange)
    .output(company)
    .mutation(({ ctx, input }) => setCompanyActive(ctx.tx, ctx.principal, { ...input, isActive: true })),
});
