import type { Selectable, Updateable } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CampaignCreators } from '../../../db/types.ts';
import { AppError } from '../../kernel/errors.ts';
import type { LockedCampaign } from '../campaigns/queries.ts';
import { getOrganization } from '../organizations/queries.ts';
import { readAmount } from '../records/money.ts';
import { feeProblems, type FeeValues, trimmed } from './fee-rules.ts';
import { termsOf } from './fee-inputs.ts';
import { type FeeField, feeFields } from './fields.ts';
import { asStored } from './rules.ts';
import type { AssignCreatorInput, UpdateCampaignCreatorInput } from './schema.ts';

type TermColumns = Updateable<CampaignCreators>;
type TermInput = Omit<AssignCreatorInput | UpdateCampaignCreatorInput, 'deliverables' | 'status'>;

interface Standing {
  campaign: LockedCampaign;
  /** What the terms are now; of new work what it begins from. */
  before: Pick<
    Selectable<CampaignCreators>,
    | 'id'
    | 'status'
    | 'completed_at'
    | 'fee_type'
    | 'fee_amount'
    | 'fee_currency'
    | 'fee_percent'
    | 'variable_fee_type'
    | 'variable_fee_amount'
    | 'fee_cap'
  >;
}

/**
 * The columns of terms that were sent; nothing where nothing was, so that a PATCH leaves it alone. Of a fee that changes
 * all columns, so that what its new type has no use for goes. Errors: `invalid` on the fields of the fee and `currency`.
 */
export async function termColumns(
  tx: TenantTx,
  input: TermInput,
  { campaign, before }: Standing,
): Promise<TermColumns> {
  const { role, startsOn, endsOn, note } = input;
  return {
    ...(role !== undefined && { role }),
    ...(startsOn !== undefined && { starts_on: startsOn }),
    ...(endsOn !== undefined && { ends_on: endsOn }),
    ...(note !== undefined && { note }),
    ...(isOfFee(input) ? await feeColumns(tx, input, { campaign, before }) : {}),
  };
}

function isOfFee(input: TermInput): boolean {
  const names = [...feeFields, 'feeType', 'currency'] as const;
  return names.some((name) => input[name] !== undefined);
}

async function feeColumns(tx: TenantTx, input: TermInput, { campaign, before }: Standing) {
  const fallbackCurrency = () => currencyOf(tx, campaign.id);
  const fee = await readAmount({
    ...{ field: 'fee', value: input.fee, currency: input.currency, fallbackCurrency },
  });
  const old = termsOf(before);
  const merged: FeeValues = {
    feeType: input.feeType ?? old.feeType,
    amount: orOld(fee.amount, old.amount),
    percent: orOld(input.feePercent, old.percent),
    variableType: orOld(input.variableFeeType, old.variableType),
    variableAmount: orOld(input.variableFee, old.variableAmount),
    cap: orOld(input.feeCap, old.cap),
  };
  requireSound(merged, new Set(feeFields.filter((name) => input[name] !== undefined)));
  const terms = trimmed(merged);
  const isPaid = [terms.amount, terms.percent, terms.variableAmount, terms.cap].some((one) => one !== null);
  const named = fee.currency ?? before.fee_currency;
  return {
    fee_type: terms.feeType,
    fee_amount: stored(terms.amount),
    fee_currency: named ?? (isPaid ? await fallbackCurrency() : null),
    fee_percent: stored(terms.percent),
    variable_fee_type: terms.variableType,
    variable_fee_amount: stored(terms.variableAmount),
    fee_cap: stored(terms.cap),
  } satisfies TermColumns;
}

function orOld<T>(sent: T | null | undefined, old: T | null): T | null {
  return sent === undefined ? old : sent;
}

const stored = (amount: string | null) => (amount === null ? null : asStored(amount));

function requireSound(terms: FeeValues, sent: ReadonlySet<FeeField>): void {
  const issues = feeProblems(terms, sent);
  const [first] = issues;
  if (first) throw new AppError('invalid', first.message, { issues });
}

/** What a bare fee means: the campaign's own currency, else the agency's. */
async function currencyOf(tx: TenantTx, campaignId: string): Promise<string> {
  const row = await tx
    .selectFrom('campaigns')
    .select('currency')
    .where('id', '=', campaignId)
    .executeTakeFirst();
  return row?.currency ?? (await getOrganization(tx)).reportingCurrency;
}
