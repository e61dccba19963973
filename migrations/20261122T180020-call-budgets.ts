import { type Kysely, sql } from 'kysely';

/** How often a platform may be called, shared by every process and fair between agencies, and who is given a rest. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table call_budgets (
      platform ad_platform not null,
      meter text not null check (length(meter) between 1 and 200),
      tokens double precision not null,
      refilled_at timestamptz not null,
      paused_until timestamptz,
      failures integer not null default 0,
      opened_until timestamptz,
      primary key (platform, meter)
    )`.execute(db);
  await sql`comment on table call_budgets is 'Token buckets by platform and meter (the application, an agency''s share of it, an ad account), with the pause that a platform asked for and the circuit breaker. Outside tenancy; read by its functions alone.'`.execute(
    db,
  );
  await sql`
    create table call_shares (
      platform ad_platform not null,
      organization_id uuid not null references organizations (id) on delete cascade,
      asked_at timestamptz not null,
      primary key (organization_id, platform)
    )`.execute(db);
  await sql`comment on table call_shares is 'Which agencies called a platform lately: they share its application limit evenly.'`.execute(
    db,
  );
  for (const table of ['call_budgets', 'call_shares']) {
    await sql`alter table ${sql.table(table)} enable row level security`.execute(db);
    await sql`alter table ${sql.table(table)} force row level security`.execute(db);
  }
  await createTake(db);
  await createNote(db);
}

/**
 * The clock is clock_timestamp(): a call that waited for the row's lock must not be counted at the time when it began
 * to wait. Rows are locked in one order, so that two callers cannot wait for each other.
 */
async function createTake(db: Kysely<unknown>): Promise<void> {
  await define(
    db,
    'app.take_call(at_platform public.ad_platform, account text, agency uuid, is_background boolean, application_burst double precision, application_rate double precision, account_burst double precision, account_rate double precision)',
    "Takes one call from every bucket that it counts against, or answers how many milliseconds to wait and why: pause, circuit or pace. Rates are calls a second; a null burst is no limit. Background work leaves half of the application's bucket to the rest.",
    `returns table (wait_ms integer, reason text, failures integer) language plpgsql volatile as $$
    declare
      moment timestamptz;
      sharers integer := 1;
      meters text[] := array['application'];
      bursts double precision[] := array[application_burst];
      rates double precision[] := array[application_rate];
      floors double precision[] := array[case when is_background then coalesce(application_burst, 0) / 2 else 0 end];
      bucket record;
      left_ms double precision := 0;
      why text;
      troubles integer := 0;
    begin
      if agency is not null and application_burst is not null then
        insert into public.call_shares (platform, organization_id, asked_at) values (at_platform, agency, clock_timestamp())
        on conflict (organization_id, platform) do update set asked_at = excluded.asked_at
          where call_shares.asked_at < excluded.asked_at - interval '5 seconds';
        select greatest(1, count(*)) into sharers from public.call_shares s
         where s.platform = at_platform and s.asked_at > clock_timestamp() - interval '60 seconds';
      end if;
      if agency is not null and application_burst is not null and sharers > 1 then
        meters := meters || ('agency:' || agency);
        bursts := bursts || greatest(1, application_burst / sharers);
        rates := rates || application_rate / sharers;
        floors := floors || 0::double precision;
      end if;
      if account is not null then
        meters := meters || ('account:' || account);
        bursts := bursts || account_burst;
        rates := rates || account_rate;
        floors := floors || 0::double precision;
      end if;
      insert into public.call_budgets (platform, meter, tokens, refilled_at)
        select at_platform, c.meter, coalesce(c.burst, 0), clock_timestamp()
          from unnest(meters, bursts) as c (meter, burst) order by c.meter
        on conflict do nothing;
      perform 1 from public.call_budgets b
        where b.platform = at_platform and b.meter = any (meters) order by b.meter for update;
      moment := clock_timestamp();
      for bucket in
        select b.*, c.burst, c.rate, c.floor,
               least(c.burst, b.tokens + c.rate * extract(epoch from moment - b.refilled_at)) as filled
          from public.call_budgets b
          join unnest(meters, bursts, rates, floors) as c (meter, burst, rate, floor) on c.meter = b.meter
         where b.platform = at_platform
      loop
        troubles := greatest(troubles, bucket.failures);
        if bucket.paused_until > moment and extract(epoch from bucket.paused_until - moment) * 1000 > left_ms then
          left_ms := extract(epoch from bucket.paused_until - moment) * 1000;
          why := 'pause';
        end if;
        if bucket.opened_until > moment and extract(epoch from bucket.opened_until - moment) * 1000 > left_ms then
          left_ms := extract(epoch from bucket.opened_until - moment) * 1000;
          why := 'circuit';
        end if;
        if bucket.burst is not null and bucket.filled < 1 + bucket.floor
           and (1 + bucket.floor - bucket.filled) / bucket.rate * 1000 > left_ms then
          left_ms := (1 + bucket.floor - bucket.filled) / bucket.rate * 1000;
          why := 'pace';
        end if;
      end loop;
      if why is not null then
        return query select ceil(left_ms)::integer, why, troubles;
        return;
      end if;
      update public.call_budgets b
         set tokens = case when c.burst is null then b.tokens
                           else least(c.burst, b.tokens + c.rate * extract(epoch from moment - b.refilled_at)) - 1 end,
             refilled_at = moment,
             paused_until = null,
             -- The circuit was open and its time is over: this call tries it, and the others wait for what comes of it.
             opened_until = case when b.opened_until is not null then moment + interval '60 seconds' end
        from unnest(meters, bursts, rates) as c (meter, burst, rate)
       where b.platform = at_platform and c.meter = b.meter;
      return query select 0, null::text, troubles;
    end $$`,
  );
}

