import { useRouteLoaderData } from '@remix-run/react';
import type { Account } from '../../../server/domain/members/schema.ts';

interface FrameData {
  account: Account;
  current: NonNullable<Account['current']>;
}

/** The signed-in account as the frame's loader gave it. Only below the frame. */
export function useAccount(): FrameData {
  const data = useRouteLoaderData<FrameData>('routes/_app');
  if (!data) throw new Error('This component stands outside the signed-in frame.');
  return data;
}

/** The zone that the reader's times are shown in: their own, else the agency's. */
export function useTimeZone(): string {
  const { account, current } = useAccount();
  return account.timeZone ?? current.organization.timeZone;
}

/** Whether to offer something. The procedures decide; this only spares a button that would be refused. */
export function useMay(permission: string): boolean {
  return useAccount().current.permissions.includes(permission);
}
