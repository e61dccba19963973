import type { CreateSavedViewInput } from '../../../server/domain/saved-views/schema.ts';

type Sharing = Pick<CreateSavedViewInput, 'name' | 'visibility' | 'teamId' | 'defaultFor'>;

/** What a view's form sent; the procedure's own schema judges it. A team counts only where a team shall see the view. */
export function readViewForm(form: FormData): Sharing {
  const visibility = form.get('visibility') ?? 'PRIVATE';
  const teamId = form.get('teamId');
  return {
    name: form.get('name') ?? '',
    visibility,
    ...(visibility === 'TEAM' && teamId ? { teamId } : {}),
    defaultFor: form.getAll('defaultFor'),
  } as Sharing;
}