async function createNote(db: Kysely<unknown>): Promise<void> {
  await define(
    db,
    'app.note_call(at_platform public.ad_platform, account text, outcome text, pause_ms integer)',
    'Writes down how a call ended: good, trouble (five in a row open the circuit of the account, or of the application, for a minute) or throttled, with the pause that the platform asked for.',
    `returns void language plpgsql volatile as $$
    declare named text := case when account is null then 'application' else 'account:' || account end;
    begin
      if outcome = 'good' then
        update public.call_budgets set failures = 0, opened_until = null
         where platform = at_platform and meter = named and (failures > 0 or opened_until is not null);
      elsif outcome = 'trouble' then
        update public.call_budgets
           set failures = failures + 1,
               opened_until = case when failures + 1 >= 5 then clock_timestamp() + interval '60 seconds' end
         where platform = at_platform and meter = named;
      elsif outcome <> 'throttled' then
        raise exception 'unknown outcome %', outcome;
      end if;
      if pause_ms > 0 then
        update public.call_budgets
           set paused_until = greatest(paused_until, clock_timestamp() + pause_ms * interval '1 millisecond')
         where platform = at_platform and meter = named;
      end if;
    end $$`,
  );
  await define(
    db,
    'app.call_state(at_platform public.ad_platform, account text)',
    "Until when an account's calls rest, and why: the platform asked for it, or it failed five times in a row.",
    `returns table (until timestamptz, reason text) language sql stable as $$
      select greatest(b.paused_until, b.opened_until),
             case when b.opened_until > coalesce(b.paused_until, '-infinity') then 'circuit' else 'pause' end
        from public.call_budgets b
       where b.platform = at_platform and b.meter in ('application', 'account:' || account)
         and greatest(b.paused_until, b.opened_until) > now()
       order by 1 desc limit 1 $$`,
  );
}

async function define(db: Kysely<unknown>, signature: string, about: string, rest: string): Promise<void> {
  const name = signature.slice(0, signature.indexOf('('));
  await sql`create function ${sql.raw(signature)} ${sql.raw(rest)} security definer set search_path = pg_catalog, pg_temp`.execute(
    db,
  );
  await sql`comment on function ${sql.raw(name)} is ${sql.lit(about)}`.execute(db);
  await sql`revoke execute on function ${sql.raw(name)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(name)} to spokestack_app, spokestack_jobs`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
