import { type Kysely, sql } from 'kysely';

/** One way to write a text for comparison: what is searched and what is compared for likeness folds alike. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // The extension is made before the migrations (db/roles.ts). Where a superuser migrates, its functions are that
  // role's, whose defaults give nobody the right to call them.
  await sql`grant execute on function public.unaccent(regdictionary, text) to spokestack_app, spokestack_jobs`.execute(
    db,
  );
  // Lower case goes by the database's own collation, whatever the argument's, or an index would hold another text
  // than a question asks for. The body is parsed here, so that no search_path changes its meaning.
  await sql`
    create function app.fold(value text) returns text language sql immutable strict parallel safe
      return btrim(regexp_replace(
        translate(
          regexp_replace(
            lower(public.unaccent('public.unaccent'::regdictionary, normalize(value, nfkc)) collate pg_catalog."default"),
            '[\\u0300-\\u036f\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc]', '', 'g'),
          U&'\\0623\\0625\\0622\\0671\\0649\\06CC\\0629\\06A9\\0660\\0661\\0662\\0663\\0664\\0665\\0666\\0667\\0668\\0669\\06F0\\06F1\\06F2\\06F3\\06F4\\06F5\\06F6\\06F7\\06F8\\06F9',
          U&'\\0627\\0627\\0627\\0627\\064A\\064A\\0647\\06430123456789' || '0123456789'),
        '\\s+', ' ', 'g'))`.execute(db);
  await sql`revoke execute on function app.fold(text) from public`.execute(db);
  await sql`grant execute on function app.fold(text) to spokestack_app, spokestack_jobs`.execute(db);
  await sql`comment on function app.fold(text) is 'A text as it is compared: compatibility forms unified, lower case, no accents; Arabic without vowel signs and stretching, its alefs, yas, ta marbuta and kaf as one letter each; digits as 0 to 9; single spaces.'`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
