import { companyFields } from '../../../server/domain/companies/fields.ts';
import { paths } from '../../lib/paths.ts';
import type { ListLook } from '../records/list-look.ts';
import { companySpecs } from './company-fields.ts';

export const companyList: ListLook = {
  noun: 'COMPANY',
  label: 'Companies',
  one: 'company',
  many: 'companies',
  path: paths.companies(),
  fields: companyFields,
  specs: companySpecs,
  columns: ['name', 'type', 'industry', 'size', 'country', 'ownerId', 'updatedAt'],
  looks: {
    name: { width: 240 },
    type: { width: 112 },
    size: { width: 128 },
    email: { width: 208 },
    website: { width: 208 },
    updatedAt: { width: 128 },
    createdAt: { width: 128 },
  },
  filters: ['type', 'brandId', 'ownerId', 'deleted'],
  sort: 'name',
  exportPath: '/companies/export.csv',
};
