import { describe, expect, it } from 'vitest';
import {
  access,
  type Asked,
  drain,
  json,
  queryOf,
  refusal,
  useGoogleVendor,
} from '../support/google-vendor.ts';

const { google, answerWith, asked } = useGoogleVendor();

describe('discovery', () => {
  interface Customer {
    manager?: boolean;
    status?: string;
    clients?: readonly string[];
    refuses?: string;
  }

  /** Answers as Google does: facts of a customer, the direct clients of a manager. */
  function stand(direct: readonly string[], customers: Record<string, Customer>) {
    const fields = (id: string) => ({
      id,
      descriptiveName: `Name ${id}`,
      currencyCode: 'AED',
      timeZone: 'Asia/Dubai',
      ...(customers[id]?.manager ? { manager: true } : {}),
      status: customers[id]?.status ?? 'ENABLED',
    });
    const answer = (call: Asked) => {
      if (call.path.endsWith('listAccessibleCustomers'))
        return json({ resourceNames: direct.map((id) => `customers/${id}`) });
      const id = call.path.split('/')[1] ?? '';
      const { refuses, clients = [] } = customers[id] ?? {};
      if (refuses !== undefined) return refusal('authorizationError', refuses, 403);
      const results = queryOf(call).includes('FROM customer_client')
        ? clients.map((client) => ({ customerClient: fields(client) }))
        : [{ customer: fields(id) }];
      return json({ results });
    };
    answerWith(answer);
    return answer;
  }
  const list = async () =>
    (await drain(google.listAccounts(access))).map(
      (item) => `${item.nativeId} in ${item.parentNativeId ?? '-'} by ${item.loginNativeId ?? '-'}`,
    );

  it('finds a nested tree with the manager that calls must name', async () => {
    stand(['1000000001'], {
      '1000000001': { manager: true, clients: ['1000000002', '2000000001'] },
      '1000000002': { manager: true, clients: ['2000000002'] },
    });
    expect(await list()).toEqual([
      '1000000001 in - by -',
      '1000000002 in 1000000001 by 1000000001',
      '2000000002 in 1000000002 by 1000000001',
      '2000000001 in 1000000001 by 1000000001',
    ]);
    const nested = asked.find(({ path }) => path.includes('1000000002'));
    expect(nested?.headers.get('login-customer-id')).toBe('1000000001');
  });

  it('lists each account once and reads it directly where it may, under its manager all the same', async () => {
    stand(['2000000001', '1000000001', '1000000002'], {
      '1000000001': { manager: true, clients: ['1000000002', '2000000001'] },
      '1000000002': { manager: true, clients: ['2000000002', '2000000001'] },
    });
    expect((await list()).sort()).toEqual([
      '1000000001 in - by -',
      '1000000002 in 1000000001 by -',
      '2000000001 in 1000000001 by -',
      '2000000002 in 1000000002 by 1000000002',
    ]);
  });

  it('is not stopped by a customer that is cancelled, and tells one that a manager lists', async () => {
    stand(['2000000009', '1000000001', '2000000008'], {
      '1000000001': { manager: true, clients: ['2000000009', '1000000002', '2000000001'] },
      '1000000002': { manager: true, status: 'CANCELED', refuses: 'CUSTOMER_NOT_ENABLED' },
      '2000000009': { status: 'CANCELED', refuses: 'CUSTOMER_NOT_ENABLED' },
      '2000000008': { refuses: 'CUSTOMER_NOT_ENABLED' },
    });
    const listings = await drain(google.listAccounts(access));
    expect(listings.map(({ nativeId, isUsable, holderName }) => [nativeId, isUsable, holderName])).toEqual([
      ['1000000001', true, null],
      ['2000000009', false, 'Name 1000000001'],
      ['1000000002', false, 'Name 1000000001'],
      ['2000000001', true, 'Name 1000000001'],
    ]);
  });

  it('is not taken for whole where a manager could not be read for now', async () => {
    const answerAll = stand(['1000000001'], { '1000000001': { manager: true, clients: [] } });
    answerWith((call) => (call.body.includes('FROM customer_client') ? json({}, 503) : answerAll(call)));
    await expect(list()).rejects.toMatchObject({ kind: 'retry' });
  });
});
