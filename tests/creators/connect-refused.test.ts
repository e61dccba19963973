import { describe, expect, it } from 'vitest';
import type { Network } from '../../sandbox/world/networks.ts';
import { connectAccount, newCreator, useCreatorWorld, usernameOf } from '../support/creator-world.ts';
import { refusal } from '../support/refusal.ts';
import { caller, type PersonName } from '../support/world.ts';

const creators = useCreatorWorld();
const { world, phyllo } = creators;
const as = (name: PersonName) => caller(world(), world().demo.people[name].principal);
const nobody = () => caller(world(), null);
const NEUTRAL = 'This account is connected elsewhere already. Ask the agency.';

/** A creator whose account, written by hand, is the one that another one is about to connect. */
async function holderOf(handle: string): Promise<void> {
  const creatorId = await newCreator(world());
  await as('owner').creatorPlatforms.create({ creatorId, platform: 'INSTAGRAM', handle });
}

/** Somebody opens a new creator's link and chooses an account in the window. */
async function chooseByLink(network: Network, handle: string) {
  const creatorId = await newCreator(world());
  const { connectUrl } = await as('owner').creatorConnect.connect({ creatorId });
  const token = connectUrl.split('/').at(-1) ?? '';
  const { userId } = await nobody().creatorInvitations.session({ token });
  const username = await usernameOf(phyllo, network, handle);
  const { accountId } = await phyllo.connect({ userId, network, username });
  return { creatorId, token, accountId };
}

describe('an account that another creator has', () => {
  it('is refused at a link’s door without a word of whose it is', async () => {
    await holderOf('sultan.lifts');
    const { token, accountId } = await chooseByLink('instagram', 'sultan.lifts');
    const refused = await refusal(nobody().creatorInvitations.confirm({ token, accountId }));
    expect(refused).toMatchObject({ code: 'conflict', message: NEUTRAL });
    expect(JSON.stringify(refused)).not.toMatch(/noor|number|sultan/i);
  });

  it('is named to who sees that creator, and to nobody else of the agency', async () => {
    await holderOf('hessa.home');
    const { first } = world().demo.brands;
    const creatorId = await newCreator(world(), { brandId: first });
    const connect = (name: PersonName) =>
      connectAccount(creators, {
        creatorId,
        network: 'instagram',
        handle: 'hessa.home',
        who: world().demo.people[name],
      });
    const byMember = await refusal(connect('member'));
    expect(byMember).toMatchObject({ code: 'conflict', message: NEUTRAL });
    expect((await refusal(connect('owner'))).message).toContain('is an account of Noor Number');
  });
});
