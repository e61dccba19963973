import type { Api } from '../../bridge/api.server.ts';

/** What a view's form offers this person. Errors: a Response of 403 for who may keep no views. */
export async function viewFacts(caller: Api) {
  const { current } = await caller.account.me();
  const may = (permission: string) => current?.permissions.includes(permission) ?? false;
  if (!may('saved-views.write')) {
    throw Response.json({ message: 'Your role does not include this.' }, { status: 403 });
  }
  const mayShare = may('teams.read');
  const isHead = current?.role === 'OWNER' || current?.role === 'ADMIN';
  const teams = mayShare ? await caller.teams.list({ mine: true }) : [];
  return {
    teams: teams.map(({ id, name }) => ({ id, name })),
    mayShare,
    mayShareWithAll: mayShare && isHead,
  };
}
