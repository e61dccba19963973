-- The schema after all migrations, written from the catalog by `npm run codegen`. Do not edit.
-- For reading and for review: what a migration changed shows here as a diff.

-- Schemas

create schema app;
comment on schema app is 'Functions of the tenancy. The serving roles may call what is granted, and create nothing.';
grant usage on schema app to spokestack_app;
grant usage on schema app to spokestack_jobs;
create schema public;
comment on schema public is 'standard public schema';
grant usage on schema public to spokestack_app;
grant usage on schema public to spokestack_jobs;

-- Default privileges

-- default privileges on functions: none but the owner's;

-- Extensions

create extension btree_gist schema public;
create extension citext schema public;
create extension pg_trgm schema public;
create extension pgcrypto schema public;
create extension unaccent schema public;

-- Enums

create type public.activity_type as enum (
  'CONTACT_CREATED',
  'CONTACT_UPDATED',
  'CONTACT_DELETED',
  'CONTACT_RESTORED',
  'CONTACT_MERGED',
  'COMPANY_CREATED',
  'COMPANY_UPDATED',
  'COMPANY_DELETED',
  'COMPANY_RESTORED',
  'DEAL_CREATED',
  'DEAL_UPDATED',
  'DEAL_DELETED',
  'DEAL_RESTORED',
  'DEAL_STAGE_CHANGED',
  'DEAL_WON',
  'DEAL_LOST',
  'TASK_CREATED',
  'TASK_COMPLETED',
  'TASK_OVERDUE',
  'NOTE_ADDED',
  'EMAIL_RECEIVED',
  'EMAIL_SENT',
  'CAMPAIGN_CREATED',
  'CAMPAIGN_UPDATED',
  'CAMPAIGN_DELETED',
  'CAMPAIGN_RESTORED',
  'CAMPAIGN_LAUNCHED',
  'CAMPAIGN_PAUSED',
  'CAMPAIGN_COMPLETED',
  'CREATOR_SIGNED',
  'PLATFORM_CONNECTED',
  'PLATFORM_DISCONNECTED',
  'AD_ACCOUNT_UPDATED',
  'CONTENT_PUBLISHED',
  'IMPORT_COMPLETED',
  'BRAND_CREATED',
  'BRAND_UPDATED',
  'BRAND_ASSIGNED',
  'COMPANY_MERGED',
  'TASK_UPDATED',
  'TASK_REOPENED',
  'TASK_DELETED',
  'TASK_RESTORED',
  'NOTE_UPDATED',
  'NOTE_DELETED',
  'NOTE_RESTORED',
  'RECORDS_EXPORTED',
  'CUSTOM_FIELD_CREATED',
  'CUSTOM_FIELD_UPDATED',
  'CUSTOM_FIELD_ARCHIVED',
  'CUSTOM_FIELD_RESTORED',
  'TEAM_CREATED',
  'TEAM_UPDATED',
  'TEAM_DELETED',
  'PIPELINE_UPDATED',
  'PLATFORM_SETTINGS_UPDATED',
  'CREATOR_CREATED',
  'CREATOR_UPDATED',
  'CREATOR_DELETED',
  'CREATOR_RESTORED',
  'CREATOR_STATUS_CHANGED',
  'CREATOR_BLOCKED',
  'CREATOR_UNBLOCKED',
  'CREATOR_ASSIGNED',
  'CREATOR_UNASSIGNED',
  'CAMPAIGN_CREATOR_UPDATED',
  'CONTRACT_CREATED',
  'CONTRACT_UPDATED',
  'CONTRACT_SIGNED',
  'CONTRACT_ENDING',
  'CONTRACT_TERMINATED',
  'CONTENT_CONFIRMED',
  'CONTENT_REJECTED',
  'DISCLOSURE_TERMS_UPDATED',
  'LEAD_RECEIVED',
  'LEAD_FORM_UPDATED',
  'CONTRACT_CONFLICT',
  'CAMPAIGN_SUBMITTED',
  'CAMPAIGN_APPROVED',
  'CAMPAIGN_RETURNED',
  'CAMPAIGN_CANCELLED',
  'CAMPAIGN_REOPENED',
  'CAMPAIGN_BUDGET_CHANGED',
  'CAMPAIGN_RULES_CHANGED',
  'CAMPAIGN_RESULTS_CHANGED',
  'CAMPAIGN_COSTS_CHANGED',
  'CAMPAIGN_TEMPLATE_CHANGED',
  'CAMPAIGN_SETTINGS_CHANGED',
  'BRIEF_SENT',
  'BRIEF_ANSWERED',
  'DELIVERABLE_REVIEWED'
);
create type public.ad_campaign_status as enum (
  'NOT_STARTED',
  'SETTING_UP',
  'ACTIVE',
  'PAUSED',
  'ENDED',
  'ERROR'
);
create type public.ad_permission as enum (
  'PARTNERSHIP_AD',
  'ALLOWLISTING',
  'SPARK_CODE'
);
create type public.ad_platform as enum (
  'META',
  'GOOGLE',
  'TIKTOK',
  'SNAPCHAT',
  'LINKEDIN',
  'TWITTER',
  'PINTEREST',
  'AMAZON',
  'DV360'
);
create type public.attachment_kind as enum (
  'PICKED',
  'RULE'
);
create type public.audience as enum (
  'EVERYONE',
  'AGENCY',
  'AUTHOR'
);
comment on type public.audience is 'Who reads it: EVERYONE who sees the record, a client''s own login among them; the AGENCY''s people; its AUTHOR alone.';
create type public.audience_kind as enum (
  'FOLLOWERS',
  'ENGAGED'
);
create type public.brief_answer as enum (
  'ACCEPTED',
  'DECLINED',
  'QUESTION'
);
create type public.budget_kind as enum (
  'MEDIA',
  'BOOST',
  'CREATOR',
  'OTHER'
);
create type public.budget_status as enum (
  'DRAFT',
  'SUBMITTED',
  'APPROVED',
  'RETURNED',
  'SUPERSEDED'
);
create type public.campaign_objective as enum (
  'AWARENESS',
  'REACH',
  'TRAFFIC',
  'ENGAGEMENT',
  'APP_INSTALLS',
  'VIDEO_VIEWS',
  'LEAD_GENERATION',
  'CONVERSIONS',
  'CATALOG_SALES',
  'STORE_TRAFFIC'
);
create type public.campaign_status as enum (
  'DRAFT',
  'PENDING_APPROVAL',
  'APPROVED',
  'ACTIVE',
  'PAUSED',
  'COMPLETED',
  'CANCELLED'
);
create type public.company_size as enum (
  'SOLO',
  'SMALL',
  'MEDIUM',
  'LARGE',
  'ENTERPRISE'
);
create type public.company_type as enum (
  'PROSPECT',
  'CLIENT',
  'PARTNER',
  'VENDOR',
  'COMPETITOR'
);
create type public.connection_state as enum (
  'CONNECTED',
  'EXPIRED',
  'REVOKED'
);
create type public.contact_status as enum (
  'ACTIVE',
  'INACTIVE',
  'CHURNED',
  'DO_NOT_CONTACT'
);
create type public.contact_type as enum (
  'LEAD',
  'PROSPECT',
  'CLIENT',
  'PARTNER',
  'CREATOR',
  'VENDOR',
  'OTHER'
);
create type public.content_match_state as enum (
  'PENDING',
  'CONFIRMED',
  'REJECTED'
);
create type public.content_type as enum (
  'POST',
  'STORY',
  'REEL',
  'VIDEO',
  'SHORT',
  'CAROUSEL',
  'LIVE',
  'TWEET',
  'THREAD'
);
create type public.contract_status as enum (
  'DRAFT',
  'SENT',
  'SIGNED',
  'TERMINATED'
);
create type public.creator_campaign_status as enum (
  'PENDING',
  'INVITED',
  'ACCEPTED',
  'IN_PROGRESS',
  'SUBMITTED',
  'APPROVED',
  'COMPLETED',
  'DECLINED',
  'CANCELLED'
);
create type public.creator_connection_state as enum (
  'NEVER',
  'CONNECTING',
  'CONNECTED',
  'SYNCED',
  'EXPIRING',
  'EXPIRED',
  'REVOKED'
);
create type public.creator_figure_source as enum (
  'PHYLLO',
  'MANUAL',
  'FILE'
);
create type public.creator_role as enum (
  'PRIMARY',
  'SUPPORTING',
  'AFFILIATE',
  'UGC'
);
create type public.creator_status as enum (
  'PROSPECT',
  'OUTREACH',
  'NEGOTIATION',
  'SIGNED',
  'INACTIVE'
);
create type public.creator_sync_kind as enum (
  'ACCOUNT',
  'PROFILE',
  'AUDIENCE',
  'CONTENTS',
  'HISTORY',
  'EVERYTHING'
);
create type public.creator_sync_status as enum (
  'QUEUED',
  'RUNNING',
  'SUCCESS',
  'ERROR'
);
create type public.creator_sync_trigger as enum (
  'CONNECT',
  'WEBHOOK',
  'POLL',
  'MANUAL'
);
create type public.custom_field_kind as enum (
  'TEXT',
  'NUMBER',
  'MONEY',
  'DATE',
  'CHOICE',
  'SEVERAL',
  'USER'
);
create type public.deal_stage as enum (
  'LEAD',
  'QUALIFIED',
  'PROPOSAL',
  'NEGOTIATION',
  'CLOSED'
);
create type public.deal_status as enum (
  'OPEN',
  'WON',
  'LOST'
);
create type public.engagement_basis as enum (
  'FOLLOWERS',
  'REACH',
  'VIEWS',
  'UNSTATED'
);
create type public.exclusivity_type as enum (
  'NONE',
  'CATEGORY',
  'PLATFORM',
  'FULL'
);
create type public.fee_type as enum (
  'FLAT',
  'CPM',
  'CPC',
  'CPA',
  'REVENUE_SHARE',
  'HYBRID'
);
create type public.import_kind as enum (
  'COMPANIES',
  'CONTACTS',
  'DEALS',
  'AD_METRICS',
  'CREATORS'
);
create type public.import_status as enum (
  'CHECKING',
  'CHECKED',
  'RUNNING',
  'STOPPED',
  'DONE',
  'FAILED'
);
create type public.lead_source as enum (
  'META',
  'GOOGLE'
);
create type public.margin_kind as enum (
  'MARKUP',
  'SHARE',
  'FIXED'
);
create type public.member_role as enum (
  'OWNER',
  'ADMIN',
  'MEMBER',
  'VIEWER'
);
create type public.metric_source as enum (
  'API',
  'SANDBOX',
  'FILE',
  'BIGQUERY'
);
create type public.name_match as enum (
  'CONTAINS',
  'STARTS_WITH',
  'ENDS_WITH',
  'IS'
);
create type public.notification_kind as enum (
  'MENTIONED',
  'TASK_ASSIGNED',
  'TASK_REMINDER',
  'TASK_OVERDUE',
  'RECORD_CHANGED',
  'CREATOR_CONNECTION_ENDED',
  'CONTRACT_ENDING',
  'CONTRACT_CONFLICT',
  'WORK_CONFLICT',
  'CAMPAIGN_SUBMITTED',
  'CAMPAIGN_APPROVED',
  'CAMPAIGN_RETURNED',
  'CAMPAIGN_CANCELLED',
  'BRIEF_ANSWERED'
);
create type public.organization_type as enum (
  'PLATFORM',
  'AGENCY',
  'BRAND'
);
create type public.principal_kind as enum (
  'USER',
  'API_KEY',
  'EMBED',
  'JOB'
);
create type public.reach_level as enum (
  'ACCOUNT',
  'CAMPAIGN'
);
create type public.record_key_kind as enum (
  'EMAIL',
  'PHONE',
  'HANDLE',
  'DOMAIN',
  'NAME',
  'BLOCK'
);
comment on type public.record_key_kind is 'BLOCK is no sign of its own: names are compared for likeness among those of a block alone.';
create type public.record_noun as enum (
  'COMPANY',
  'CONTACT',
  'DEAL',
  'TASK',
  'CREATOR',
  'CAMPAIGN'
);
create type public.recurring_type as enum (
  'ONE_TIME',
  'MONTHLY',
  'QUARTERLY',
  'ANNUAL'
);
create type public.review_kind as enum (
  'SUBMITTED',
  'CHANGES_REQUESTED',
  'APPROVED'
);
create type public.search_noun as enum (
  'COMPANY',
  'CONTACT',
  'DEAL',
  'CREATOR',
  'CAMPAIGN',
  'AD_ACCOUNT'
);
create type public.slice_status as enum (
  'WAITING',
  'DONE'
);
create type public.social_platform as enum (
  'INSTAGRAM',
  'TIKTOK',
  'YOUTUBE',
  'TWITTER',
  'LINKEDIN',
  'SNAPCHAT',
  'PINTEREST',
  'TWITCH',
  'FACEBOOK'
);
create type public.sync_kind as enum (
  'AD_METRICS'
);
create type public.sync_outcome as enum (
  'DONE',
  'FAILED',
  'RETRIED',
  'WAITED',
  'YIELDED',
  'STOPPED',
  'LOST'
);
create type public.sync_status as enum (
  'PENDING',
  'SYNCING',
  'SUCCESS',
  'ERROR',
  'PAUSED'
);
create type public.sync_trigger as enum (
  'CONNECT',
  'SCHEDULE',
  'MANUAL'
);
create type public.sync_work as enum (
  'DAILY',
  'INTRADAY',
  'RANGE',
  'BACKFILL'
);
create type public.task_priority as enum (
  'LOW',
  'MEDIUM',
  'HIGH',
  'URGENT'
);
create type public.task_recurrence as enum (
  'DAILY',
  'WEEKDAYS',
  'WEEKLY',
  'MONTHLY',
  'QUARTERLY',
  'YEARLY'
);
create type public.usage_channel as enum (
  'ORGANIC_SOCIAL',
  'PAID_SOCIAL',
  'WEBSITE',
  'EMAIL',
  'TELEVISION',
  'OUT_OF_HOME',
  'PRINT',
  'RETAIL'
);
create type public.user_kind as enum (
  'PERSON',
  'SERVICE'
);
create type public.value_source as enum (
  'PLATFORMS',
  'RESULTS'
);
comment on type public.value_source is 'Whose conversions and values count as true: the platforms’ claims, or the results that the agency keeps (campaign_results).';
create type public.view_visibility as enum (
  'PRIVATE',
  'TEAM',
  'AGENCY'
);
create type public.webhook_source as enum (
  'PHYLLO',
  'META',
  'GOOGLE'
);
create type public.webhook_state as enum (
  'RECEIVED',
  'HANDLED',
  'IGNORED',
  'FAILED',
  'DEAD'
);

-- Functions

CREATE OR REPLACE FUNCTION app.agencies_with_contracts()
 RETURNS TABLE(organization_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select distinct k.organization_id from public.creator_contracts k
        join public.organizations o on o.id = k.organization_id
       where k.status = 'SIGNED' and k.is_active and o.is_active $function$
;
comment on function app.agencies_with_contracts() is 'The agencies that have a contract to watch: ids alone.';
grant execute on function app.agencies_with_contracts() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.api_key_principal(hash text)
 RETURNS TABLE(user_id uuid, organization_id uuid, role public.member_role, brand_id uuid, brand_ids uuid[], api_key_id uuid)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    #variable_conflict use_column
    begin
      update public.api_keys k set last_used_at = now()
       where k.key_hash = hash and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute');
      return query
        select k.user_id, k.organization_id, k.role, k.brand_id,
               case when k.brand_id is null then '{}'::uuid[] else array[k.brand_id] end, k.id
          from public.api_keys k join public.organizations o on o.id = k.organization_id and o.is_active
          left join public.organizations b on b.organization_id = k.organization_id and b.id = k.brand_id
         where k.key_hash = hash and k.revoked_at is null and (k.brand_id is null or b.is_active);
    end $function$
;
comment on function app.api_key_principal(text) is 'Who acts behind one live API key; marks its use once a minute.';
grant execute on function app.api_key_principal(text) to spokestack_app;
CREATE OR REPLACE FUNCTION app.apply_brand_rules()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      update public.platform_campaigns p set brand_id = w.brand_id
        from (select c.organization_id, c.id, app.brand_by_rule(c.organization_id, c.ad_account_id, c.name) as brand_id
                from public.platform_campaigns c
                join (select distinct organization_id, ad_account_id from changed) a
                  on a.organization_id = c.organization_id and a.ad_account_id = c.ad_account_id) w
       where p.organization_id = w.organization_id and p.id = w.id and p.brand_id is distinct from w.brand_id;
      return null;
    end $function$
;
comment on function app.apply_brand_rules() is 'Gives every campaign of an account whose rules changed the brand that they give it now.';
CREATE OR REPLACE FUNCTION app.archive_creator()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ begin 
      if new.is_active then
        update public.creators set is_active = true
         where organization_id = new.organization_id and contact_id = new.id and is_archived_with_contact;
      else
        update public.creators set is_active = false, is_archived_with_contact = true
         where organization_id = new.organization_id and contact_id = new.id and is_active;
      end if;
      return null; end $function$
;
comment on function app.archive_creator() is 'Trigger: a contact’s creator goes to the recycle bin and comes back with them, also where the one who does it does not see that.';
CREATE OR REPLACE FUNCTION app.attachments_clean()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      delete from public.attachments where note_id is null and created_at < now() - interval '1 day' $function$
;
comment on function app.attachments_clean() is 'Removes uploads whose note was never written.';
grant execute on function app.attachments_clean() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.beat(worker text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      insert into public.worker_heartbeats (worker_id) values (worker)
      on conflict (worker_id) do update set seen_at = now() $function$
;
comment on function app.beat(text) is 'Marks a job worker as alive.';
grant execute on function app.beat(text) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.brand_by_rule(organization uuid, account uuid, campaign_name text)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select r.brand_id from public.brand_rules r
       where r.organization_id = organization and r.ad_account_id = account
         and case r.match
               when 'CONTAINS' then position(lower(r.pattern) in lower(campaign_name)) > 0
               when 'STARTS_WITH' then starts_with(lower(campaign_name), lower(r.pattern))
               when 'ENDS_WITH' then right(lower(campaign_name), length(r.pattern)) = lower(r.pattern)
               else lower(campaign_name) = lower(r.pattern) end
       order by r.position, r.id limit 1 $function$
;
comment on function app.brand_by_rule(uuid,uuid,text) is 'The brand that the account''s rules give a campaign of this name, or null.';
CREATE OR REPLACE FUNCTION app.brand_ids()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN COALESCE((NULLIF(current_setting('app.brand_ids'::text, true), ''::text))::uuid[], '{}'::uuid[])
;
comment on function app.brand_ids() is 'The brands that an assigned or a brand principal sees; never NULL.';
grant execute on function app.brand_ids() to spokestack_app;
grant execute on function app.brand_ids() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.bulk_changes_clean()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      delete from public.bulk_changes where created_at < now() - interval '1 day' $function$
;
comment on function app.bulk_changes_clean() is 'Removes what is past undoing.';
grant execute on function app.bulk_changes_clean() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.call_state(at_platform public.ad_platform, account text)
 RETURNS TABLE(until timestamp with time zone, reason text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select greatest(b.paused_until, b.opened_until),
             case when b.opened_until > coalesce(b.paused_until, '-infinity') then 'circuit' else 'pause' end
        from public.call_budgets b
       where b.platform = at_platform and b.meter in ('application', 'account:' || account)
         and greatest(b.paused_until, b.opened_until) > now()
       order by 1 desc limit 1 $function$
;
comment on function app.call_state(public.ad_platform,text) is 'Until when an account''s calls rest, and why: the platform asked for it, or it failed five times in a row.';
grant execute on function app.call_state(public.ad_platform,text) to spokestack_app;
grant execute on function app.call_state(public.ad_platform,text) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.campaign_brief_find(hash text)
 RETURNS TABLE(organization_id uuid, campaign_brief_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select b.organization_id, b.id from public.campaign_briefs b
        join public.organizations o on o.organization_id = b.organization_id and o.id = b.organization_id
        join public.campaign_creators l on l.organization_id = b.organization_id and l.id = b.campaign_creator_id
        join public.campaigns k on k.organization_id = l.organization_id and k.id = l.campaign_id
       where b.token_hash = hash and b.withdrawn_at is null and b.expires_at > now()
         and o.is_active and l.is_active and k.is_active $function$
;
comment on function app.campaign_brief_find(text) is 'The brief of this secret, where its link may still be opened: ids alone.';
grant execute on function app.campaign_brief_find(text) to spokestack_app;
CREATE OR REPLACE FUNCTION app.campaigns_to_move(moment timestamp with time zone, most integer)
 RETURNS TABLE(organization_id uuid, campaign_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select c.organization_id, c.id
        from public.campaigns c
        join public.organizations o on o.id = c.organization_id and o.is_active
       cross join lateral (select (moment at time zone 'UTC')::date + 1 as latest) d
       where c.is_active and c.moves_by_date and c.status in ('APPROVED', 'ACTIVE', 'PAUSED')
         and (c.status = 'APPROVED' and c.starts_on <= d.latest
              or c.status <> 'APPROVED' and c.ends_on < d.latest
              or c.status = 'ACTIVE' and c.pauses_on <= d.latest and c.paused_on is distinct from c.pauses_on
              or c.is_paused_by_date and c.resumes_on <= d.latest)
       order by least(case when c.status = 'APPROVED' then c.starts_on end, c.ends_on, c.pauses_on, c.resumes_on), c.id
       limit most $function$
;
comment on function app.campaigns_to_move(timestamp with time zone,integer) is 'Campaigns of all agencies that a day may move: ids alone. It may name one whose day has not come yet by its agency''s own clock.';
grant execute on function app.campaigns_to_move(timestamp with time zone,integer) to spokestack_jobs;
CREATE OR REPLACE PROCEDURE app.change_visible(IN target regclass, IN visible text)
 LANGUAGE plpgsql
AS $procedure$
    begin
      execute format('alter policy visible on %s using (%s) with check (%s)', target, visible, visible);
    end $procedure$
;
comment on procedure app.change_visible(regclass,text) is 'Says anew what is visible within the agency, for a table that app.protect() turned tenancy on for.';
CREATE OR REPLACE FUNCTION app.company_is_under(company uuid, ancestor uuid)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('company-parents:' || app.organization_id(), 0));
      with recursive line (id, parent_id) as (
        select c.id, c.parent_id from public.companies c
         where c.organization_id = app.organization_id() and c.id = company
        union
        select c.id, c.parent_id from public.companies c join line on c.id = line.parent_id
         where c.organization_id = app.organization_id())
      select exists (select from line where line.id = ancestor) $function$
;
comment on function app.company_is_under(uuid,uuid) is 'Whether a company is this one or stands somewhere under it, through companies that the asker does not see as well. Holds off other changes of parents until the transaction ends, so that two of them make no ring.';
grant execute on function app.company_is_under(uuid,uuid) to spokestack_app;
grant execute on function app.company_is_under(uuid,uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.company_key(value text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$begin return (select left(coalesce(nullif(btrim(regexp_replace(regexp_replace(words, '^(the|شركه) ', ''),
        '( (and )?(ltd|limited|llc|llp|lp|inc|incorporated|corp|corporation|co|company|plc|gmbh|mbh|ag|kg|ug|se|sa|sas|sarl|srl|spa|bv|nv|ab|as|oy|aps|pty|pte|sdn|bhd|fz|fzc|fzco|fze|dmcc|difc|wll|psc|pjsc|jsc|saog|saoc|est|doo|kft|sro|ltda|eirl|pvt|private|ذمم|شمم|شمع|المحدوده|محدوده))+$', '')), ''), nullif(words, '')), 200)
      from app.words(replace(value, '&', ' and ')) words); end$function$
;
comment on function app.company_key(text) is 'A company’s name without its legal form, an article before it, or marks.';
grant execute on function app.company_key(text) to spokestack_app;
grant execute on function app.company_key(text) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.content_is_confirmed(content uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select exists (select from public.campaign_contents m
        where m.organization_id = app.organization_id() and m.creator_content_id = content and m.state = 'CONFIRMED') $function$
;
comment on function app.content_is_confirmed(uuid) is 'Whether a piece counts for any campaign of the agency, also one that the asker does not see.';
grant execute on function app.content_is_confirmed(uuid) to spokestack_app;
grant execute on function app.content_is_confirmed(uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.content_snapshots_thin()
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      with gone as (
        delete from public.creator_content_snapshots s
         using public.organizations o, public.creator_contents c
         where o.type = 'AGENCY' and c.organization_id = o.id
           and c.published_at between now() - interval '101 days' and now() - interval '91 days'
           and s.organization_id = c.organization_id and s.creator_content_id = c.id
           and exists (select from public.creator_content_snapshots later
                        where later.organization_id = s.organization_id and later.creator_content_id = s.creator_content_id
                          and later.day > s.day
                          and later.day <= case when s.day <= 1 then 1 when s.day <= 7 then 7 when s.day <= 30 then 30
                                                when s.day <= 90 then 90 else 2147483647 end)
        returning 1)
      select count(*) from gone $function$
;
comment on function app.content_snapshots_thin() is 'Of pieces that became 90 days old, keeps the figures of days 1, 7, 30 and 90, or the last before each, and the newest. Answers how many rows went.';
grant execute on function app.content_snapshots_thin() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.contents_saying(sought text)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 500
 SET plan_cache_mode TO 'force_custom_plan'
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      declare pattern text := '%' || regexp_replace(app.fold(left(sought, 200)), '([\\%_])', '\\\1', 'g') || '%';
      begin
        return query select c.id from public.creator_contents c
          where c.organization_id = app.organization_id() and pattern <> '%%'
            and app.fold(left(coalesce(c.title, '') || ' ' || coalesce(c.caption, ''), 3000)) like pattern;
      end $function$
;
comment on function app.contents_saying(text) is 'Contents of the transaction’s own agency whose title or caption holds a text, folded: ids alone, which the policies judge.';
grant execute on function app.contents_saying(text) to spokestack_app;
grant execute on function app.contents_saying(text) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.contents_tagged(tag text)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 500
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select c.id from public.creator_contents c
       where c.organization_id = app.organization_id() and c.hashtags @> array[tag] $function$
;
comment on function app.contents_tagged(text) is 'Contents of the transaction’s own agency with a hashtag: ids alone, which the policies judge.';
grant execute on function app.contents_tagged(text) to spokestack_app;
grant execute on function app.contents_tagged(text) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.contract_files_clean()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      delete from public.contract_files where stored_at is null and created_at < now() - interval '1 day' $function$
;
comment on function app.contract_files_clean() is 'Removes files of contracts whose bytes never came in whole.';
grant execute on function app.contract_files_clean() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.contract_readers(contract uuid, people uuid[])
 RETURNS SETOF uuid
 LANGUAGE plpgsql
AS $function$
    declare
      mine text[] := array[current_setting('app.user_id', true), current_setting('app.scope', true),
                           current_setting('app.brand_ids', true)];
      person uuid;
      theirs record;
      is_reader boolean;
    begin
      foreach person in array people loop
        select r.scope, r.brand_ids into theirs from app.reach_of(person) r;
        continue when not found;
        perform set_config('app.user_id', person::text, true), set_config('app.scope', theirs.scope, true),
                set_config('app.brand_ids', theirs.brand_ids::text, true);
        is_reader := exists (select from public.creator_contracts k where k.id = contract);
        perform set_config('app.user_id', coalesce(mine[1], ''), true),
                set_config('app.scope', coalesce(mine[2], ''), true),
                set_config('app.brand_ids', coalesce(mine[3], ''), true);
        if is_reader then return next person; end if;
      end loop;
    end $function$
;
comment on function app.contract_readers(uuid,uuid[]) is 'Which of these people may read a contract: asked under the policies as each of them, then as oneself again.';
grant execute on function app.contract_readers(uuid,uuid[]) to spokestack_app;
grant execute on function app.contract_readers(uuid,uuid[]) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.creator_connect_link_find(hash text)
 RETURNS TABLE(organization_id uuid, creator_connect_link_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select l.organization_id, l.id from public.creator_connect_links l
        join public.organizations o on o.organization_id = l.organization_id and o.id = l.organization_id
        join public.creators c on c.organization_id = l.organization_id and c.id = l.creator_id
       where l.token_hash = hash and l.withdrawn_at is null and l.expires_at > now()
         and o.is_active and c.is_active $function$
;
comment on function app.creator_connect_link_find(text) is 'The connect link of this secret, where it may still be used: ids alone.';
grant execute on function app.creator_connect_link_find(text) to spokestack_app;
CREATE OR REPLACE FUNCTION app.creator_engagements(creators uuid[])
 RETURNS TABLE(kind text, engagement_id uuid, creator_id uuid, brand_id uuid, campaign_id uuid, creator_content_id uuid, names text[], categories text[], platforms public.social_platform[], territories text[], starts_on date, ends_on date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ 
      select 'ASSIGNMENT', l.id, l.creator_id, k.brand_id, k.id, null::uuid,
             app.names_of_campaign(k.organization_id, k.id), k.categories,
             array(select distinct d.platform from public.campaign_deliverables d
                    where d.organization_id = l.organization_id and d.campaign_creator_id = l.id order by 1),
             k.territories, coalesce(l.starts_on, k.starts_on), coalesce(l.ends_on, k.ends_on)
        from public.campaign_creators l
        join public.campaigns k on k.organization_id = l.organization_id and k.id = l.campaign_id
       where l.organization_id = (select app.organization_id()) and l.creator_id = any ($1) and l.creator_id in (select r.id from public.creators r where r.organization_id = (select app.organization_id())
    and (select app.scope()) <> 'brand'
    and ((select app.sees_all())
        or brand_id = any ((select app.brand_ids())::uuid[])
        or owner_id = (select app.person_id())
        or created_by_id = (select app.person_id()) or r.brand_ids && (select app.brand_ids())))
         and l.is_active and l.status not in ('DECLINED', 'CANCELLED') and k.is_active and k.status <> 'CANCELLED'
      union all
      select 'CONTENT', m.id, c.creator_id, k.brand_id, k.id, c.id,
             app.names_of_campaign(k.organization_id, k.id), k.categories, array[c.platform], k.territories,
             (c.published_at at time zone o.time_zone)::date, (c.published_at at time zone o.time_zone)::date
        from public.creator_contents c
        join public.campaign_contents m on m.organization_id = c.organization_id and m.creator_content_id = c.id
        join public.campaigns k on k.organization_id = m.organization_id and k.id = m.campaign_id
        join public.organizations o on o.id = c.organization_id
       where c.organization_id = (select app.organization_id()) and c.creator_id = any ($1) and c.creator_id in (select r.id from public.creators r where r.organization_id = (select app.organization_id())
    and (select app.scope()) <> 'brand'
    and ((select app.sees_all())
        or brand_id = any ((select app.brand_ids())::uuid[])
        or owner_id = (select app.person_id())
        or created_by_id = (select app.person_id()) or r.brand_ids && (select app.brand_ids())))
         and c.is_active and c.published_at is not null and m.state <> 'REJECTED' and k.is_active
      union all
      select 'CONTRACT', k.id, k.creator_id, k.brand_id, k.campaign_id, null::uuid,
             array(select * from app.names_of_brand(k.organization_id, k.brand_id)
                   union select * from unnest(app.names_of_campaign(k.organization_id, k.campaign_id))),
             coalesce(p.categories, '{}'), '{}', coalesce(p.territories, '{}'),
             coalesce(k.starts_on, k.signed_on), k.ends_on
        from public.creator_contracts k
        left join public.campaigns p on p.organization_id = k.organization_id and p.id = k.campaign_id
       where k.organization_id = (select app.organization_id()) and k.creator_id = any ($1) and k.creator_id in (select r.id from public.creators r where r.organization_id = (select app.organization_id())
    and (select app.scope()) <> 'brand'
    and ((select app.sees_all())
        or brand_id = any ((select app.brand_ids())::uuid[])
        or owner_id = (select app.person_id())
        or created_by_id = (select app.person_id()) or r.brand_ids && (select app.brand_ids())))
         and k.status = 'SIGNED' and k.is_active and k.brand_id is not null
         and not exists (
           select from public.campaign_creators l
             join public.campaigns q on q.organization_id = l.organization_id and q.id = l.campaign_id
            where l.organization_id = k.organization_id and l.creator_id = k.creator_id and l.is_active
              and l.status not in ('DECLINED', 'CANCELLED') and q.is_active and q.brand_id = k.brand_id) $function$
;
comment on function app.creator_engagements(uuid[]) is 'What creators whom the caller sees do for the brands of the agency: assignments, contents of campaigns, and signed contracts that no assignment stands for.';
grant execute on function app.creator_engagements(uuid[]) to spokestack_app;
grant execute on function app.creator_engagements(uuid[]) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.creator_platforms_ending()
 RETURNS TABLE(organization_id uuid, creator_platform_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select p.organization_id, p.id from public.creator_platforms p
        join public.organizations o on o.organization_id = p.organization_id and o.id = p.organization_id
       where o.is_active
         and ((p.connection_state in ('CONNECTED', 'SYNCED') and p.expires_at < now() + interval '7 days')
           or (p.connection_state = 'EXPIRING' and p.expires_at < now())
           or (p.connection_state = 'CONNECTING' and p.connecting_until < now()))
       order by p.organization_id, p.id limit 1000 $function$
;
comment on function app.creator_platforms_ending() is 'Connections whose state time alone changes: access that ends soon or has ended, and invitations that nobody followed. Ids alone.';
grant execute on function app.creator_platforms_ending() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.creator_sync_runs_clean()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      delete from public.creator_sync_runs
       where status in ('SUCCESS', 'ERROR') and created_at < now() - interval '90 days';
      delete from public.creator_connect_links where expires_at < now() - interval '90 days' $function$
;
comment on function app.creator_sync_runs_clean() is 'Removes runs that ended, and links that nobody can open, 90 days after.';
grant execute on function app.creator_sync_runs_clean() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.creator_syncs_missed(since timestamp with time zone, most integer)
 RETURNS TABLE(organization_id uuid, creator_id uuid, creator_platform_id uuid, kind public.creator_sync_kind)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      with subject as (
        select c.organization_id, c.id as creator_id, p.id as creator_platform_id,
               'EVERYTHING'::public.creator_sync_kind as kind, p.last_synced_at as at
          from public.creator_platforms p
          join public.creators c on c.organization_id = p.organization_id and c.id = p.creator_id
         where p.is_active and c.is_active and p.phyllo_account_id is not null
           and p.connection_state in ('CONNECTED', 'SYNCED', 'EXPIRING')
        union all
        select c.organization_id, c.id, null, 'ACCOUNT', null
          from public.creators c
         where c.is_active and c.phyllo_user_id is not null)
      select s.organization_id, s.creator_id, s.creator_platform_id, s.kind
        from subject s
        join public.organizations o on o.organization_id = s.organization_id and o.id = s.organization_id
       where o.is_active
         and not exists (select from public.creator_sync_runs r
                          where r.organization_id = s.organization_id and r.creator_id = s.creator_id
                            and r.creator_platform_id is not distinct from s.creator_platform_id
                            and r.kind = s.kind and (r.created_at >= since or r.status = 'QUEUED'))
       order by s.at nulls first, s.creator_id, s.creator_platform_id limit most $function$
;
comment on function app.creator_syncs_missed(timestamp with time zone,integer) is 'Which connected accounts nobody asked to read whole since then, and whose accounts nobody looked for: ids and what to read.';
grant execute on function app.creator_syncs_missed(timestamp with time zone,integer) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.discoverable_connections()
 RETURNS TABLE(organization_id uuid, connection_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select c.organization_id, c.id from public.oauth_connections c
        join public.organizations o on o.organization_id = c.organization_id and o.id = c.organization_id
       where c.state = 'CONNECTED' and o.is_active
         and (c.accounts_listed_at is null or c.accounts_listed_at < now() - interval '20 hours')
       order by c.accounts_listed_at nulls first, c.id $function$
;
comment on function app.discoverable_connections() is 'Connections whose ad accounts were not listed for 20 hours: ids alone.';
grant execute on function app.discoverable_connections() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.domain_key(value text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$begin return (select case when host ~ '\.' and not app.is_shared_host(host) then left(host, 253) end
      from regexp_replace(btrim(substring(regexp_replace(lower(btrim(value)), '^[a-z][a-z0-9+.-]*://', '') from '^(?:[^@/?#]*@)?([^/?#:@]*)'), '. '),
        '^www[0-9]?\.', '') host); end$function$
;
comment on function app.domain_key(text) is 'The host of a domain or an address, without www; NULL for one that many share.';
grant execute on function app.domain_key(text) to spokestack_app;
grant execute on function app.domain_key(text) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.door()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN COALESCE(current_setting('app.door'::text, true), ''::text)
;
comment on function app.door() is 'The narrow door (throttle) that a statement outside tenancy was opened for.';
grant execute on function app.door() to spokestack_app;
grant execute on function app.door() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.due_creator_syncs(most integer)
 RETURNS TABLE(organization_id uuid, creator_id uuid, creator_platform_id uuid, kind public.creator_sync_kind)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      with connected as (
        select p.*, (select max(r.created_at) from public.creator_sync_runs r
                      where r.organization_id = p.organization_id and r.creator_platform_id = p.id
                        and r.kind = 'EVERYTHING') as last_whole
          from public.creator_platforms p
          join public.creators c on c.organization_id = p.organization_id and c.id = p.creator_id
          join public.organizations o on o.organization_id = p.organization_id and o.id = p.organization_id
         where p.is_active and c.is_active and o.is_active and p.phyllo_account_id is not null
           and p.connection_state in ('CONNECTED', 'SYNCED', 'EXPIRING')),
      due as (
        select p.organization_id, p.creator_id, p.id as creator_platform_id, 'EVERYTHING'::public.creator_sync_kind as kind,
               p.last_whole as since
          from connected p
         where p.last_whole is null
            or p.last_whole < now() - case when p.last_synced_at is null then interval '1 hour' else interval '1 day' end
        union all
        select p.organization_id, p.creator_id, p.id, 'CONTENTS', p.contents_synced_at
          from connected p
         where p.connection_state in ('SYNCED', 'EXPIRING') and p.platform in ('INSTAGRAM', 'FACEBOOK')
           and not exists (select from public.creator_sync_runs r
                            where r.organization_id = p.organization_id and r.creator_platform_id = p.id
                              and r.kind in ('CONTENTS', 'EVERYTHING') and r.created_at > now() - interval '55 minutes')
           and exists (select from public.campaign_creators l
                         join public.campaigns k on k.organization_id = l.organization_id and k.id = l.campaign_id
                        where l.organization_id = p.organization_id and l.creator_id = p.creator_id and l.is_active
                          and l.status not in ('DECLINED', 'CANCELLED') and k.is_active and k.status = 'ACTIVE'
                          and coalesce(l.starts_on, k.starts_on, current_date) <= current_date + 1
                          and coalesce(l.ends_on, k.ends_on, current_date) >= current_date - 1)
        union all
        select c.organization_id, c.id, null, 'ACCOUNT', newest.at
          from public.creators c
          join public.organizations o on o.organization_id = c.organization_id and o.id = c.organization_id
         cross join lateral (select max(r.created_at) as at from public.creator_sync_runs r
                              where r.organization_id = c.organization_id and r.creator_id = c.id
                                and r.creator_platform_id is null and r.kind = 'ACCOUNT') newest
         where c.is_active and o.is_active and c.phyllo_user_id is not null
           and (newest.at is null or newest.at < now() - interval '1 day'))
      select d.organization_id, d.creator_id, d.creator_platform_id, d.kind from due d
       where not exists (select from public.creator_sync_runs r
                          where r.organization_id = d.organization_id and r.creator_id = d.creator_id
                            and r.creator_platform_id is not distinct from d.creator_platform_id
                            and r.kind = d.kind and r.status in ('QUEUED', 'RUNNING'))
       order by d.since nulls first, d.creator_id, d.creator_platform_id limit most $function$
;
comment on function app.due_creator_syncs(integer) is 'Which creators’ accounts are to be read now, those that were read longest ago first: ids and what to read.';
grant execute on function app.due_creator_syncs(integer) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.duplicate_verdict(noun public.record_noun, kinds public.record_key_kind[], likeness real, same_company boolean)
 RETURNS TABLE(score smallint, reasons text[])
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
 WITH signs AS (
          SELECT s.reason,
             s.holds,
             s.weight
            FROM ( VALUES ('SAME_EMAIL'::text,('EMAIL'::public.record_key_kind = ANY (duplicate_verdict.kinds)),
                         CASE duplicate_verdict.noun
                             WHEN 'CONTACT'::public.record_noun THEN 0.9
                             ELSE 0.8
                         END), ('SAME_HANDLE'::text,('HANDLE'::public.record_key_kind = ANY (duplicate_verdict.kinds)),0.85), ('SAME_DOMAIN'::text,('DOMAIN'::public.record_key_kind = ANY (duplicate_verdict.kinds)),0.8), ('SAME_PHONE'::text,('PHONE'::public.record_key_kind = ANY (duplicate_verdict.kinds)),
                         CASE duplicate_verdict.noun
                             WHEN 'CONTACT'::public.record_noun THEN 0.7
                             ELSE 0.6
                         END), ('SAME_NAME'::text,('NAME'::public.record_key_kind = ANY (duplicate_verdict.kinds)),
                         CASE
                             WHEN (duplicate_verdict.noun = 'COMPANY'::public.record_noun) THEN 0.75
                             WHEN duplicate_verdict.same_company THEN 0.85
                             ELSE 0.6
                         END), ('SIMILAR_NAME'::text,(('NAME'::public.record_key_kind <> ALL (duplicate_verdict.kinds)) AND (duplicate_verdict.likeness >= (0.6)::double precision)),(duplicate_verdict.likeness * (
                         CASE
                             WHEN (duplicate_verdict.noun = 'COMPANY'::public.record_noun) THEN 0.7
                             WHEN duplicate_verdict.same_company THEN 0.8
                             ELSE 0.6
                         END)::double precision))) s(reason, holds, weight)
           WHERE s.holds
         )
  SELECT (round((((100)::numeric * ((1)::numeric - COALESCE(exp(sum(ln(((1)::numeric - (signs.weight)::numeric)))), (1)::numeric))) *
         CASE
             WHEN (('NAME'::public.record_key_kind <> ALL (duplicate_verdict.kinds)) AND (duplicate_verdict.likeness < (0.3)::double precision)) THEN 0.7
             ELSE (1)::numeric
         END)))::smallint AS round,
     ((array_agg(signs.reason ORDER BY signs.weight DESC, signs.reason) ||
         CASE
             WHEN ((duplicate_verdict.same_company AND ('NAME'::public.record_key_kind = ANY (duplicate_verdict.kinds))) OR (duplicate_verdict.same_company AND (duplicate_verdict.likeness >= (0.6)::double precision))) THEN ARRAY['SAME_COMPANY'::text]
             ELSE '{}'::text[]
         END) ||
         CASE
             WHEN (('NAME'::public.record_key_kind <> ALL (duplicate_verdict.kinds)) AND (duplicate_verdict.likeness < (0.3)::double precision)) THEN ARRAY['OTHER_NAME'::text]
             ELSE '{}'::text[]
         END)
    FROM signs
  HAVING (count(*) > 0);
END
;
comment on function app.duplicate_verdict(public.record_noun,public.record_key_kind[],real,boolean) is 'How likely (of 100) and why two records with these keys in common and names this alike are one; no row where nothing speaks for it.';
grant execute on function app.duplicate_verdict(public.record_noun,public.record_key_kind[],real,boolean) to spokestack_app;
grant execute on function app.duplicate_verdict(public.record_noun,public.record_key_kind[],real,boolean) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.email_key(value text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$begin return nullif(left(lower(btrim(value)), 254), ''); end$function$
;
comment on function app.email_key(text) is 'A mail address as it is compared.';
grant execute on function app.email_key(text) to spokestack_app;
grant execute on function app.email_key(text) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.enqueue(task text, subject uuid, key text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      if app.organization_id() is null then raise exception 'no organization is set'; end if;
      if task not in ('sync-ad-account', 'run-import', 'revoke-connection', 'match-platform-campaigns')
        then raise exception 'unknown task %', task; end if;
      perform graphile_worker.add_job(
        identifier => task,
        payload => json_build_object('organizationId', app.organization_id(), 'subjectId', subject),
        queue_name => null, run_at => null, max_attempts => 25,
        job_key => task || ':' || app.organization_id() || ':' || key,
        priority => case task when 'sync-ad-account' then 0 else -10 end);
    end $function$
;
comment on function app.enqueue(text,uuid,text) is 'Wakes a job for a row of the transaction''s own agency. Known tasks alone; one waiting job per key. What a person watches goes before the syncs.';
grant execute on function app.enqueue(text,uuid,text) to spokestack_app;
grant execute on function app.enqueue(text,uuid,text) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.enqueue_creator_sync(run uuid, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      declare asked public.creator_sync_trigger;
      begin
        select r.trigger into asked from public.creator_sync_runs r
         where r.organization_id = app.organization_id() and r.id = run;
        if asked is null then raise exception 'no such sync run in this agency'; end if;
        perform graphile_worker.add_job(
          identifier => 'sync-creator',
          payload => json_build_object('organizationId', app.organization_id(), 'subjectId', run),
          run_at => at, max_attempts => 25,
          job_key => 'sync-creator:' || app.organization_id() || ':' || run,
          priority => case asked when 'CONNECT' then -10 when 'MANUAL' then -10 else 5 end);
      end $function$
;
comment on function app.enqueue_creator_sync(uuid,timestamp with time zone) is 'Wakes the job of a creator’s sync run of the transaction’s own agency at that time. What a person asked for goes first.';
grant execute on function app.enqueue_creator_sync(uuid,timestamp with time zone) to spokestack_app;
grant execute on function app.enqueue_creator_sync(uuid,timestamp with time zone) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.enqueue_discovery(connection uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      if app.organization_id() is null then raise exception 'no organization is set'; end if;
      perform graphile_worker.add_job(
        identifier => 'discover-accounts',
        payload => json_build_object('organizationId', app.organization_id(), 'subjectId', connection),
        queue_name => null, run_at => null, max_attempts => 8,
        job_key => 'discover-accounts:' || app.organization_id() || ':' || connection);
    end $function$
;
comment on function app.enqueue_discovery(uuid) is 'Wakes the job that lists a connection''s ad accounts again, of the transaction''s own agency; one waits at a time.';
grant execute on function app.enqueue_discovery(uuid) to spokestack_app;
grant execute on function app.enqueue_discovery(uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.enqueue_lead_fetch(form uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      begin
        if app.organization_id() is null then raise exception 'no organization is set'; end if;
        perform graphile_worker.add_job(
          identifier => 'fetch-leads',
          payload => json_build_object('organizationId', app.organization_id(), 'subjectId', form),
          max_attempts => 3, job_key => 'fetch-leads:' || app.organization_id() || ':' || form);
      end $function$
;
comment on function app.enqueue_lead_fetch(uuid) is 'Wakes the job that asks a page of the transaction’s own agency for leads that no webhook told of.';
grant execute on function app.enqueue_lead_fetch(uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.enqueue_sync(run uuid, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    declare behind integer;
    begin
      select case r.work when 'BACKFILL' then 10 else 0 end into behind from public.sync_runs r
       where r.organization_id = app.organization_id() and r.id = run;
      if behind is null then raise exception 'no such sync run in this agency'; end if;
      perform graphile_worker.add_job(
        identifier => 'sync-ad-account',
        payload => json_build_object('organizationId', app.organization_id(), 'subjectId', run),
        queue_name => null, run_at => at, max_attempts => 25,
        job_key => 'sync-ad-account:' || app.organization_id() || ':' || run, priority => behind);
    end $function$
;
comment on function app.enqueue_sync(uuid,timestamp with time zone) is 'Wakes the job of a sync run of the transaction''s own agency at that time: a try that waits. A backfill''s stands behind other jobs.';
grant execute on function app.enqueue_sync(uuid,timestamp with time zone) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.enqueue_webhook(event uuid, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      begin
        if app.organization_id() is null then raise exception 'no organization is set'; end if;
        perform graphile_worker.add_job(
          identifier => 'handle-webhook',
          payload => json_build_object('organizationId', app.organization_id(), 'subjectId', event),
          run_at => at, max_attempts => 25, priority => -10,
          job_key => 'handle-webhook:' || app.organization_id() || ':' || event);
      end $function$
;
comment on function app.enqueue_webhook(uuid,timestamp with time zone) is 'Wakes the job of an event of the transaction’s own agency at that time.';
grant execute on function app.enqueue_webhook(uuid,timestamp with time zone) to spokestack_app;
grant execute on function app.enqueue_webhook(uuid,timestamp with time zone) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.exclusivity_clauses(creator uuid)
 RETURNS TABLE(creator_contract_id uuid, creator_id uuid, brand_id uuid, campaign_id uuid, exclusivity public.exclusivity_type, categories text[], competitors text[], platforms public.social_platform[], territories text[], starts_on date, ends_on date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ 
      select k.id, k.creator_id, k.brand_id, k.campaign_id, k.exclusivity, k.exclusivity_categories,
             k.exclusivity_competitors, k.exclusivity_platforms, k.exclusivity_territories,
             coalesce(k.exclusivity_starts_on, k.starts_on, k.signed_on), coalesce(k.exclusivity_ends_on, k.ends_on)
        from public.creator_contracts k
       where k.organization_id = (select app.organization_id()) and k.status = 'SIGNED' and k.is_active
         and k.exclusivity <> 'NONE' and k.brand_id is not null
         and ($1 is null or k.creator_id = $1) and k.creator_id in (select r.id from public.creators r where r.organization_id = (select app.organization_id())
    and (select app.scope()) <> 'brand'
    and ((select app.sees_all())
        or brand_id = any ((select app.brand_ids())::uuid[])
        or owner_id = (select app.person_id())
        or created_by_id = (select app.person_id()) or r.brand_ids && (select app.brand_ids()))) $function$
;
comment on function app.exclusivity_clauses(uuid) is 'The exclusivity that binds a creator whom the caller sees (NULL: all of them), of every brand, without names or titles.';
grant execute on function app.exclusivity_clauses(uuid) to spokestack_app;
grant execute on function app.exclusivity_clauses(uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.fold(value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN btrim(regexp_replace(translate(regexp_replace(lower((public.unaccent('public.unaccent'::regdictionary, NORMALIZE(value, NFKC)) COLLATE "default")), '[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc]'::text, ''::text, 'g'::text), 'أإآٱىیةک٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹'::text, ('ااااييهك0123456789'::text || '0123456789'::text)), '\s+'::text, ' '::text, 'g'::text))
;
comment on function app.fold(text) is 'A text as it is compared: compatibility forms unified, lower case, no accents; Arabic without vowel signs and stretching, its alefs, yas, ta marbuta and kaf as one letter each; digits as 0 to 9; single spaces.';
grant execute on function app.fold(text) to spokestack_app;
grant execute on function app.fold(text) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.follow_brand_rules()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      new.brand_id := app.brand_by_rule(new.organization_id, new.ad_account_id, new.name);
      return new;
    end $function$
;
comment on function app.follow_brand_rules() is 'Gives a campaign that comes or is renamed the brand of the first rule that it meets.';
CREATE OR REPLACE FUNCTION app.follow_creator_brands()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ declare link record; begin
      if tg_table_name = 'creators' then
        perform app.refresh_creator_brands(new.organization_id, new.id);
      elsif tg_table_name = 'campaigns' then
        for link in select l.creator_id from public.campaign_creators l
          where l.organization_id = new.organization_id and l.campaign_id = new.id order by l.creator_id loop
          perform app.refresh_creator_brands(new.organization_id, link.creator_id);
        end loop;
      elsif tg_op = 'DELETE' then
        perform app.refresh_creator_brands(old.organization_id, old.creator_id);
      else
        if tg_op = 'UPDATE' and old.creator_id <> new.creator_id then
          perform app.refresh_creator_brands(old.organization_id, old.creator_id);
        end if;
        perform app.refresh_creator_brands(new.organization_id, new.creator_id);
      end if;
      return null;
    end $function$
;
comment on function app.follow_creator_brands() is 'Trigger: an assignment, a campaign’s brand or a creator’s own changes who sees the creator.';
CREATE OR REPLACE FUNCTION app.forget_worker(worker text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ delete from public.worker_heartbeats where worker_id = worker $function$
;
comment on function app.forget_worker(text) is 'Removes a worker that stopped or whose jobs were freed.';
grant execute on function app.forget_worker(text) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.handle_key(value text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$begin return case when value ~* 'linkedin\.com/'
      then 'linkedin:' || left(lower(substring(value from '(?i)linkedin\.com/((?:in|pub|company|school|showcase)/[^/?#\s]+)')), 200)
      else 'x:' || nullif(left(lower(substring(regexp_replace(btrim(value), '^(https?://)?(www\.|mobile\.)?(twitter|x)\.com/', '', 'i')
        from '^@?([^/?#\s]+)')), 200), '') end; end$function$
;
comment on function app.handle_key(text) is 'An X handle without its @ or address, or the part of a LinkedIn address that names somebody; each says whose network it is of.';
grant execute on function app.handle_key(text) to spokestack_app;
grant execute on function app.handle_key(text) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.idempotency_keys_clean()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      delete from public.idempotency_keys where created_at < now() - interval '7 days' $function$
;
comment on function app.idempotency_keys_clean() is 'Removes first answers that are past repeating.';
grant execute on function app.idempotency_keys_clean() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.index_ad_accounts()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      if tg_op = 'INSERT' then
        insert into public.search_entries
      (organization_id, noun, record_id, title, terms, brand_id, owner_id, created_by_id)
    select s.organization_id, 'AD_ACCOUNT', s.id, s.title, app.search_terms(s.title, s.others), s.brand_id, s.owner_id, s.created_by_id
      from (select organization_id, id, app.search_title(r.name) as title, r.native_id as others,
                   r.brand_id, r.owner_id, r.created_by_id
              from new_rows r where r.is_active offset 0) as s;
      elsif tg_op = 'DELETE' then
        delete from public.search_entries e using old_rows o
         where e.organization_id = o.organization_id and e.noun = 'AD_ACCOUNT' and e.record_id = o.id;
      else
        delete from public.search_entries e using new_rows r join old_rows o using (organization_id, id)
         where o.is_active and not r.is_active
           and e.organization_id = r.organization_id and e.noun = 'AD_ACCOUNT' and e.record_id = r.id;
        insert into public.search_entries
      (organization_id, noun, record_id, title, terms, brand_id, owner_id, created_by_id)
    select s.organization_id, 'AD_ACCOUNT', s.id, s.title, app.search_terms(s.title, s.others), s.brand_id, s.owner_id, s.created_by_id
      from (select organization_id, id, app.search_title(r.name) as title, r.native_id as others,
                   r.brand_id, r.owner_id, r.created_by_id
              from new_rows r join old_rows o using (organization_id, id)
           where r.is_active and (r.name, r.native_id, r.brand_id, r.owner_id, r.created_by_id, r.is_active) is distinct from (o.name, o.native_id, o.brand_id, o.owner_id, o.created_by_id, o.is_active) offset 0) as s
        on conflict (organization_id, noun, record_id) do update set title = excluded.title, terms = excluded.terms,
          brand_id = excluded.brand_id, owner_id = excluded.owner_id, created_by_id = excluded.created_by_id;
      end if;
      return null;
    end $function$
;
comment on function app.index_ad_accounts() is 'Trigger: keeps the search entries of the rows that a statement wrote. The serving roles cannot write there.';
CREATE OR REPLACE FUNCTION app.index_campaigns()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      if tg_op = 'INSERT' then
        insert into public.search_entries
      (organization_id, noun, record_id, title, terms, brand_id, owner_id, created_by_id)
    select s.organization_id, 'CAMPAIGN', s.id, s.title, app.search_terms(s.title, s.others), s.brand_id, s.owner_id, s.created_by_id
      from (select organization_id, id, app.search_title(r.name) as title, coalesce(r.external_id, '') as others,
                   r.brand_id, r.owner_id, r.created_by_id
              from new_rows r where r.is_active offset 0) as s;
      elsif tg_op = 'DELETE' then
        delete from public.search_entries e using old_rows o
         where e.organization_id = o.organization_id and e.noun = 'CAMPAIGN' and e.record_id = o.id;
      else
        delete from public.search_entries e using new_rows r join old_rows o using (organization_id, id)
         where o.is_active and not r.is_active
           and e.organization_id = r.organization_id and e.noun = 'CAMPAIGN' and e.record_id = r.id;
        insert into public.search_entries
      (organization_id, noun, record_id, title, terms, brand_id, owner_id, created_by_id)
    select s.organization_id, 'CAMPAIGN', s.id, s.title, app.search_terms(s.title, s.others), s.brand_id, s.owner_id, s.created_by_id
      from (select organization_id, id, app.search_title(r.name) as title, coalesce(r.external_id, '') as others,
                   r.brand_id, r.owner_id, r.created_by_id
              from new_rows r join old_rows o using (organization_id, id)
           where r.is_active and (r.name, r.external_id, r.brand_id, r.owner_id, r.created_by_id, r.is_active) is distinct from (o.name, o.external_id, o.brand_id, o.owner_id, o.created_by_id, o.is_active) offset 0) as s
        on conflict (organization_id, noun, record_id) do update set title = excluded.title, terms = excluded.terms,
          brand_id = excluded.brand_id, owner_id = excluded.owner_id, created_by_id = excluded.created_by_id;
      end if;
      return null;
    end $function$
;
comment on function app.index_campaigns() is 'Trigger: keeps the search entries of the rows that a statement wrote. The serving roles cannot write there.';
CREATE OR REPLACE FUNCTION app.index_companies()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      if tg_op = 'INSERT' then
        insert into public.search_entries
      (organization_id, noun, record_id, title, terms, brand_id, owner_id, created_by_id)
    select s.organization_id, 'COMPANY', s.id, s.title, app.search_terms(s.title, s.others), s.brand_id, s.owner_id, s.created_by_id
      from (select organization_id, id, app.search_title(r.name) as title, concat_ws(' ', r.legal_name, array_to_string(r.domains, ' '), r.email, case when r.x_handle is null then null else '@' || ltrim(r.x_handle, '@') || ' ' || ltrim(r.x_handle, '@') end,
      app.search_digits(r.phone), r.external_id) as others,
                   r.brand_id, r.owner_id, r.created_by_id
              from new_rows r where r.is_active offset 0) as s;
      elsif tg_op = 'DELETE' then
        delete from public.search_entries e using old_rows o
         where e.organization_id = o.organization_id and e.noun = 'COMPANY' and e.record_id = o.id;
      else
        delete from public.search_entries e using new_rows r join old_rows o using (organization_id, id)
         where o.is_active and not r.is_active
           and e.organization_id = r.organization_id and e.noun = 'COMPANY' and e.record_id = r.id;
        insert into public.search_entries
      (organization_id, noun, record_id, title, terms, brand_id, owner_id, created_by_id)
    select s.organization_id, 'COMPANY', s.id, s.title, app.search_terms(s.title, s.others), s.brand_id, s.owner_id, s.created_by_id
      from (select organization_id, id, app.search_title(r.name) as title, concat_ws(' ', r.legal_name, array_to_string(r.domains, ' '), r.email, case when r.x_handle is null then null else '@' || ltrim(r.x_handle, '@') || ' ' || ltrim(r.x_handle, '@') end,
      app.search_digits(r.phone), r.external_id) as others,
                   r.brand_id, r.owner_id, r.created_by_id
              from new_rows r join old_rows o using (organization_id, id)
           where r.is_active and (r.name, r.legal_name, r.domains, r.email, r.phone, r.x_handle, r.external_id, r.brand_id, r.owner_id, r.created_by_id, r.is_active) is distinct from (o.name, o.legal_name, o.domains, o.email, o.phone, o.x_handle, o.external_id, o.brand_id, o.owner_id, o.created_by_id, o.is_active) offset 0) as s
        on conflict (organization_id, noun, record_id) do update set title = excluded.title, terms = excluded.terms,
          brand_id = excluded.brand_id, owner_id = excluded.owner_id, created_by_id = excluded.created_by_id;
      end if;
      return null;
    end $function$
;
comment on function app.index_companies() is 'Trigger: keeps the search entries of the rows that a statement wrote. The serving roles cannot write there.';
CREATE OR REPLACE FUNCTION app.index_contacts()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      if tg_op = 'INSERT' then
        insert into public.search_entries
      (organization_id, noun, record_id, title, terms, brand_id, owner_id, created_by_id)
    select s.organization_id, 'CONTACT', s.id, s.title, app.search_terms(s.title, s.others), s.brand_id, s.owner_id, s.created_by_id
      from (select organization_id, id, app.search_title(r.name) as title, concat_ws(' ', array_to_string(r.emails, ' '), regexp_replace(array_to_string(r.emails, ' '), '[^ @]*@', '', 'g'),
      case when r.x_handle is null then null else '@' || ltrim(r.x_handle, '@') || ' ' || ltrim(r.x_handle, '@') end, app.search_digits(nullif(concat_ws('|', array_to_string(r.phones, '|'), r.mobile), '')),
      r.external_id) as others,
                   r.brand_id, r.owner_id, r.created_by_id
              from new_rows r where r.is_active offset 0) as s;
      elsif tg_op = 'DELETE' then
        delete from public.search_entries e using old_rows o
         where e.organization_id = o.organization_id and e.noun = 'CONTACT' and e.record_id = o.id;
      else
        delete from public.search_entries e using new_rows r join old_rows o using (organization_id, id)
         where o.is_active and not r.is_active
           and e.organization_id = r.organization_id and e.noun = 'CONTACT' and e.record_id = r.id;
        insert into public.search_entries
      (organization_id, noun, record_id, title, terms, brand_id, owner_id, created_by_id)
    select s.organization_id, 'CONTACT', s.id, s.title, app.search_terms(s.title, s.others), s.brand_id, s.owner_id, s.created_by_id
      from (select organization_id, id, app.search_title(r.name) as title, concat_ws(' ', array_to_string(r.emails, ' '), regexp_replace(array_to_string(r.emails, ' '), '[^ @]*@', '', 'g'),
      case when r.x_handle is null then null else '@' || ltrim(r.x_handle, '@') || ' ' || ltrim(r.x_handle, '@') end, app.search_digits(nullif(concat_ws('|', array_to_string(r.phones, '|'), r.mobile), '')),
      r.external_id) as others,
                   r.brand_id, r.owner_id, r.created_by_id
              from new_rows r join old_rows o using (organization_id, id)
           where r.is_active and (r.name, r.emails, r.phones, r.mobile, r.x_handle, r.external_id, r.brand_id, r.owner_id, r.created_by_id, r.is_active) is distinct from (o.name, o.emails, o.phones, o.mobile, o.x_handle, o.external_id, o.brand_id, o.owner_id, o.created_by_id, o.is_active) offset 0) as s
        on conflict (organization_id, noun, record_id) do update set title = excluded.title, terms = excluded.terms,
          brand_id = excluded.brand_id, owner_id = excluded.owner_id, created_by_id = excluded.created_by_id;
      end if;
      return null;
    end $function$
;
comment on function app.index_contacts() is 'Trigger: keeps the search entries of the rows that a statement wrote. The serving roles cannot write there.';
CREATE OR REPLACE FUNCTION app.index_creator_handles()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ begin 
  insert into public.search_entries as e
      (organization_id, noun, record_id, title, terms, brand_id, owner_id, created_by_id)
    select s.organization_id, 'CREATOR', s.id, s.title, app.search_terms(s.title, s.others), s.brand_id, s.owner_id, s.created_by_id
      from (select r.organization_id, r.id, app.search_title(r.name) as title,
                   concat_ws(' ', (select string_agg('@' || p.handle || ' ' || p.handle, ' ' order by p.handle_key)
   from public.creator_platforms p
  where p.organization_id = r.organization_id and p.creator_id = r.id and p.is_active), r.external_id) as others, r.brand_id, r.owner_id, r.created_by_id
              from public.creators r where r.is_active and (r.organization_id, r.id) in
      (select n.organization_id, n.creator_id from new_rows n) offset 0) as s
  on conflict (organization_id, noun, record_id) do update set title = excluded.title, terms = excluded.terms,
    brand_id = excluded.brand_id, owner_id = excluded.owner_id, created_by_id = excluded.created_by_id
   where (e.title, e.terms, e.brand_id, e.owner_id, e.created_by_id)
     is distinct from (excluded.title, excluded.terms, excluded.brand_id, excluded.owner_id, excluded.created_by_id);
      return null; end $function$
;
comment on function app.index_creator_handles() is 'Trigger: a creator is found by the handles of their accounts.';
CREATE OR REPLACE FUNCTION app.index_creators()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ begin 
      if tg_op = 'INSERT' then
        
  insert into public.search_entries as e
      (organization_id, noun, record_id, title, terms, brand_id, owner_id, created_by_id)
    select s.organization_id, 'CREATOR', s.id, s.title, app.search_terms(s.title, s.others), s.brand_id, s.owner_id, s.created_by_id
      from (select r.organization_id, r.id, app.search_title(r.name) as title,
                   concat_ws(' ', (select string_agg('@' || p.handle || ' ' || p.handle, ' ' order by p.handle_key)
   from public.creator_platforms p
  where p.organization_id = r.organization_id and p.creator_id = r.id and p.is_active), r.external_id) as others, r.brand_id, r.owner_id, r.created_by_id
              from new_rows r where r.is_active offset 0) as s
  on conflict (organization_id, noun, record_id) do update set title = excluded.title, terms = excluded.terms,
    brand_id = excluded.brand_id, owner_id = excluded.owner_id, created_by_id = excluded.created_by_id
   where (e.title, e.terms, e.brand_id, e.owner_id, e.created_by_id)
     is distinct from (excluded.title, excluded.terms, excluded.brand_id, excluded.owner_id, excluded.created_by_id);
      elsif tg_op = 'DELETE' then
        delete from public.search_entries e using old_rows o
         where e.organization_id = o.organization_id and e.noun = 'CREATOR' and e.record_id = o.id;
      else
        delete from public.search_entries e using new_rows r join old_rows o using (organization_id, id)
         where o.is_active and not r.is_active
           and e.organization_id = r.organization_id and e.noun = 'CREATOR' and e.record_id = r.id;
        
  insert into public.search_entries as e
      (organization_id, noun, record_id, title, terms, brand_id, owner_id, created_by_id)
    select s.organization_id, 'CREATOR', s.id, s.title, app.search_terms(s.title, s.others), s.brand_id, s.owner_id, s.created_by_id
      from (select r.organization_id, r.id, app.search_title(r.name) as title,
                   concat_ws(' ', (select string_agg('@' || p.handle || ' ' || p.handle, ' ' order by p.handle_key)
   from public.creator_platforms p
  where p.organization_id = r.organization_id and p.creator_id = r.id and p.is_active), r.external_id) as others, r.brand_id, r.owner_id, r.created_by_id
              from new_rows r join old_rows o on o.organization_id = r.organization_id and o.id = r.id
           where r.is_active and (r.name, r.external_id, r.brand_id, r.owner_id, r.created_by_id, r.is_active) is distinct from (o.name, o.external_id, o.brand_id, o.owner_id, o.created_by_id, o.is_active) offset 0) as s
  on conflict (organization_id, noun, record_id) do update set title = excluded.title, terms = excluded.terms,
    brand_id = excluded.brand_id, owner_id = excluded.owner_id, created_by_id = excluded.created_by_id
   where (e.title, e.terms, e.brand_id, e.owner_id, e.created_by_id)
     is distinct from (excluded.title, excluded.terms, excluded.brand_id, excluded.owner_id, excluded.created_by_id);
      end if;
      return null; end $function$
;
comment on function app.index_creators() is 'Trigger: keeps the search entries of the creators that a statement wrote. The serving roles cannot write there.';
CREATE OR REPLACE FUNCTION app.index_deals()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      if tg_op = 'INSERT' then
        insert into public.search_entries
      (organization_id, noun, record_id, title, terms, brand_id, owner_id, created_by_id)
    select s.organization_id, 'DEAL', s.id, s.title, app.search_terms(s.title, s.others), s.brand_id, s.owner_id, s.created_by_id
      from (select organization_id, id, app.search_title(r.name) as title, coalesce(r.external_id, '') as others,
                   r.brand_id, r.owner_id, r.created_by_id
              from new_rows r where r.is_active offset 0) as s;
      elsif tg_op = 'DELETE' then
        delete from public.search_entries e using old_rows o
         where e.organization_id = o.organization_id and e.noun = 'DEAL' and e.record_id = o.id;
      else
        delete from public.search_entries e using new_rows r join old_rows o using (organization_id, id)
         where o.is_active and not r.is_active
           and e.organization_id = r.organization_id and e.noun = 'DEAL' and e.record_id = r.id;
        insert into public.search_entries
      (organization_id, noun, record_id, title, terms, brand_id, owner_id, created_by_id)
    select s.organization_id, 'DEAL', s.id, s.title, app.search_terms(s.title, s.others), s.brand_id, s.owner_id, s.created_by_id
      from (select organization_id, id, app.search_title(r.name) as title, coalesce(r.external_id, '') as others,
                   r.brand_id, r.owner_id, r.created_by_id
              from new_rows r join old_rows o using (organization_id, id)
           where r.is_active and (r.name, r.external_id, r.brand_id, r.owner_id, r.created_by_id, r.is_active) is distinct from (o.name, o.external_id, o.brand_id, o.owner_id, o.created_by_id, o.is_active) offset 0) as s
        on conflict (organization_id, noun, record_id) do update set title = excluded.title, terms = excluded.terms,
          brand_id = excluded.brand_id, owner_id = excluded.owner_id, created_by_id = excluded.created_by_id;
      end if;
      return null;
    end $function$
;
comment on function app.index_deals() is 'Trigger: keeps the search entries of the rows that a statement wrote. The serving roles cannot write there.';
CREATE OR REPLACE FUNCTION app.is_shared_host(host text)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$begin return lower(host) ~ ('(^|\.)(' || concat_ws('|',
        '(gmail|googlemail|outlook|hotmail|live|msn|icloud|me|mac|aol|gmx|mail|email|zoho|protonmail|proton|pm|tutanota|fastmail|hey|yandex|rediffmail|inbox|maktoob|eim)\.(com|net|me|de|ae|ru|eu|org)',
        '(yahoo|ymail|rocketmail|hotmail|live|outlook|gmx)\.([a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2}|com)',
        '(web|t-online|freenet)\.de', '(orange|free|laposte|wanadoo|sfr)\.fr', '(libero|virgilio|tiscali)\.it',
        '(qq|163|126|sina|naver|daum|comcast|verizon|btinternet|emirates|etisalat)\.(com|net|ae)',
        '(facebook|fb|instagram|linkedin|twitter|x|tiktok|youtube|snapchat|pinterest|threads|medium|behance|github|whatsapp|telegram)\.(com|net|me|org)',
        '(t|wa|youtu|linktr|bit|beacons|bio)\.(me|be|ee|ly|ai|link)',
        '(wixsite|wordpress|blogspot|weebly|squarespace|myshopify|godaddysites|webflow|notion|carrd)\.(com|io|site|co)',
        '(sites|docs|drive|maps|forms)\.google\.com', '(example|localhost)\.(invalid|local)') || ')$'); end$function$
;
comment on function app.is_shared_host(text) is 'Whether many have their mail or their page at this host, so that it is a sign of nobody: free mail, social networks, builders of sites.';
grant execute on function app.is_shared_host(text) to spokestack_app;
grant execute on function app.is_shared_host(text) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.jobs_seen_within(age interval)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select exists (select 1 from public.worker_heartbeats where seen_at > now() - age) $function$
;
comment on function app.jobs_seen_within(interval) is 'Whether any job worker was alive within that time.';
grant execute on function app.jobs_seen_within(interval) to spokestack_app;
grant execute on function app.jobs_seen_within(interval) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.keep_keys_of_companies()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    declare
      agency uuid;
      changed uuid[];
    begin
      if tg_op = 'DELETE' then
        
    delete from public.record_keys k using removed r
     where k.organization_id = r.organization_id and k.company_id = r.id;
        delete from public.duplicate_pairs p using removed r
         where p.organization_id = r.organization_id and (p.company_id = r.id or p.other_company_id = r.id);
      elsif tg_op = 'INSERT' then
        insert into public.record_keys (organization_id, noun, company_id, kind, value)
    select r.organization_id, 'COMPANY', r.id, k.kind, k.value from added r cross join lateral app.keys_of_company(r.name, r.email, r.phone, r.website, r.domains, r.linkedin_url, r.x_handle) k;
        for agency, changed in select r.organization_id, array_agg(r.id) from added r group by r.organization_id loop
          perform app.refresh_pairs_of_companies(agency, changed);
        end loop;
      else
        for agency, changed in
          select r.organization_id, array_agg(r.id) from added r
            join removed o on o.organization_id = r.organization_id and o.id = r.id
           where (r.name, r.email, r.phone, r.website, r.domains, r.linkedin_url, r.x_handle) is distinct from (o.name, o.email, o.phone, o.website, o.domains, o.linkedin_url, o.x_handle) group by r.organization_id
        loop
          delete from public.record_keys k where k.organization_id = agency and k.company_id = any (changed);
          insert into public.record_keys (organization_id, noun, company_id, kind, value)
    select r.organization_id, 'COMPANY', r.id, k.kind, k.value from added r cross join lateral app.keys_of_company(r.name, r.email, r.phone, r.website, r.domains, r.linkedin_url, r.x_handle) k where r.organization_id = agency and r.id = any (changed);
          perform app.refresh_pairs_of_companies(agency, changed);
        end loop;
      end if;
      return null;
    end$function$
;
comment on function app.keep_keys_of_companies() is 'Trigger: keeps what may show that two records are one, whichever way a record is written. The serving roles cannot write there.';
CREATE OR REPLACE FUNCTION app.keep_keys_of_contacts()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    declare
      agency uuid;
      changed uuid[];
    begin
      if tg_op = 'DELETE' then
        
    delete from public.record_keys k using removed r
     where k.organization_id = r.organization_id and k.contact_id = r.id;
        delete from public.duplicate_pairs p using removed r
         where p.organization_id = r.organization_id and (p.contact_id = r.id or p.other_contact_id = r.id);
      elsif tg_op = 'INSERT' then
        insert into public.record_keys (organization_id, noun, contact_id, kind, value)
    select r.organization_id, 'CONTACT', r.id, k.kind, k.value from added r cross join lateral app.keys_of_contact(r.first_name, r.last_name, r.emails, r.phones || r.mobile, r.linkedin_url, r.x_handle, r.company_id) k;
        for agency, changed in select r.organization_id, array_agg(r.id) from added r group by r.organization_id loop
          perform app.refresh_pairs_of_contacts(agency, changed);
        end loop;
      else
        for agency, changed in
          select r.organization_id, array_agg(r.id) from added r
            join removed o on o.organization_id = r.organization_id and o.id = r.id
           where (r.first_name, r.last_name, r.emails, r.phones, r.mobile, r.linkedin_url, r.x_handle, r.company_id) is distinct from (o.first_name, o.last_name, o.emails, o.phones, o.mobile, o.linkedin_url, o.x_handle, o.company_id) group by r.organization_id
        loop
          delete from public.record_keys k where k.organization_id = agency and k.contact_id = any (changed);
          insert into public.record_keys (organization_id, noun, contact_id, kind, value)
    select r.organization_id, 'CONTACT', r.id, k.kind, k.value from added r cross join lateral app.keys_of_contact(r.first_name, r.last_name, r.emails, r.phones || r.mobile, r.linkedin_url, r.x_handle, r.company_id) k where r.organization_id = agency and r.id = any (changed);
          perform app.refresh_pairs_of_contacts(agency, changed);
        end loop;
      end if;
      return null;
    end$function$
;
comment on function app.keep_keys_of_contacts() is 'Trigger: keeps what may show that two records are one, whichever way a record is written. The serving roles cannot write there.';
CREATE OR REPLACE FUNCTION app.keys_of_company(name text, email text, phone text, website text, domains text[], linkedin_url text, x_handle text)
 RETURNS TABLE(kind public.record_key_kind, value text)
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$declare
        plain text := app.company_key(name);
      begin
        return query select distinct k.kind::public.record_key_kind, k.value from (
          select 'HANDLE' as kind, app.handle_key(h) as value from unnest(array[linkedin_url, x_handle]) h where h <> ''
          union all select 'DOMAIN', app.domain_key(d) from unnest(domains || website) d
          union all values
            ('EMAIL', app.email_key(email)),
            ('PHONE', app.phone_key(phone)),
            ('NAME', plain),
            ('BLOCK', 'start:' || nullif(left(replace(plain, ' ', ''), 4), ''))) k
         where k.value <> '';
      end$function$
;
comment on function app.keys_of_company(text,text,text,text,text[],text,text) is 'The keys of a company with these fields, stored or only typed so far.';
grant execute on function app.keys_of_company(text,text,text,text,text[],text,text) to spokestack_app;
grant execute on function app.keys_of_company(text,text,text,text,text[],text,text) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.keys_of_contact(first_name text, last_name text, emails text[], phones text[], linkedin_url text, x_handle text, company_id uuid)
 RETURNS TABLE(kind public.record_key_kind, value text)
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$declare
        first text := app.words(first_name);
        last text := app.words(last_name);
      begin
        return query select distinct k.kind::public.record_key_kind, k.value from (
          select 'EMAIL' as kind, app.email_key(e) as value from unnest(emails) e
          union all select 'PHONE', app.phone_key(p) from unnest(phones) p
          union all select 'HANDLE', app.handle_key(h) from unnest(array[linkedin_url, x_handle]) h where h <> ''
          union all values
            ('NAME', app.person_key(concat_ws(' ', first, last))),
            ('BLOCK', 'last:' || nullif(left(split_part(last, ' ', -1), 100), '') || ':' || nullif(left(first, 1), '')),
            ('BLOCK', 'first:' || nullif(left(split_part(first, ' ', 1), 100), '') || ':' || nullif(left(last, 1), '')),
            ('BLOCK', 'company:' || company_id || ':' || nullif(left(first, 1), ''))) k
         where k.value <> '';
      end$function$
;
comment on function app.keys_of_contact(text,text,text[],text[],text,text,uuid) is 'The keys of a person with these fields, stored or only typed so far.';
grant execute on function app.keys_of_contact(text,text,text[],text[],text,text,uuid) to spokestack_app;
grant execute on function app.keys_of_contact(text,text,text[],text[],text,text,uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.lead_form_key(hash text)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select hash from public.lead_forms f
        join public.organizations o on o.organization_id = f.organization_id and o.id = f.organization_id
       where f.is_active and o.is_active
         and (f.key_hash = hash or (f.previous_key_hash = hash and f.previous_key_until > now())) limit 1 $function$
;
comment on function app.lead_form_key(text) is 'The stored hash of a lead form’s key that counts now, for comparison; NULL where none does. Tells nothing of whose it is.';
grant execute on function app.lead_form_key(text) to spokestack_app;
CREATE OR REPLACE FUNCTION app.lead_forms_to_poll()
 RETURNS TABLE(organization_id uuid, lead_form_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select f.organization_id, f.id from public.lead_forms f
        join public.organizations o on o.organization_id = f.organization_id and o.id = f.organization_id
       where f.source = 'META' and f.is_active and o.is_active
         and (f.polled_at is null or f.polled_at < now() - interval '50 minutes')
       order by f.polled_at nulls first, f.id $function$
;
comment on function app.lead_forms_to_poll() is 'Facebook pages whose leads were not asked for within the hour: ids alone.';
grant execute on function app.lead_forms_to_poll() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.lost_creator_syncs()
 RETURNS TABLE(organization_id uuid, creator_sync_run_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select r.organization_id, r.id from public.creator_sync_runs r
       where r.status in ('QUEUED', 'RUNNING') and r.created_at < now() - interval '1 minute'
         and not exists (select from graphile_worker.jobs j
                          where j.key = 'sync-creator:' || r.organization_id || ':' || r.id
                            and j.attempts < j.max_attempts) $function$
;
comment on function app.lost_creator_syncs() is 'Syncs of creators that are under way or due without a job: ids alone.';
grant execute on function app.lost_creator_syncs() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.lost_sync_runs()
 RETURNS TABLE(organization_id uuid, sync_run_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select r.organization_id, r.id from public.sync_runs r
       where (r.status = 'SYNCING' and r.lease_until < now())
          or (r.status = 'PENDING' and r.requested_at < now() - interval '2 minutes'
              and not exists (select from graphile_worker.jobs j
                               where j.key = 'sync-ad-account:' || r.organization_id || ':' || r.id
                                 and j.attempts < j.max_attempts)) $function$
;
comment on function app.lost_sync_runs() is 'Sync runs that nobody works on any more: a lease that ran out, or a wait without a job. Ids alone.';
grant execute on function app.lost_sync_runs() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.match_claims(accounts uuid[])
 RETURNS TABLE(platform_campaign_id uuid, campaign_id uuid, campaign_match_rule_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      with reach as (
        select r.id as rule_id, r.campaign_id, r.position, r.name_match, r.name_pattern, r.label,
               c.brand_id as campaign_brand_id, a.id as account_id, a.brand_id as account_brand_id,
               w.sees_all, w.brand_ids,
               coalesce(w.user_id in (a.owner_id, a.created_by_id), false) as is_own
          from public.campaign_match_rules r
          join public.campaigns c on c.organization_id = r.organization_id and c.id = r.campaign_id
               and c.is_active and c.status not in ('COMPLETED', 'CANCELLED')
          join app.match_rule_authors() w on w.user_id = r.created_by_id
          join public.ad_accounts a on a.organization_id = r.organization_id and a.is_active
               and (r.ad_account_id is null or r.ad_account_id = a.id)
               and (r.platform is null or r.platform = a.platform)
               and (r.ad_account_id = a.id or a.brand_id = c.brand_id
                    or exists (select from public.campaign_ad_accounts l
                                where l.organization_id = r.organization_id
                                  and l.campaign_id = r.campaign_id and l.ad_account_id = a.id))
         where r.organization_id = app.organization_id() and app.scope() <> 'brand'
           and (accounts is null or a.id = any (accounts)))
      select distinct on (p.id, x.campaign_id) p.id, x.campaign_id, x.rule_id
        from reach x
        join public.platform_campaigns p on p.organization_id = app.organization_id()
             and p.ad_account_id = x.account_id and p.campaign_id is null
       where app.meets_name(x.name_match, x.name_pattern, p.name) and app.meets_label(x.label, p.labels)
         and coalesce(coalesce(p.brand_id, x.account_brand_id) = x.campaign_brand_id,
                      coalesce(p.brand_id, x.account_brand_id) is null)
         and (x.sees_all or p.brand_id = any (x.brand_ids)
              or (p.brand_id is null and (x.account_brand_id = any (x.brand_ids) or x.is_own)))
         and not exists (select from public.campaign_match_refusals f
                          where f.organization_id = app.organization_id()
                            and f.campaign_id = x.campaign_id and f.platform_campaign_id = p.id)
       order by p.id, x.campaign_id, x.position, x.rule_id $function$
;
comment on function app.match_claims(uuid[]) is 'Which campaigns’ rules claim which waiting platform campaigns of these ad accounts (NULL: all) of the transaction’s own agency, and by which rule; ids alone. A rule has its author’s eyes and keeps to its campaign’s brand.';
grant execute on function app.match_claims(uuid[]) to spokestack_app;
grant execute on function app.match_claims(uuid[]) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.match_rule_authors()
 RETURNS TABLE(user_id uuid, sees_all boolean, brand_ids uuid[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select m.user_id, m.role <> 'MEMBER',
             array(select b.brand_id from public.brand_assignments b
                    where b.organization_id = m.organization_id and b.user_id = m.user_id)
        from public.memberships m join public.users u on u.id = m.user_id and u.is_active
       where m.organization_id = app.organization_id() and m.brand_id is null
         and m.role in ('OWNER', 'ADMIN', 'MEMBER') and app.membership_counts(m)
       union all
      select k.user_id, k.role <> 'MEMBER', '{}'::uuid[] from public.api_keys k
       where k.organization_id = app.organization_id() and k.brand_id is null and k.revoked_at is null
         and k.role in ('OWNER', 'ADMIN', 'MEMBER') $function$
;
comment on function app.match_rule_authors() is 'Who of the transaction’s own agency may write rules today, and how far each sees. For the two functions below alone.';
CREATE OR REPLACE FUNCTION app.match_rules_asleep(campaign uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select r.id from public.campaign_match_rules r
       where r.organization_id = app.organization_id() and r.campaign_id = campaign and app.scope() <> 'brand'
         and not exists (select from app.match_rule_authors() w where w.user_id = r.created_by_id) $function$
;
comment on function app.match_rules_asleep(uuid) is 'The rules of a campaign of the transaction’s own agency whose author left or may no longer write; ids alone.';
grant execute on function app.match_rules_asleep(uuid) to spokestack_app;
grant execute on function app.match_rules_asleep(uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.match_rules_narrow(campaign uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select r.id from public.campaign_match_rules r
        join app.match_rule_authors() w on w.user_id = r.created_by_id and not w.sees_all
       where r.organization_id = app.organization_id() and r.campaign_id = campaign and app.scope() <> 'brand' $function$
;
comment on function app.match_rules_narrow(uuid) is 'The rules of a campaign of the transaction’s own agency whose author sees what is assigned to them alone; ids alone.';
grant execute on function app.match_rules_narrow(uuid) to spokestack_app;
grant execute on function app.match_rules_narrow(uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.matching_records(sought text, sought_noun public.search_noun)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 500
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
declare
  org uuid := app.organization_id();
  sees_all boolean := app.sees_all();
  brands uuid[] := app.brand_ids();
  person uuid := app.person_id();
  asked text := app.fold(left(sought, 200));
  is_number boolean := asked ~ '^(act_)?[+(]*[0-9][0-9 ()+/.-]*$';
  has_found boolean := false;
  way record;
  p1 text;
  p2 text;
  p3 text;
begin
  -- Who else sees an ad account, app.search() knows: no list asks for them here.
  if org is null or asked = '' or sought_noun = 'AD_ACCOUNT' then return; end if;
  for way in select s.kind, s.patterns from app.search_steps(asked) s where s.kind in ('ID', 'HOLDING') loop
    p1 := way.patterns[1];
    p2 := way.patterns[2];
    p3 := way.patterns[3];
    exit when is_number and has_found and p1 not like '\% %';
    if way.kind = 'ID' then
      -- What reads like an id of ours may be one elsewhere, or stand in a name.
      return query select e.record_id from public.search_entries e where e.organization_id = org and e.noun = sought_noun
         and (sees_all or e.brand_id = any (brands) or e.owner_id = person or e.created_by_id = person
           or (sought_noun = 'CREATOR' and exists (select from public.creators k
                where k.organization_id = org and k.id = e.record_id and k.brand_ids && brands))) and e.record_id = p1::uuid
         union all select e.record_id from public.search_entries e where e.organization_id = org and e.noun = sought_noun
         and (sees_all or e.brand_id = any (brands) or e.owner_id = person or e.created_by_id = person
           or (sought_noun = 'CREATOR' and exists (select from public.creators k
                where k.organization_id = org and k.id = e.record_id and k.brand_ids && brands))) and e.terms like '%' || p1 || '%';
    else
      return query select e.record_id from public.search_entries e
       where e.organization_id = org and e.noun = sought_noun
         and (sees_all or e.brand_id = any (brands) or e.owner_id = person or e.created_by_id = person
           or (sought_noun = 'CREATOR' and exists (select from public.creators k
                where k.organization_id = org and k.id = e.record_id and k.brand_ids && brands))) and e.terms like p1 and (p2 is null or e.terms like p2) and (p3 is null or e.terms like p3)
         and e.terms like all (way.patterns);
    end if;
    has_found := has_found or found;
  end loop;
end $function$
;
comment on function app.matching_records(text,public.search_noun) is 'The active companies, contacts, deals, creators or campaigns of the transaction''s agency that fit, in no order. It asks of each entry what the policies ask of its record, and answers with ids alone.';
grant execute on function app.matching_records(text,public.search_noun) to spokestack_app;
grant execute on function app.matching_records(text,public.search_noun) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.meets_label(label text, labels text[])
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$
      select label is null or lower(label) = any (array(select lower(l) from unnest(labels) l)) $function$
;
comment on function app.meets_label(text,text[]) is 'Whether one of the labels is the rule’s; without one in the rule it does.';
grant execute on function app.meets_label(text,text[]) to spokestack_app;
grant execute on function app.meets_label(text,text[]) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.meets_name(comparison text, pattern text, name text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$
      select case comparison
        when 'CONTAINS' then position(lower(pattern) in lower(name)) > 0
        when 'STARTS_WITH' then starts_with(lower(name), lower(pattern))
        when 'ENDS_WITH' then right(lower(name), length(lower(pattern))) = lower(pattern)
        when 'IS' then lower(name) = lower(pattern)
        else true end $function$
;
comment on function app.meets_name(text,text,text) is 'Whether a name meets a rule’s condition on names; without a comparison it does.';
grant execute on function app.meets_name(text,text,text) to spokestack_app;
grant execute on function app.meets_name(text,text,text) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.membership_counts(membership public.memberships)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select membership.is_active
             and exists (select 1 from public.organizations o
                          where o.organization_id = membership.organization_id and o.id = membership.organization_id and o.is_active)
             and (membership.brand_id is null
                  or exists (select 1 from public.organizations b
                              where b.organization_id = membership.organization_id and b.id = membership.brand_id and b.is_active)) $function$
;
comment on function app.membership_counts(public.memberships) is 'Whether a membership lets its person in: it, its agency and a client''s brand are active. For the functions below alone.';
CREATE OR REPLACE FUNCTION app.merge_records(noun public.record_noun, kept uuid, merged uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      declare
        target regclass := case noun when 'COMPANY' then 'public.companies'::regclass when 'CONTACT' then 'public.contacts'::regclass end;
        agency uuid := app.organization_id();
        column_name text := lower(noun::text) || '_id';
        seen jsonb;
        merge_id uuid;
        creator_parts jsonb := '[]';
        kept_creator uuid;
        merged_creator uuid;
      begin
        if target is null or kept = merged then return null; end if;
        execute format('select jsonb_object_agg(id, row) from (select id, to_jsonb(r) as row from %s r
          where organization_id = $1 and id in ($2, $3) and is_active and (%s) order by id for update) r', target, app.visible_record())
          into seen using agency, kept, merged;
        if seen -> kept::text is null or seen -> merged::text is null then return null; end if;
        execute format('insert into public.merges (organization_id, noun, %I, %I, kept_before, merged_before, moved, created_by_id)
          values ($1, $2, $3, $4, $5, $6, ''[]'', app.user_id()) returning id', column_name, 'merged_' || column_name)
          into merge_id using agency, noun, kept, merged, seen -> kept::text, seen -> merged::text;
        if noun = 'CONTACT' then
          select c.id into kept_creator from public.creators c where c.organization_id = agency and c.contact_id = kept for update;
          select c.id into merged_creator from public.creators c where c.organization_id = agency and c.contact_id = merged for update;
        end if;
        if kept_creator is not null and merged_creator is not null then
          -- A grant is one Phyllo user's, and a creator has one.
          if exists (select from public.creator_platforms p where p.organization_id = agency and p.creator_id = merged_creator
              and p.is_active and p.connection_state not in ('NEVER', 'REVOKED')) then
            raise exception 'the merged creator is connected' using errcode = 'SS002';
          end if;
          select coalesce(jsonb_agg(part || jsonb_build_object('record', merged_creator, 'into', kept_creator)), '[]')
            into creator_parts
            from jsonb_array_elements(app.move_all_references('public.creators'::regclass, agency, merged_creator, kept_creator)) part;
        end if;
        update public.merges m set moved = app.move_all_references(target, agency, merged, kept) || creator_parts
         where m.organization_id = agency and m.id = merge_id;
        execute format('update %s set is_active = false, merged_into_id = $3, external_id = null
          where organization_id = $1 and id = $2', target) using agency, merged, kept;
        return merge_id;
      end$function$
;
comment on function app.merge_records(public.record_noun,uuid,uuid) is 'Makes one record a part of another, both of the transaction’s agency, active and visible to the caller: moves every reference, those that the caller does not see as well, and answers the id of the merge; NULL where one is not there.';
grant execute on function app.merge_records(public.record_noun,uuid,uuid) to spokestack_app;
grant execute on function app.merge_records(public.record_noun,uuid,uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.migrations_applied()
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select array(select name::text from public.kysely_migration order by name) $function$
;
comment on function app.migrations_applied() is 'The names of the migrations that this database has.';
grant execute on function app.migrations_applied() to spokestack_app;
grant execute on function app.migrations_applied() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.move_all_references(target regclass, agency uuid, record uuid, into_record uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      declare
        link record;
        moved jsonb := '[]';
      begin
        for link in
          select f.conrelid::regclass as of, a.attname as by_column, f.conrelid = f.confrelid as is_own
            from pg_constraint f
            join pg_attribute a on a.attrelid = f.conrelid and a.attnum = any (f.conkey) and a.attname <> 'organization_id'
           where f.contype = 'f' and f.confrelid = target and f.conrelid <> 'public.merges'::regclass
           order by 1, 2
        loop
          -- What stands above the kept record must not come to stand below it: there the next above takes its place.
          if link.is_own then
            execute format('with recursive above as (
                select id, %2$I as up from %1$s where organization_id = $1 and id = $3
                union select t.id, t.%2$I from %1$s t join above on t.organization_id = $1 and t.id = above.up)
              update %1$s set %2$I = (select t.%2$I from %1$s t where t.organization_id = $1 and t.id = $2)
               where organization_id = $1 and %2$I = $2 and id in (select id from above)', link.of, link.by_column)
              using agency, record, into_record;
          end if;
          moved := moved || jsonb_build_array(
            jsonb_build_object('table', (select relname from pg_class where oid = link.of), 'column', link.by_column)
            || app.move_references(link.of, link.by_column, agency, record, into_record, null));
        end loop;
        return moved;
      end$function$
;
comment on function app.move_all_references(regclass,uuid,uuid,uuid) is 'Moves every reference that the catalog knows of, so that a table made later comes along by itself. For app.merge_records alone.';
CREATE OR REPLACE FUNCTION app.move_audience_countries()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      update public.creators set audience_countries = '{}'
       where organization_id = new.organization_id and id in (old.creator_id, new.creator_id) and audience_countries <> '{}';
      -- Their own trigger says the countries anew.
      update public.creator_audiences a set followers = a.followers from public.creator_platforms p
       where p.organization_id = new.organization_id and p.creator_id in (old.creator_id, new.creator_id)
         and a.organization_id = p.organization_id and a.creator_platform_id = p.id;
      return null;
    end $function$
;
comment on function app.move_audience_countries() is 'Trigger: the countries of both creators follow an account that moved from one to the other.';
CREATE OR REPLACE FUNCTION app.move_references(of regclass, by_column name, agency uuid, record uuid, into_record uuid, only_keys jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      declare
        key text;
        chosen text := format('organization_id = $1 and %I = $2', by_column);
        keys jsonb := '[]';
        dropped jsonb := '[]';
        moved jsonb;
        one jsonb;
      begin
        select format('jsonb_build_array(%s)', string_agg(quote_ident(a.attname), ', ' order by a.attname)) into key
          from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[])
         where i.indrelid = of and i.indisprimary and a.attname <> 'organization_id';
        if only_keys is not null then chosen := chosen || format(' and $4 @> jsonb_build_array(%s)', key); end if;
        begin
          execute format('with moved as (update %s set %I = $3 where %s returning %s as key)
            select coalesce(jsonb_agg(key), ''[]'') from moved', of, by_column, chosen, key)
            into keys using agency, record, into_record, only_keys;
          return jsonb_build_object('keys', keys, 'dropped', dropped);
        exception when unique_violation or check_violation or exclusion_violation then
          keys := '[]';
        end;
        for one in execute format('select %s from %s where %s', key, of, chosen) using agency, record, into_record, only_keys loop
          begin
            execute format('update %s set %I = $3 where organization_id = $1 and %I = $2 and %s = $4 returning %s',
              of, by_column, by_column, key, key) into moved using agency, record, into_record, one;
            keys := keys || jsonb_build_array(moved);
          exception when unique_violation or check_violation or exclusion_violation then
            if of = 'public.creators'::regclass and by_column = 'contact_id' then
              -- One creator a contact: see app.merge_records().
              null;
            elsif of = 'public.campaign_creators'::regclass and by_column = 'creator_id' and exists (
                select from public.campaign_creators l
                 where l.organization_id = agency and l.id = (one ->> 0)::uuid and not l.is_active) then
              -- Taken off a campaign on which the other works: there is nothing to tell.
              null;
            elsif exists (select from pg_attribute a where a.attrelid = of and a.attname = 'version' and not a.attisdropped) then
              raise exception 'both records have their own of %', of using errcode = 'SS001';
            elsif only_keys is null then
              execute format('with gone as (delete from %s t where organization_id = $1 and %I = $2 and %s = $3 returning to_jsonb(t) as row)
                select row from gone', of, by_column, key) into moved using agency, record, one;
              dropped := dropped || jsonb_build_array(moved);
            end if;
          end;
        end loop;
        return jsonb_build_object('keys', keys, 'dropped', dropped);
      end$function$
;
comment on function app.move_references(regclass,name,uuid,uuid,uuid,jsonb) is 'Moves the references of one column from a record to another, all or those with these keys; answers the keys and the rows that were dropped. For the functions of merges alone.';
CREATE OR REPLACE FUNCTION app.name_creator()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ begin 
      select c.name into new.name from public.contacts c
       where c.organization_id = new.organization_id and c.id = new.contact_id;
      return new; end $function$
;
comment on function app.name_creator() is 'Trigger: a new creator, or one whose contact changed, takes the contact’s name.';
CREATE OR REPLACE FUNCTION app.names_of_brand(organization uuid, brand uuid)
 RETURNS SETOF text
 LANGUAGE sql
 STABLE
AS $function$
      select o.name from public.organizations o where o.organization_id = organization and o.id = brand
      union
      select c.name from public.companies c
       where c.organization_id = organization and c.became_brand_id = brand and c.is_active $function$
;
comment on function app.names_of_brand(uuid,uuid) is 'By what another client''s contract may call a brand: its name, and the companies that became it.';
grant execute on function app.names_of_brand(uuid,uuid) to spokestack_app;
grant execute on function app.names_of_brand(uuid,uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.names_of_campaign(organization uuid, campaign uuid)
 RETURNS text[]
 LANGUAGE sql
 STABLE
AS $function$
      select coalesce(array_agg(distinct n.name), '{}')
        from public.campaigns k
        cross join lateral (
          select * from app.names_of_brand(organization, k.brand_id)
          union select * from unnest(k.competitors)
          union select c.name from public.deals d
            join public.companies c on c.organization_id = d.organization_id and c.id = d.company_id
           where d.organization_id = k.organization_id and d.id = k.deal_id) n (name)
       where k.organization_id = organization and k.id = campaign $function$
;
comment on function app.names_of_campaign(uuid,uuid) is 'By what another client''s contract may exclude a campaign: the names of its brand, its deal''s company, and those that it lists itself.';
grant execute on function app.names_of_campaign(uuid,uuid) to spokestack_app;
grant execute on function app.names_of_campaign(uuid,uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.newest_rate_date()
 RETURNS date
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select max(date) from public.fx_rates $function$
;
comment on function app.newest_rate_date() is 'The day of the newest stored exchange rate, of whatever pair.';
grant execute on function app.newest_rate_date() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.next_sync_run(agency uuid, asked uuid)
 RETURNS TABLE(organization_id uuid, sync_run_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      with turns as materialized (
        select t.* from app.sync_turns() t
         where not exists (select from public.sync_runs w
                            where w.organization_id = t.organization_id and w.ad_account_id = t.ad_account_id
                              and w.status = 'SYNCING' and w.lease_until > now())
           and (t.work <> 'BACKFILL'
                or (select count(*) from public.sync_runs w
                     where w.status = 'SYNCING' and w.lease_until > now() and w.work = 'BACKFILL')
                   < greatest(1, (select count(*) from public.worker_heartbeats) - 1)))
      select t.organization_id, t.sync_run_id from turns t
       where exists (select from turns a where a.organization_id = agency and a.sync_run_id = asked)
       order by t.work = 'BACKFILL', t.busy, not t.is_asked_by_hand, t.requested_at, t.sync_run_id limit 1 $function$
;
comment on function app.next_sync_run(uuid,uuid) is 'The run that a turn is best spent on: the asked one, or one that should come before it. No row where the asked one cannot be worked on now. Ids alone.';
grant execute on function app.next_sync_run(uuid,uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.note_audience_countries()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ begin 
      update public.creators c set audience_countries = coalesce(t.codes, '{}')
        from public.creator_platforms p
        cross join lateral (
          select array_agg(distinct upper(e.value ->> 'code') order by upper(e.value ->> 'code')) as codes
            from public.creator_platforms o
            cross join lateral (select a.countries from public.creator_audiences a
                  where a.organization_id = o.organization_id and a.creator_platform_id = o.id and a.kind = 'FOLLOWERS'
                  order by a.date desc limit 1) newest
            cross join lateral jsonb_array_elements(newest.countries) e
           where o.organization_id = p.organization_id and o.creator_id = p.creator_id and o.is_active
             and (e.value ->> 'percent')::numeric >= 10) t
       where p.organization_id = new.organization_id and p.id = new.creator_platform_id
         and c.organization_id = p.organization_id and c.id = p.creator_id
         and c.audience_countries is distinct from coalesce(t.codes, '{}');
      return null; end $function$
;
comment on function app.note_audience_countries() is 'Trigger: a creator can be found by the countries of their newest audiences.';
CREATE OR REPLACE FUNCTION app.note_call(at_platform public.ad_platform, account text, outcome text, pause_ms integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
    end $function$
;
comment on function app.note_call(public.ad_platform,text,text,integer) is 'Writes down how a call ended: good, trouble (five in a row open the circuit of the account, or of the application, for a minute) or throttled, with the pause that the platform asked for.';
grant execute on function app.note_call(public.ad_platform,text,text,integer) to spokestack_app;
grant execute on function app.note_call(public.ad_platform,text,text,integer) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.note_readers(note uuid, people uuid[])
 RETURNS SETOF uuid
 LANGUAGE plpgsql
AS $function$
    declare
      mine text[] := array[current_setting('app.user_id', true), current_setting('app.scope', true),
                           current_setting('app.brand_ids', true)];
      person uuid;
      theirs record;
      is_reader boolean;
    begin
      foreach person in array people loop
        select r.scope, r.brand_ids into theirs from app.reach_of(person) r;
        continue when not found;
        perform set_config('app.user_id', person::text, true), set_config('app.scope', theirs.scope, true),
                set_config('app.brand_ids', theirs.brand_ids::text, true);
        is_reader := exists (select from public.notes n where n.id = note);
        perform set_config('app.user_id', coalesce(mine[1], ''), true),
                set_config('app.scope', coalesce(mine[2], ''), true),
                set_config('app.brand_ids', coalesce(mine[3], ''), true);
        if is_reader then return next person; end if;
      end loop;
    end $function$
;
comment on function app.note_readers(uuid,uuid[]) is 'Which of these people may read a note: asked under the policies as each of them, then as oneself again.';
grant execute on function app.note_readers(uuid,uuid[]) to spokestack_app;
grant execute on function app.note_readers(uuid,uuid[]) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.notify(person uuid, what public.notification_kind, note uuid, task uuid, company uuid, contact uuid, deal uuid, campaign uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      insert into public.notifications (organization_id, user_id, kind, actor_id, note_id, task_id, company_id, contact_id, deal_id, campaign_id)
      select m.organization_id, m.user_id, what, app.user_id(), note, task, company, contact, deal, campaign
        from public.memberships m
       where m.organization_id = app.organization_id() and m.user_id = person and m.is_active
         and m.user_id is distinct from app.user_id() $function$
;
comment on function app.notify(uuid,public.notification_kind,uuid,uuid,uuid,uuid,uuid,uuid) is 'Tells one active member of the transaction''s agency, whom the teller''s own policies would not let write to. Nobody is told of what they did themselves.';
grant execute on function app.notify(uuid,public.notification_kind,uuid,uuid,uuid,uuid,uuid,uuid) to spokestack_app;
grant execute on function app.notify(uuid,public.notification_kind,uuid,uuid,uuid,uuid,uuid,uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.notify_approvers(what public.notification_kind, campaign uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      insert into public.notifications (organization_id, user_id, kind, actor_id, campaign_id)
      select m.organization_id, m.user_id, what, app.user_id(), campaign
        from public.memberships m
       where m.organization_id = app.organization_id() and m.is_active and m.brand_id is null
         and m.role in ('OWNER', 'ADMIN') and m.user_id is distinct from app.user_id()
         and not exists (
           select from public.notifications n
            where n.organization_id = m.organization_id and n.user_id = m.user_id and n.read_at is null
              and n.kind = what and n.campaign_id = campaign) $function$
;
comment on function app.notify_approvers(public.notification_kind,uuid) is 'Tells the agency''s owners and admins that a campaign waits for them; not who asked, and not twice while it is unread.';
grant execute on function app.notify_approvers(public.notification_kind,uuid) to spokestack_app;
grant execute on function app.notify_approvers(public.notification_kind,uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.notify_followers(companies uuid[], contacts uuid[], deals uuid[], campaigns uuid[], clients_too boolean)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      insert into public.notifications
        (organization_id, user_id, kind, actor_id, company_id, contact_id, deal_id, campaign_id)
      select f.organization_id, f.user_id, 'RECORD_CHANGED', app.user_id(), f.company_id, f.contact_id, f.deal_id, f.campaign_id
        from public.record_followers f
        join public.memberships m on m.organization_id = f.organization_id and m.user_id = f.user_id and m.is_active
       where f.organization_id = app.organization_id()
         and (f.company_id = any (companies) or f.contact_id = any (contacts) or f.deal_id = any (deals)
              or f.campaign_id = any (campaigns))
         and (clients_too or m.brand_id is null)
         and f.user_id is distinct from app.user_id()
         and not exists (
           select from public.notifications n
            where n.organization_id = f.organization_id and n.user_id = f.user_id and n.read_at is null
              and n.kind = 'RECORD_CHANGED' and n.actor_id is not distinct from app.user_id()
              and (n.company_id, n.contact_id, n.deal_id, n.campaign_id)
                  is not distinct from (f.company_id, f.contact_id, f.deal_id, f.campaign_id)) $function$
;
comment on function app.notify_followers(uuid[],uuid[],uuid[],uuid[],boolean) is 'Tells the followers of these records of the transaction''s agency, whom the teller''s own policies would not let write to. One who has not read of the same teller''s last change is not told twice; the teller is not told at all.';
grant execute on function app.notify_followers(uuid[],uuid[],uuid[],uuid[],boolean) to spokestack_app;
grant execute on function app.notify_followers(uuid[],uuid[],uuid[],uuid[],boolean) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.notify_of_contract(person uuid, what public.notification_kind, contract uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      insert into public.notifications (organization_id, user_id, kind, actor_id, creator_contract_id)
      select m.organization_id, m.user_id, what, app.user_id(), contract
        from public.memberships m
       where m.organization_id = app.organization_id() and m.user_id = person and m.is_active
         and m.brand_id is null and m.user_id is distinct from app.user_id() $function$
;
comment on function app.notify_of_contract(uuid,public.notification_kind,uuid) is 'Tells one active member of the transaction''s agency, no client, of a contract. Nobody is told of what they did themselves.';
grant execute on function app.notify_of_contract(uuid,public.notification_kind,uuid) to spokestack_app;
grant execute on function app.notify_of_contract(uuid,public.notification_kind,uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.oauth_link_state_consume(hash text, nonce text)
 RETURNS TABLE(organization_id uuid, reconnect_link_id uuid, platform public.ad_platform, redirect_uri text, code_verifier text)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      update public.oauth_states s set used_at = now()
        from public.reconnect_links l, public.organizations o
       where s.state_hash = hash and s.nonce_hash = nonce and s.used_at is null and s.expires_at > now()
         and l.organization_id = s.organization_id and l.id = s.reconnect_link_id
         and l.used_at is null and l.revoked_at is null and l.expires_at > now()
         and o.organization_id = s.organization_id and o.id = s.organization_id and o.is_active
      returning s.organization_id, s.reconnect_link_id, s.platform, s.redirect_uri, s.code_verifier $function$
;
comment on function app.oauth_link_state_consume(text,text) is 'Uses a state that a reconnect link began once, within its time, in the browser that began it, while the link may still be used. No row otherwise.';
grant execute on function app.oauth_link_state_consume(text,text) to spokestack_app;
CREATE OR REPLACE FUNCTION app.oauth_link_state_create(hash text, link uuid, nonce text, at_platform public.ad_platform, redirect text, verifier text, expiry timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      insert into public.oauth_states (state_hash, organization_id, reconnect_link_id, nonce_hash, platform, redirect_uri, return_to, code_verifier, expires_at)
      values (hash, app.organization_id(), link, nonce, at_platform, redirect, '/reconnect/thanks', verifier, expiry) $function$
;
comment on function app.oauth_link_state_create(text,uuid,text,public.ad_platform,text,text,timestamp with time zone) is 'Begins a flow at a reconnect link of the transaction''s agency, bound to the browser that holds the nonce.';
grant execute on function app.oauth_link_state_create(text,uuid,text,public.ad_platform,text,text,timestamp with time zone) to spokestack_app;
CREATE OR REPLACE FUNCTION app.oauth_state_consume(hash text, session text)
 RETURNS TABLE(platform public.ad_platform, redirect_uri text, return_to text, code_verifier text)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      update public.oauth_states s set used_at = now()
       where s.state_hash = hash and s.used_at is null and s.expires_at > now()
         and s.organization_id = app.organization_id() and s.reconnect_link_id is null
         and ((s.session_id = session and s.user_id = app.user_id()) or (s.session_id is null and session is not null))
      returning s.platform, s.redirect_uri, s.return_to, s.code_verifier $function$
;
comment on function app.oauth_state_consume(text,text) is 'Uses a state of the transaction''s agency once, within its time, by the person and session that began it; a state that an API key began, by any session of the agency. No row otherwise.';
grant execute on function app.oauth_state_consume(text,text) to spokestack_app;
CREATE OR REPLACE FUNCTION app.oauth_state_create(hash text, session text, at_platform public.ad_platform, redirect text, back text, verifier text, expiry timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      insert into public.oauth_states (state_hash, session_id, organization_id, user_id, platform, redirect_uri, return_to, code_verifier, expires_at)
      values (hash, session, app.organization_id(), app.user_id(), at_platform, redirect, back, verifier, expiry) $function$
;
comment on function app.oauth_state_create(text,text,public.ad_platform,text,text,text,timestamp with time zone) is 'Begins a flow for the agency and user of the transaction, bound to the session; without one (an API key) to the agency.';
grant execute on function app.oauth_state_create(text,text,public.ad_platform,text,text,text,timestamp with time zone) to spokestack_app;
CREATE OR REPLACE FUNCTION app.oauth_states_clean()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ delete from public.oauth_states where expires_at < now() - interval '1 day' $function$
;
comment on function app.oauth_states_clean() is 'Removes states that are past use.';
grant execute on function app.oauth_states_clean() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.organization_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid
;
comment on function app.organization_id() is 'The agency of this transaction, or NULL: an unset setting gives no rows.';
grant execute on function app.organization_id() to spokestack_app;
grant execute on function app.organization_id() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.person_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN CASE WHEN (COALESCE(current_setting('app.scope'::text, true), ''::text) = 'assigned'::text) THEN (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid ELSE NULL::uuid END
;
comment on function app.person_id() is 'The acting user where ownership and authorship count (scope assigned), else NULL.';
grant execute on function app.person_id() to spokestack_app;
grant execute on function app.person_id() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.person_key(value text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$begin return (select left(string_agg(word, ' ' order by word collate pg_catalog."C"), 200)
      from regexp_split_to_table(app.words(value), ' ') word where word <> ''); end$function$
;
comment on function app.person_key(text) is 'A person’s name whichever of its words comes first.';
grant execute on function app.person_key(text) to spokestack_app;
grant execute on function app.person_key(text) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.phone_key(value text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$begin return (select case when length(digits) >= 7 then right(digits, 9) end
      from regexp_replace(regexp_replace(regexp_replace(app.fold(value), '(x|ext|#).*$', ''), '[^0-9]', '', 'g'), '^00', '') digits); end$function$
;
comment on function app.phone_key(text) is 'The last nine digits of a phone number, so that a number is one with and without its country; fewer than seven are no number. An extension is left out.';
grant execute on function app.phone_key(text) to spokestack_app;
grant execute on function app.phone_key(text) to spokestack_jobs;
CREATE OR REPLACE PROCEDURE app.protect(IN target regclass, IN visible text DEFAULT NULL::text, IN verbs text DEFAULT 'select, insert, update'::text)
 LANGUAGE plpgsql
AS $procedure$
    begin
      execute format('alter table %s enable row level security', target);
      execute format('alter table %s force row level security', target);
      execute format(
        'create policy tenant on %s as permissive for all to spokestack_app, spokestack_jobs
           using (organization_id = (select app.organization_id()))
           with check (organization_id = (select app.organization_id()))', target);
      execute format('comment on policy tenant on %s is %L', target,
        'Rows of the transaction''s own agency; an unset setting is NULL and gives none.');
      if visible is not null then
        execute format(
          'create policy visible on %s as restrictive for all to spokestack_app, spokestack_jobs
             using (%s) with check (%s)', target, visible, visible);
        execute format('comment on policy visible on %s is %L', target,
          'Within the agency: everything for those who see all, else by brand, ownership and authorship.');
      end if;
      execute format('grant %s on %s to spokestack_app, spokestack_jobs', verbs, target);
    end $procedure$
;
comment on procedure app.protect(regclass,text,text) is 'Turns tenancy on for a table: enable and force row-level security, the policies, the grants.';
CREATE OR REPLACE FUNCTION app.reach_of(person uuid)
 RETURNS TABLE(scope text, brand_ids uuid[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select case when m.brand_id is not null then 'brand' when m.role = 'MEMBER' then 'assigned' else 'all' end,
             case when m.brand_id is not null then array[m.brand_id]
                  else array(select a.brand_id from public.brand_assignments a
                              where a.organization_id = m.organization_id and a.user_id = m.user_id) end
        from public.memberships m
       where m.organization_id = app.organization_id() and m.user_id = person and m.is_active $function$
;
comment on function app.reach_of(uuid) is 'How far one active member of the transaction''s agency sees: what their own transactions would say.';
grant execute on function app.reach_of(uuid) to spokestack_app;
grant execute on function app.reach_of(uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.receive_webhooks(of_source public.webhook_source, events jsonb)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      declare
        batch uuid := app.uuid_v7();
        fresh integer;
      begin
        with made as (
          insert into public.webhook_deliveries (batch_id, source, dedupe_key, name, native_id, refs, payload, is_kept)
          select batch, of_source, e."dedupeKey", e.name, e."nativeId", e.refs, e.payload, e."isKept"
            from jsonb_to_recordset(events) as e (
              "dedupeKey" text, name text, "nativeId" text, refs text[], payload text, "isKept" boolean)
           order by e."dedupeKey"
          on conflict (source, dedupe_key) do nothing returning 1)
        select count(*)::integer into fresh from made;
        if fresh > 0 then
          perform graphile_worker.add_job(identifier => 'route-webhooks', payload => json_build_object('batchId', batch),
            max_attempts => 25, priority => -10);
        end if;
        return fresh;
      end $function$
;
comment on function app.receive_webhooks(public.webhook_source,jsonb) is 'Stores what a sender told of, each thing once, and wakes the job that finds whose it is. Answers how much of it was new.';
grant execute on function app.receive_webhooks(public.webhook_source,jsonb) to spokestack_app;
CREATE OR REPLACE FUNCTION app.reconcile_creators()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select graphile_worker.add_job(identifier => 'poll-creators',
        payload => json_build_object('notReadSince', now()), job_key => 'poll-creators:reconcile', max_attempts => 25) $function$
;
comment on function app.reconcile_creators() is 'Wakes the poll of creators for everything that was not read since now: the webhook was silent until now.';
grant execute on function app.reconcile_creators() to spokestack_app;
grant execute on function app.reconcile_creators() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.reconnect_link_find(hash text)
 RETURNS TABLE(organization_id uuid, reconnect_link_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select l.organization_id, l.id from public.reconnect_links l
        join public.organizations o on o.organization_id = l.organization_id and o.id = l.organization_id
       where l.token_hash = hash and l.used_at is null and l.revoked_at is null and l.expires_at > now()
         and o.is_active $function$
;
comment on function app.reconnect_link_find(text) is 'The reconnect link of this secret, where it may still be used: ids alone.';
grant execute on function app.reconnect_link_find(text) to spokestack_app;
CREATE OR REPLACE FUNCTION app.record_deal_stage()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      if tg_op = 'INSERT' then
        insert into public.deal_stage_changes (organization_id, deal_id, to_stage, to_status, amount, currency, actor_id)
        values (new.organization_id, new.id, new.stage, new.status, new.amount, new.currency, app.user_id());
      elsif old.stage <> new.stage or old.status <> new.status then
        insert into public.deal_stage_changes
          (organization_id, deal_id, from_stage, to_stage, from_status, to_status, amount, currency, actor_id)
        values (new.organization_id, new.id, old.stage, new.stage, old.status, new.status, new.amount, new.currency, app.user_id());
      end if;
      return null;
    end $function$
;
comment on function app.record_deal_stage() is 'Trigger: keeps each standing of a deal, also those that an import or a bulk change gave it. The serving roles cannot write there.';
CREATE OR REPLACE FUNCTION app.record_rates(rates jsonb)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      with added as (
        insert into public.fx_rates (date, base, quote, rate, source)
        select r.date, r.base, r.quote, r.rate, r.source
          from jsonb_to_recordset(rates) as r (date date, base text, quote text, rate numeric, source text)
        on conflict (base, quote, date) do nothing returning 1)
      select count(*)::integer from added $function$
;
comment on function app.record_rates(jsonb) is 'Stores published rates [{date, base, quote, rate, source}]; a published rate is never rewritten. Answers how many were new.';
grant execute on function app.record_rates(jsonb) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.record_sync_attempt()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      if old.status = 'SYNCING' then
        update public.sync_attempts
           set ended_at = clock_timestamp(),
               slices_done = new.slices_done,
               outcome = (case
                 when new.status = 'SYNCING' or new.lost_attempts > old.lost_attempts then 'LOST'
                 when new.status = 'SUCCESS' then 'DONE'
                 when new.status = 'ERROR' then 'FAILED'
                 when new.status = 'PAUSED' then 'STOPPED'
                 when new.retries > old.retries then 'RETRIED'
                 when new.next_attempt_at is not null then 'WAITED'
                 else 'YIELDED' end)::public.sync_outcome,
               error = case when new.status = 'ERROR' or new.next_attempt_at is not null then new.error end,
               error_code = case when new.status = 'ERROR' or new.next_attempt_at is not null then new.error_code end,
               platform_message = case when new.status = 'ERROR' or new.next_attempt_at is not null then new.platform_message end
         where organization_id = old.organization_id and sync_run_id = old.id and attempt = old.attempt
           and ended_at is null;
      end if;
      if new.attempt > old.attempt then
        insert into public.sync_attempts (organization_id, sync_run_id, attempt)
        values (new.organization_id, new.id, new.attempt) on conflict do nothing;
      end if;
      return null;
    end $function$
;
comment on function app.record_sync_attempt() is 'Writes down each try of a sync run as it begins and as it ends.';
CREATE OR REPLACE FUNCTION app.reference_counts(target regclass, record uuid)
 RETURNS TABLE(table_name text, count integer)
 LANGUAGE plpgsql
 STABLE
AS $function$
    declare link record;
    begin
      for link in
        select f.conrelid, c.relname, string_agg(format('%I = $1', a.attname), ' or ' order by a.attname) as refers
          from pg_catalog.pg_constraint f
          join pg_catalog.pg_class c on c.oid = f.conrelid
          join pg_catalog.pg_attribute a on a.attrelid = f.conrelid and a.attnum = any (f.conkey) and a.attname <> 'organization_id'
         where f.contype = 'f' and f.confrelid = target and c.relname <> 'merges' and a.attname <> 'merged_into_id'
           and has_table_privilege(c.oid, 'select')
         group by f.conrelid, c.relname
      loop
        return query execute format('select %L::text, count(*)::integer from %s where organization_id = app.organization_id() and (%s)',
          link.relname, link.conrelid::regclass, link.refers) using record;
      end loop;
    end $function$
;
comment on function app.reference_counts(regclass,uuid) is 'How many rows of each table refer to a record, as far as the asker sees them. The tables are those that the catalog names.';
grant execute on function app.reference_counts(regclass,uuid) to spokestack_app;
grant execute on function app.reference_counts(regclass,uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.refresh_creator_brands(organization uuid, creator uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ declare theirs uuid[]; begin
      perform from public.creators c where c.organization_id = organization and c.id = creator for no key update;
      select coalesce(array_agg(distinct b.brand_id order by b.brand_id), '{}') into theirs from (
        select c.brand_id from public.creators c where c.organization_id = organization and c.id = creator
        union all
        select k.brand_id from public.campaign_creators l
          join public.campaigns k on k.organization_id = l.organization_id and k.id = l.campaign_id
         where l.organization_id = organization and l.creator_id = creator and l.is_active and k.is_active) b
       where b.brand_id is not null;
      update public.creators c set brand_ids = theirs
       where c.organization_id = organization and c.id = creator and c.brand_ids is distinct from theirs;
    end $function$
;
comment on function app.refresh_creator_brands(uuid,uuid) is 'Says anew which brands a creator works for. For triggers alone.';
CREATE OR REPLACE FUNCTION app.refresh_pairs_of_companies(agency uuid, ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$begin
      with mine as (select k.company_id, k.kind, k.value from public.record_keys k
                     where k.organization_id = agency and k.company_id = any (ids)),
      met as (
    select least(k.company_id, o.company_id) as elder, greatest(k.company_id, o.company_id) as younger, k.kind
      from mine k cross join lateral (
        select t.company_id, count(*) over () as held from (
          select t.company_id from public.record_keys t
           where t.organization_id = agency and t.value = k.value and t.kind = k.kind and t.noun = 'COMPANY'
           limit 21) t) o
     where k.kind <> 'BLOCK' and o.held <= 20 and o.company_id <> k.company_id union 
    select least(k.company_id, o.company_id) as elder, greatest(k.company_id, o.company_id) as younger, k.kind
      from mine k cross join lateral (
        select t.company_id, count(*) over () as held from (
          select t.company_id from public.record_keys t
           where t.organization_id = agency and t.value = k.value and t.kind = k.kind and t.noun = 'COMPANY'
           limit 201) t) o
     where k.kind = 'BLOCK' and o.held <= 200 and o.company_id <> k.company_id),
      pairs as (
        select m.elder, m.younger, v.score, v.reasons
          from (select elder, younger, array_agg(kind) as kinds from met group by elder, younger) m
         cross join lateral (
    select max(k.value) filter (where k.kind = 'NAME') as name,
           max(split_part(k.value, ':', 2)) filter (where k.kind = 'BLOCK' and starts_with(k.value, 'company:')) as company
      from public.record_keys k where k.organization_id = agency and k.company_id = m.elder) a cross join lateral (
    select max(k.value) filter (where k.kind = 'NAME') as name,
           max(split_part(k.value, ':', 2)) filter (where k.kind = 'BLOCK' and starts_with(k.value, 'company:')) as company
      from public.record_keys k where k.organization_id = agency and k.company_id = m.younger) b
         cross join lateral app.duplicate_verdict('COMPANY', m.kinds,
           coalesce(public.similarity(a.name, b.name), 0), coalesce(a.company = b.company, false)) v),
      gone as (
        delete from public.duplicate_pairs p
         where p.organization_id = agency and (p.company_id = any (ids) or p.other_company_id = any (ids))
           and not exists (select from pairs n where n.elder = p.company_id and n.younger = p.other_company_id))
      insert into public.duplicate_pairs as p (organization_id, company_id, other_company_id, score, reasons)
        select agency, elder, younger, score, reasons from pairs
        on conflict (organization_id, company_id, other_company_id) do update
          set score = excluded.score, reasons = excluded.reasons
          where (p.score, p.reasons) is distinct from (excluded.score, excluded.reasons);
    end$function$
;
comment on function app.refresh_pairs_of_companies(uuid,uuid[]) is 'Writes anew which others these records may be one with.';
CREATE OR REPLACE FUNCTION app.refresh_pairs_of_contacts(agency uuid, ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$begin
      with mine as (select k.contact_id, k.kind, k.value from public.record_keys k
                     where k.organization_id = agency and k.contact_id = any (ids)),
      met as (
    select least(k.contact_id, o.contact_id) as elder, greatest(k.contact_id, o.contact_id) as younger, k.kind
      from mine k cross join lateral (
        select t.contact_id, count(*) over () as held from (
          select t.contact_id from public.record_keys t
           where t.organization_id = agency and t.value = k.value and t.kind = k.kind and t.noun = 'CONTACT'
           limit 21) t) o
     where k.kind <> 'BLOCK' and o.held <= 20 and o.contact_id <> k.contact_id union 
    select least(k.contact_id, o.contact_id) as elder, greatest(k.contact_id, o.contact_id) as younger, k.kind
      from mine k cross join lateral (
        select t.contact_id, count(*) over () as held from (
          select t.contact_id from public.record_keys t
           where t.organization_id = agency and t.value = k.value and t.kind = k.kind and t.noun = 'CONTACT'
           limit 201) t) o
     where k.kind = 'BLOCK' and o.held <= 200 and o.contact_id <> k.contact_id),
      pairs as (
        select m.elder, m.younger, v.score, v.reasons
          from (select elder, younger, array_agg(kind) as kinds from met group by elder, younger) m
         cross join lateral (
    select max(k.value) filter (where k.kind = 'NAME') as name,
           max(split_part(k.value, ':', 2)) filter (where k.kind = 'BLOCK' and starts_with(k.value, 'company:')) as company
      from public.record_keys k where k.organization_id = agency and k.contact_id = m.elder) a cross join lateral (
    select max(k.value) filter (where k.kind = 'NAME') as name,
           max(split_part(k.value, ':', 2)) filter (where k.kind = 'BLOCK' and starts_with(k.value, 'company:')) as company
      from public.record_keys k where k.organization_id = agency and k.contact_id = m.younger) b
         cross join lateral app.duplicate_verdict('CONTACT', m.kinds,
           coalesce(public.similarity(a.name, b.name), 0), coalesce(a.company = b.company, false)) v),
      gone as (
        delete from public.duplicate_pairs p
         where p.organization_id = agency and (p.contact_id = any (ids) or p.other_contact_id = any (ids))
           and not exists (select from pairs n where n.elder = p.contact_id and n.younger = p.other_contact_id))
      insert into public.duplicate_pairs as p (organization_id, contact_id, other_contact_id, score, reasons)
        select agency, elder, younger, score, reasons from pairs
        on conflict (organization_id, contact_id, other_contact_id) do update
          set score = excluded.score, reasons = excluded.reasons
          where (p.score, p.reasons) is distinct from (excluded.score, excluded.reasons);
    end$function$
;
comment on function app.refresh_pairs_of_contacts(uuid,uuid[]) is 'Writes anew which others these records may be one with.';
CREATE OR REPLACE FUNCTION app.refs_of(refs text[], kind text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN ARRAY(SELECT substr(r.r, (length(refs_of.kind) + 2)) AS substr FROM unnest(refs_of.refs) r(r) WHERE starts_with(r.r, (refs_of.kind || ':'::text)))
;
comment on function app.refs_of(text[],text) is 'Those of one kind, without the kind.';
CREATE OR REPLACE FUNCTION app.remember_content_media()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      insert into public.removed_files (organization_id, storage_key) values (old.organization_id, old.media_key)
        on conflict do nothing;
      return null;
    end $function$
;
comment on function app.remember_content_media() is 'Trigger: whichever way a piece of content or its copy goes, the bytes are removed after it.';
CREATE OR REPLACE FUNCTION app.remember_removed_file()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      insert into public.removed_files (organization_id, storage_key) values (old.organization_id, old.storage_key)
        on conflict do nothing;
      return null;
    end $function$
;
comment on function app.remember_removed_file() is 'Trigger: whichever way an attachment goes, its bytes are removed after it.';
CREATE OR REPLACE FUNCTION app.removed_file_done(organization uuid, key text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      delete from public.removed_files f where f.organization_id = organization and f.storage_key = key $function$
;
comment on function app.removed_file_done(uuid,text) is 'Forgets one key whose bytes are gone.';
grant execute on function app.removed_file_done(uuid,text) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.removed_files_next(most integer)
 RETURNS TABLE(organization_id uuid, storage_key text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select f.organization_id, f.storage_key from public.removed_files f
       order by f.removed_at, f.organization_id, f.storage_key limit most $function$
;
comment on function app.removed_files_next(integer) is 'The keys of bytes to remove, oldest first; a key is an agency’s id and a random one.';
grant execute on function app.removed_files_next(integer) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.rename_creator()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ begin 
      update public.creators set name = new.name
       where organization_id = new.organization_id and contact_id = new.id and name is distinct from new.name;
      return null; end $function$
;
comment on function app.rename_creator() is 'Trigger: a contact’s new name is their creator’s, also where the one who changes it does not see that.';
CREATE OR REPLACE FUNCTION app.restore_creator()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ begin new.is_archived_with_contact := false; return new; end $function$
;
comment on function app.restore_creator() is 'Trigger: what came back is in the recycle bin for no reason.';
CREATE OR REPLACE FUNCTION app.route_webhooks(batch uuid)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      with waiting as (
        select d.* from public.webhook_deliveries d
         where d.routed_at is null and d.payload is not null
           and (d.batch_id = batch or (batch is null and exists (select from app.webhook_targets(d.source, d.refs))))
         order by d.received_at limit 1000 for update skip locked),
      targets as (
        select w.*, t.organization_id, t.lead_form_id
          from waiting w cross join lateral app.webhook_targets(w.source, w.refs) t),
      made as (
        insert into public.webhook_events (organization_id, source, dedupe_key, name, native_id, payload, received_at, lead_form_id)
        select t.organization_id, t.source, t.dedupe_key, t.name, t.native_id, t.payload, t.received_at, t.lead_form_id
          from targets t on conflict (organization_id, source, dedupe_key) do nothing
        returning organization_id, id),
      routed as (
        update public.webhook_deliveries d set routed_at = now(), payload = null, parked_at = null
         where d.id in (select t.id from targets t)),
      parked as (
        update public.webhook_deliveries d set parked_at = now()
         where d.parked_at is null and d.id in (select w.id from waiting w except select t.id from targets t))
      select count(j)::integer from made m cross join lateral graphile_worker.add_job(
        identifier => 'handle-webhook',
        payload => json_build_object('organizationId', m.organization_id, 'subjectId', m.id),
        max_attempts => 25, priority => -10,
        job_key => 'handle-webhook:' || m.organization_id || ':' || m.id) j $function$
;
comment on function app.route_webhooks(uuid) is 'Hands what was stored to the agencies whose it is, and wakes their jobs. Without a batch: whatever waits and has an owner by now. Answers how many events were made.';
grant execute on function app.route_webhooks(uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.schedulable_ad_accounts()
 RETURNS TABLE(organization_id uuid, ad_account_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select a.organization_id, a.id from public.ad_accounts a
        join public.oauth_connections c on c.organization_id = a.organization_id and c.id = a.connection_id
        join public.organizations o on o.organization_id = a.organization_id and o.id = a.organization_id
       where a.is_active and a.sync_status <> 'PAUSED' and c.state = 'CONNECTED' and o.is_active
       order by a.organization_id, a.id $function$
;
comment on function app.schedulable_ad_accounts() is 'Every connected, active ad account with its agency: ids alone.';
grant execute on function app.schedulable_ad_accounts() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.scope()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN COALESCE(current_setting('app.scope'::text, true), ''::text)
;
comment on function app.scope() is 'How far the principal sees: all | assigned | brand, or empty.';
grant execute on function app.scope() to spokestack_app;
grant execute on function app.scope() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.search(sought text, nouns public.search_noun[], most integer)
 RETURNS TABLE(noun public.search_noun, record_id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_custom_plan'
 SET "pg_trgm.word_similarity_threshold" TO '0.45'
AS $function$
declare
  org uuid := app.organization_id();
  sees_all boolean := app.sees_all();
  brands uuid[] := app.brand_ids();
  person uuid := app.person_id();
  asked text := app.fold(left(sought, 200));
  shared uuid[] := '{}';
  found uuid[] := '{}';
  found_nouns public.search_noun[] := '{}';
  ids uuid[];
  kinds public.search_noun[];
  way record;
  p1 text;
  p2 text;
  p3 text;
begin
  if org is null or asked = '' then return; end if;
  if not sees_all then
    -- As the policy of ad_accounts: an account is also seen by those whose campaign runs in it.
    shared := array(select l.ad_account_id from public.campaign_ad_accounts l
      join public.campaigns c on c.organization_id = l.organization_id and c.id = l.campaign_id
     where l.organization_id = org
       and (c.brand_id = any (brands) or c.owner_id = person or c.created_by_id = person));
    -- As the policy of creators: they are also seen by the people of every brand that they work for.
    shared := shared || array(select k.id from public.creators k
     where k.organization_id = org and k.is_active and k.brand_ids && brands);
  end if;
  for way in select s.kind, s.patterns from app.search_steps(asked) s loop
    -- Likeness is a guess: it stands in where the rest found little.
    exit when cardinality(found) >= case when way.kind = 'LIKENESS' then least(most, 8) else most end;
    p1 := way.patterns[1];
    p2 := way.patterns[2];
    p3 := way.patterns[3];
    if way.kind = 'ID' then
      select array_agg(e.record_id), array_agg(e.noun) into ids, kinds
        from public.search_entries e where e.organization_id = org and (nouns is null or e.noun = any (nouns)) and e.record_id <> all (found)
           and (sees_all or e.brand_id = any (brands) or e.owner_id = person or e.created_by_id = person
                or (e.noun in ('AD_ACCOUNT', 'CREATOR') and e.record_id = any (shared))) and e.record_id = p1::uuid;
    elsif way.kind = 'BEGINNING' then
      select array_agg(h.record_id), array_agg(h.noun) into ids, kinds from (
        select e.record_id, e.noun from public.search_entries e
         where e.organization_id = org and (nouns is null or e.noun = any (nouns)) and e.record_id <> all (found)
           and (sees_all or e.brand_id = any (brands) or e.owner_id = person or e.created_by_id = person
                or (e.noun in ('AD_ACCOUNT', 'CREATOR') and e.record_id = any (shared))) and e.title >= p1 and e.title < p2
         order by e.title, e.record_id limit most - cardinality(found)) h;
    elsif way.kind = 'HOLDING' then
      select array_agg(h.record_id), array_agg(h.noun) into ids, kinds from (
        select * from (
          select e.record_id, e.noun, e.title from public.search_entries e
           where e.organization_id = org and (nouns is null or e.noun = any (nouns)) and e.record_id <> all (found)
           and (sees_all or e.brand_id = any (brands) or e.owner_id = person or e.created_by_id = person
                or (e.noun in ('AD_ACCOUNT', 'CREATOR') and e.record_id = any (shared))) and e.terms like p1 and (p2 is null or e.terms like p2) and (p3 is null or e.terms like p3)
             and e.terms like all (way.patterns) limit 2000) c
         order by c.title, c.record_id limit most - cardinality(found)) h;
    else
      select array_agg(h.record_id), array_agg(h.noun) into ids, kinds from (
        select * from (
          select l.* from (
            select e.record_id, e.noun, e.title, s.first + coalesce(s.second, 0) + coalesce(s.third, 0) as likeness,
                   least(s.first, s.second, s.third) as weakest
              from public.search_entries e cross join lateral (
                select public.word_similarity(p1, e.title) as first, public.word_similarity(p2, e.title) as second,
                       public.word_similarity(p3, e.title) as third) s
             where e.organization_id = org and (nouns is null or e.noun = any (nouns)) and e.record_id <> all (found)
           and (sees_all or e.brand_id = any (brands) or e.owner_id = person or e.created_by_id = person
                or (e.noun in ('AD_ACCOUNT', 'CREATOR') and e.record_id = any (shared))) and (e.title operator(public.%>) p1 or e.title operator(public.%>) p2
                                  or e.title operator(public.%>) p3)) l
           where (l.weakest >= 0.3 and l.likeness >= 0.45 * least(cardinality(way.patterns), 3))
              or l.likeness >= 0.6 * least(cardinality(way.patterns), 3)
           limit 300) c
         order by c.likeness desc, c.title, c.record_id limit most - cardinality(found)) h;
    end if;
    found := found || coalesce(ids, '{}');
    found_nouns := found_nouns || coalesce(kinds, '{}');
  end loop;
  return query select * from unnest(found_nouns, found);
end $function$
;
comment on function app.search(text,public.search_noun[],integer) is 'The active records of the transaction''s agency that fit, the best first, of these nouns or (NULL) all. It asks of each entry what the policies ask of its record, and answers with ids alone: the caller reads titles under its own policies.';
grant execute on function app.search(text,public.search_noun[],integer) to spokestack_app;
grant execute on function app.search(text,public.search_noun[],integer) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.search_digits(phones text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN translate(regexp_replace(app.fold(phones), '[^0-9|]'::text, ''::text, 'g'::text), '|'::text, ' '::text)
;
comment on function app.search_digits(text) is 'The digits of phone numbers that a bar divides.';
CREATE OR REPLACE FUNCTION app.search_steps(asked text)
 RETURNS TABLE(kind text, patterns text[])
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  literal text := regexp_replace(asked, '([\\%_])', '\\\1', 'g');
  words text[] := string_to_array(literal, ' ');
  digits text := regexp_replace(asked, '[^0-9]', '', 'g');
  bare text := ltrim(digits, '0');
  is_number boolean := asked ~ '^(act_)?[+(]*[0-9][0-9 ()+/.-]*$';
  is_token boolean := cardinality(words) = 1 and asked ~ '[0-9@._-]';
  long_words text[] := array(select w from unnest(words) with ordinality u (w, place) where length(w) >= 4 order by place);
begin
  if ltrim(asked, '#') ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    return query values ('ID', array[ltrim(asked, '#')]);
    return;
  end if;
  if is_number then
    return query values ('HOLDING', array['% ' || digits || ' %']);
  elsif is_token then
    return query values ('HOLDING', array['% ' || literal || ' %']);
  end if;
  return query values
    ('BEGINNING', array[asked, asked || chr(1114111)]),
    ('HOLDING', array(select '% ' || w || '%' from unnest(words) w));
  if is_number and digits <> asked then
    return query values ('HOLDING', array['% ' || digits || '%']);
  end if;
  if exists (select from unnest(words) w where length(w) >= 3) then
    return query values ('HOLDING',
      array(select case when length(w) >= 3 then '%' else '% ' end || w || '%' from unnest(words) w));
  end if;
  if is_number and length(bare) >= 3 and bare <> asked then
    return query values ('HOLDING', array['%' || bare || '%']);
  end if;
  if cardinality(long_words) > 0 and asked !~ '[0-9@]' then
    return query values ('LIKENESS', long_words);
  end if;
end $function$
;
comment on function app.search_steps(text) is 'How a folded question is looked for, the surest way first. ID: a record''s own. BEGINNING: titles from the first to below the second. HOLDING: terms like all of these. LIKENESS: titles with words like these.';
CREATE OR REPLACE FUNCTION app.search_terms(title text, others text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((((' '::text || title) || ' '::text) || CASE WHEN (title ~ '[[:punct:]]'::text) THEN (regexp_replace(title, '[[:punct:]]+'::text, ' '::text, 'g'::text) || ' '::text) ELSE ''::text END) || CASE WHEN (others = ''::text) THEN ''::text ELSE (app.fold(others) || ' '::text) END)
;
comment on function app.search_terms(text,text) is 'The words of a folded title, also without its punctuation, and the other words that a record is found by.';
CREATE OR REPLACE FUNCTION app.search_title(name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN "left"(app.fold(COALESCE(name, ''::text)), 400)
;
comment on function app.search_title(text) is 'A name as search_entries keeps it.';
CREATE OR REPLACE FUNCTION app.sees_all()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (COALESCE(current_setting('app.scope'::text, true), ''::text) = 'all'::text)
;
comment on function app.sees_all() is 'True where the principal sees every brand of its agency.';
grant execute on function app.sees_all() to spokestack_app;
grant execute on function app.sees_all() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.session_create(session_id text, for_user uuid, expiry timestamp with time zone, agent text, peer text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ insert into public.sessions (id, user_id, organization_id, expires_at, user_agent, address)
          select session_id, for_user,
                 (select m.organization_id from public.memberships m
                   where m.user_id = for_user and app.membership_counts(m)
                   order by m.joined_at, m.id limit 1),
                 expiry, left(agent, 400), left(peer, 64) $function$
;
comment on function app.session_create(text,uuid,timestamp with time zone,text,text) is 'Starts a session at the first agency that the person joined and that still has them.';
grant execute on function app.session_create(text,uuid,timestamp with time zone,text,text) to spokestack_app;
CREATE OR REPLACE FUNCTION app.session_delete(session_id text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ delete from public.sessions where id = session_id $function$
;
comment on function app.session_delete(text) is 'Ends one session.';
grant execute on function app.session_delete(text) to spokestack_app;
CREATE OR REPLACE FUNCTION app.session_delete_all(for_user uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ delete from public.sessions where user_id = for_user $function$
;
comment on function app.session_delete_all(uuid) is 'Ends every session of one person: sign-out everywhere.';
grant execute on function app.session_delete_all(uuid) to spokestack_app;
CREATE OR REPLACE FUNCTION app.session_delete_expired()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ delete from public.sessions where expires_at <= now() $function$
;
comment on function app.session_delete_expired() is 'Removes what has expired.';
grant execute on function app.session_delete_expired() to spokestack_app;
grant execute on function app.session_delete_expired() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.session_extend(session_id text, expiry timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ update public.sessions set expires_at = expiry, last_seen_at = now() where id = session_id $function$
;
comment on function app.session_extend(text,timestamp with time zone) is 'Moves one session''s expiry.';
grant execute on function app.session_extend(text,timestamp with time zone) to spokestack_app;
CREATE OR REPLACE FUNCTION app.session_find(session_id text)
 RETURNS TABLE(id text, user_id uuid, expires_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select s.id, s.user_id, s.expires_at from public.sessions s join public.users u on u.id = s.user_id
          where s.id = session_id and u.is_active $function$
;
comment on function app.session_find(text) is 'One session by its hash.';
grant execute on function app.session_find(text) to spokestack_app;
CREATE OR REPLACE FUNCTION app.session_list(session_id text)
 RETURNS TABLE(is_current boolean, created_at timestamp with time zone, last_seen_at timestamp with time zone, user_agent text, address text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select s.id = session_id, s.created_at, s.last_seen_at, s.user_agent, s.address
          from public.sessions s where s.expires_at > now()
            and s.user_id = (select c.user_id from public.sessions c where c.id = session_id and c.expires_at > now())
          order by s.last_seen_at desc limit 100 $function$
;
comment on function app.session_list(text) is 'The sessions of the person behind one session.';
grant execute on function app.session_list(text) to spokestack_app;
CREATE OR REPLACE FUNCTION app.session_principal(session_id text)
 RETURNS TABLE(user_id uuid, email text, name text, expires_at timestamp with time zone, organization_id uuid, role public.member_role, brand_id uuid, brand_ids uuid[], memberships jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select u.id, u.email::text, u.name, s.expires_at, m.organization_id, m.role, m.brand_id,
                 case when m.brand_id is not null then array[m.brand_id]
                      else array(select a.brand_id from public.brand_assignments a
                                  where a.organization_id = m.organization_id and a.user_id = u.id) end,
                 coalesce((select jsonb_agg(jsonb_build_object('organizationId', o.id, 'name', o.name, 'slug', o.slug, 'role', x.role) order by o.name)
                             from public.memberships x join public.organizations o on o.id = x.organization_id
                            where x.user_id = u.id and app.membership_counts(x)), '[]')
          from public.sessions s
          join public.users u on u.id = s.user_id and u.is_active
          left join public.memberships m on m.user_id = u.id and m.organization_id = s.organization_id
               and app.membership_counts(m)
          where s.id = session_id and s.expires_at > now() $function$
;
comment on function app.session_principal(text) is 'Who acts behind one live session: ids, role and brands. The second row source is the memberships for the switcher.';
grant execute on function app.session_principal(text) to spokestack_app;
CREATE OR REPLACE FUNCTION app.session_set_password(session_id text, new_hash text)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ with changed as (
            update public.users u set password_hash = new_hash, updated_at = now()
              from public.sessions s
             where s.id = session_id and s.expires_at > now() and u.id = s.user_id and u.is_active
            returning u.id),
          ended as (
            delete from public.sessions o using changed c where o.user_id = c.id and o.id <> session_id)
          select exists (select 1 from changed) $function$
;
comment on function app.session_set_password(text,text) is 'Replaces the password of the person behind one session and ends all their other sessions; false where it is over.';
grant execute on function app.session_set_password(text,text) to spokestack_app;
CREATE OR REPLACE FUNCTION app.session_set_time_zone(session_id text, zone text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      -- Fails for a zone that this server does not know.
      perform now() at time zone zone;
      update public.users u set time_zone = zone, updated_at = now()
        from public.sessions s
       where s.id = session_id and s.expires_at > now() and u.id = s.user_id and u.is_active;
      return found;
    end $function$
;
comment on function app.session_set_time_zone(text,text) is 'Sets the time zone of the person behind one session, or with NULL that of their agency; false where the session is over.';
grant execute on function app.session_set_time_zone(text,text) to spokestack_app;
CREATE OR REPLACE FUNCTION app.session_switch(session_id text, to_organization uuid)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ with moved as (
            update public.sessions s set organization_id = to_organization
             where s.id = session_id and exists (
               select 1 from public.memberships m
                where m.user_id = s.user_id and m.organization_id = to_organization and app.membership_counts(m))
            returning 1)
          select exists (select 1 from moved) $function$
;
comment on function app.session_switch(text,uuid) is 'Moves one session to another agency where its person is an active member; true when it did.';
grant execute on function app.session_switch(text,uuid) to spokestack_app;
CREATE OR REPLACE FUNCTION app.should_yield_sync(agency uuid, run uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select exists (
        select from app.sync_turns() t
         where t.sync_run_id <> run
           and case when t.work = 'BACKFILL' then
                 t.organization_id <> agency
                 and t.busy < (select count(*) from public.sync_runs w
                                where w.organization_id = agency and w.status = 'SYNCING' and w.lease_until > now())
               else not exists (select from public.sync_runs w
                                 where w.organization_id = t.organization_id and w.ad_account_id = t.ad_account_id
                                   and w.id <> run and w.status = 'SYNCING' and w.lease_until > now()) end) $function$
;
comment on function app.should_yield_sync(uuid,uuid) is 'Whether a backfill should step back between two slices: for the day''s work of anybody, or for another agency that works less.';
grant execute on function app.should_yield_sync(uuid,uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.silent_workers(silence interval)
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select worker_id from public.worker_heartbeats where seen_at < now() - silence
      union
      select j.locked_by from graphile_worker.jobs j
       where j.locked_at < now() - silence
         and not exists (select from public.worker_heartbeats h where h.worker_id = j.locked_by) $function$
;
comment on function app.silent_workers(interval) is 'Workers that missed their heartbeat, or hold a job and died before their first, by their ids.';
grant execute on function app.silent_workers(interval) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.sync_turns()
 RETURNS TABLE(organization_id uuid, sync_run_id uuid, ad_account_id uuid, work public.sync_work, is_asked_by_hand boolean, requested_at timestamp with time zone, busy bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      with working as (
        select r.organization_id, r.ad_account_id, r.work from public.sync_runs r
         where r.status = 'SYNCING' and r.lease_until > now())
      select r.organization_id, r.id, r.ad_account_id, r.work, r.trigger = 'MANUAL', r.requested_at,
             (select count(*) from working w where w.organization_id = r.organization_id)
        from public.sync_runs r
        join public.organizations o on o.organization_id = r.organization_id and o.id = r.organization_id and o.is_active
       where (r.status = 'PENDING' and (r.next_attempt_at is null or r.next_attempt_at <= now()))
          or (r.status = 'SYNCING' and r.lease_until < now()) $function$
;
comment on function app.sync_turns() is 'Sync runs that could be worked on now, with how many their agency works on already: ids, work and counts alone.';
grant execute on function app.sync_turns() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.take_call(at_platform public.ad_platform, account text, agency uuid, is_background boolean, application_burst double precision, application_rate double precision, account_burst double precision, account_rate double precision)
 RETURNS TABLE(wait_ms integer, reason text, failures integer)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
    end $function$
;
comment on function app.take_call(public.ad_platform,text,uuid,boolean,double precision,double precision,double precision,double precision) is 'Takes one call from every bucket that it counts against, or answers how many milliseconds to wait and why: pause, circuit or pace. Rates are calls a second; a null burst is no limit. Background work leaves half of the application''s bucket to the rest.';
grant execute on function app.take_call(public.ad_platform,text,uuid,boolean,double precision,double precision,double precision,double precision) to spokestack_app;
grant execute on function app.take_call(public.ad_platform,text,uuid,boolean,double precision,double precision,double precision,double precision) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.tasks_to_look_at(moment timestamp with time zone, most integer)
 RETURNS TABLE(organization_id uuid, task_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      with due as (
        select t.organization_id, t.id,
               (t.remind_on + coalesce(t.remind_time, time '09:00')) at time zone coalesce(u.time_zone, o.time_zone) as due_at
          from public.tasks t
          join public.organizations o on o.id = t.organization_id and o.is_active
          left join public.users u on u.id = t.assignee_id
         where t.is_active and t.completed_at is null and t.reminded_at is null
           and t.remind_on <= (moment at time zone 'UTC')::date + 1
        union all
        select t.organization_id, t.id,
               (t.due_on + coalesce(t.due_time, time '24:00')) at time zone coalesce(u.time_zone, o.time_zone)
          from public.tasks t
          join public.organizations o on o.id = t.organization_id and o.is_active
          left join public.users u on u.id = t.assignee_id
         where t.is_active and t.completed_at is null and t.overdue_at is null
           and t.due_on <= (moment at time zone 'UTC')::date + 1)
      select d.organization_id, d.id from due d
       where d.due_at <= moment + interval '3 hours'
       group by d.organization_id, d.id order by min(d.due_at) limit most $function$
;
comment on function app.tasks_to_look_at(timestamp with time zone,integer) is 'The ids of tasks over all agencies whose reminder or due moment has come or nearly so, the longest waiting first. Each is judged again within its agency.';
grant execute on function app.tasks_to_look_at(timestamp with time zone,integer) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.tell_account_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      perform pg_notify('figures_changed', new.id::text);
      return null;
    end $function$
;
comment on function app.tell_account_changed() is 'Tells whoever listens, at the commit, that an ad account’s sync moved: the id alone.';
CREATE OR REPLACE FUNCTION app.tell_slice_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    begin
      perform pg_notify('figures_changed', r.ad_account_id::text)
         from public.sync_runs r where r.organization_id = new.organization_id and r.id = new.sync_run_id;
      return null;
    end $function$
;
comment on function app.tell_slice_changed() is 'As app.tell_account_changed, for days of a run that were replaced.';
CREATE OR REPLACE FUNCTION app.total_creator()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ begin 
      update public.creators c set total_followers = t.followers,
             engagement_rate = coalesce(t.computed, t.stated),
             engagement_basis = case when t.computed is not null then 'FOLLOWERS'::public.engagement_basis else t.basis end
        from (select sum(p.followers)::bigint as followers,
                     round(sum(p.mean_likes + p.mean_comments) filter (where p.engagement_rate is not null)
                       / nullif(sum(p.followers) filter (where p.engagement_rate is not null), 0), 8) as computed,
                     (array_agg(p.stated_engagement_rate order by p.followers desc nulls last, p.id)
                       filter (where p.stated_engagement_rate is not null))[1] as stated,
                     (array_agg(p.stated_engagement_basis order by p.followers desc nulls last, p.id)
                       filter (where p.stated_engagement_rate is not null))[1] as basis
                from public.creator_platforms p
               where p.organization_id = new.organization_id and p.creator_id = new.creator_id and p.is_active) t
       where c.organization_id = new.organization_id and c.id = new.creator_id
         and (c.total_followers, c.engagement_rate, c.engagement_basis) is distinct from (t.followers,
           coalesce(t.computed, t.stated),
           case when t.computed is not null then 'FOLLOWERS'::public.engagement_basis else t.basis end);
      return null; end $function$
;
comment on function app.total_creator() is 'Trigger: a creator’s totals follow the figures of their accounts.';
CREATE OR REPLACE FUNCTION app.total_former_creator()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ begin 
      update public.creators c set total_followers = t.followers,
             engagement_rate = coalesce(t.computed, t.stated),
             engagement_basis = case when t.computed is not null then 'FOLLOWERS'::public.engagement_basis else t.basis end
        from (select sum(p.followers)::bigint as followers,
                     round(sum(p.mean_likes + p.mean_comments) filter (where p.engagement_rate is not null)
                       / nullif(sum(p.followers) filter (where p.engagement_rate is not null), 0), 8) as computed,
                     (array_agg(p.stated_engagement_rate order by p.followers desc nulls last, p.id)
                       filter (where p.stated_engagement_rate is not null))[1] as stated,
                     (array_agg(p.stated_engagement_basis order by p.followers desc nulls last, p.id)
                       filter (where p.stated_engagement_rate is not null))[1] as basis
                from public.creator_platforms p
               where p.organization_id = new.organization_id and p.creator_id = old.creator_id and p.is_active) t
       where c.organization_id = new.organization_id and c.id = old.creator_id
         and (c.total_followers, c.engagement_rate, c.engagement_basis) is distinct from (t.followers,
           coalesce(t.computed, t.stated),
           case when t.computed is not null then 'FOLLOWERS'::public.engagement_basis else t.basis end);
      return null; end $function$
;
comment on function app.total_former_creator() is 'Trigger: as app.total_creator(), for the creator whose account it was before.';
CREATE OR REPLACE FUNCTION app.touch()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      new.updated_at := now();
      new.version := old.version + 1;
      return new;
    end $function$
;
comment on function app.touch() is 'Trigger: the change time and the version behind the ETag move with every update.';
CREATE OR REPLACE FUNCTION app.undo_merge(merge uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      declare
        agency uuid := app.organization_id();
        m public.merges;
        target regclass;
        kept uuid;
        merged uuid;
        found_rows integer;
        part jsonb;
        row jsonb;
        columns text;
      begin
        select * into m from public.merges where organization_id = agency and id = merge and undone_at is null for update;
        if not found then return false; end if;
        kept := coalesce(m.company_id, m.contact_id);
        merged := coalesce(m.merged_company_id, m.merged_contact_id);
        target := case m.noun when 'COMPANY' then 'public.companies'::regclass when 'CONTACT' then 'public.contacts'::regclass end;
        execute format('select count(*) from (select from %s r where organization_id = $1
          and (id = $2 and is_active or id = $3 and merged_into_id = $2) and (%s) order by id for update) r', target, app.visible_record())
          into found_rows using agency, kept, merged;
        if found_rows <> 2 then return false; end if;
        execute format('update %1$s t set is_active = true, merged_into_id = null, external_id = case when not exists (
            select from %1$s o where o.organization_id = $1 and o.external_id = $3) then $3 end
          where organization_id = $1 and id = $2', target) using agency, merged, m.merged_before ->> 'external_id';
        for part in select * from jsonb_array_elements(m.moved) loop
          continue when not exists (select from pg_attribute a where a.attrelid = to_regclass(format('public.%I', part ->> 'table'))
            and a.attname = part ->> 'column' and not a.attisdropped);
          perform app.move_references(to_regclass(format('public.%I', part ->> 'table')), (part ->> 'column')::name,
            agency, coalesce((part ->> 'into')::uuid, kept), coalesce((part ->> 'record')::uuid, merged), part -> 'keys');
          select string_agg(quote_ident(a.attname), ', ') into columns from pg_attribute a
           where a.attrelid = to_regclass(format('public.%I', part ->> 'table')) and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
          for row in select * from jsonb_array_elements(part -> 'dropped') loop
            begin
              execute format('insert into public.%1$I (%2$s) select %2$s from jsonb_populate_record(null::public.%1$I, $1) on conflict do nothing',
                part ->> 'table', columns) using row;
            exception when foreign_key_violation then
              -- What the tie led to is gone since: there is nothing to tie.
              null;
            end;
          end loop;
        end loop;
        update public.merges set undone_at = now() where organization_id = agency and id = merge;
        return true;
      end$function$
;
comment on function app.undo_merge(uuid) is 'Takes two records apart again where the caller sees both and the kept one stands: the merged one comes back, and what moved and is still where the merge put it. False where there is nothing to undo.';
grant execute on function app.undo_merge(uuid) to spokestack_app;
grant execute on function app.undo_merge(uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.unfinished_imports()
 RETURNS TABLE(organization_id uuid, import_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select i.organization_id, i.id from public.imports i
       where i.status in ('CHECKING', 'RUNNING')
         and not exists (select from graphile_worker.jobs j
                          where j.key = 'run-import:' || i.organization_id || ':' || i.id
                            and j.attempts < j.max_attempts) $function$
;
comment on function app.unfinished_imports() is 'Imports that are under way without a job: ids alone.';
grant execute on function app.unfinished_imports() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.user_for_sign_in(address text)
 RETURNS TABLE(user_id uuid, password_hash text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select u.id, u.password_hash from public.users u
          where u.email operator(public.=) address::public.citext and u.is_active and u.kind = 'PERSON' $function$
;
comment on function app.user_for_sign_in(text) is 'The id and password hash for one address, for verification alone.';
grant execute on function app.user_for_sign_in(text) to spokestack_app;
CREATE OR REPLACE FUNCTION app.user_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid
;
comment on function app.user_id() is 'The acting user of this transaction, or NULL.';
grant execute on function app.user_id() to spokestack_app;
grant execute on function app.user_id() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.uuid_v7()
 RETURNS uuid
 LANGUAGE sql
 PARALLEL SAFE
RETURN (encode(set_bit(set_bit(OVERLAY(uuid_send(gen_random_uuid()) PLACING SUBSTRING(int8send((floor((EXTRACT(epoch FROM clock_timestamp()) * (1000)::numeric)))::bigint) FROM 3) FROM 1 FOR 6), (52)::bigint, 1), (53)::bigint, 1), 'hex'::text))::uuid
;
comment on function app.uuid_v7() is 'A time-ordered id (RFC 9562, version 7).';
grant execute on function app.uuid_v7() to spokestack_app;
grant execute on function app.uuid_v7() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.visible_record()
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
RETURN '(select app.sees_all())
        or brand_id = any ((select app.brand_ids())::uuid[])
        or owner_id = (select app.person_id())
        or created_by_id = (select app.person_id())'::text
;
comment on function app.visible_record() is 'The predicate of a record that people work with: its brand, its owner, its author.';
CREATE OR REPLACE FUNCTION app.visible_through(target text, nouns text[])
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
RETURN (SELECT string_agg(format('exists (select from %1$I r where r.organization_id = %2$I.organization_id and r.id = %2$I.%3$I offset 0)'::text, CASE noun.noun WHEN 'company'::text THEN 'companies'::text ELSE (noun.noun || 's'::text) END, visible_through.target, (noun.noun || '_id'::text)), ' or '::text ORDER BY noun.noun) AS string_agg FROM unnest(visible_through.nouns) noun(noun))
;
comment on function app.visible_through(text,text[]) is 'The predicate of what hangs on records: one of those it names is visible.';
CREATE OR REPLACE FUNCTION app.waiting_webhook_events()
 RETURNS TABLE(organization_id uuid, webhook_event_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select e.organization_id, e.id from public.webhook_events e
       where e.next_attempt_at < now() - interval '1 minute' order by e.next_attempt_at limit 1000 $function$
;
comment on function app.waiting_webhook_events() is 'Events whose time has come and gone, so that no job may be left that would handle them: ids alone.';
grant execute on function app.waiting_webhook_events() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.wake_attribution()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    declare campaign uuid;
    begin
      if tg_table_name = 'campaigns' then campaign := new.id; else campaign := new.campaign_id; end if;
      perform graphile_worker.add_job(
        identifier => 'attribute-campaign',
        payload => json_build_object('organizationId', new.organization_id, 'subjectId', campaign),
        max_attempts => 25, priority => -5,
        job_key => 'attribute-campaign:' || new.organization_id || ':' || campaign);
      return null;
    end $function$
;
comment on function app.wake_attribution() is 'Trigger: what a campaign’s contents are recognised by changed, so they are matched anew.';
CREATE OR REPLACE FUNCTION app.wake_content(content uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      begin
        if app.organization_id() is null then raise exception 'no organization is set'; end if;
        perform graphile_worker.add_job(
          identifier => 'attribute-content', payload => json_build_object('organizationId', app.organization_id(), 'subjectId', content),
          max_attempts => 25, priority => -5, job_key => 'attribute-content:' || app.organization_id() || ':' || content);
      end $function$
;
comment on function app.wake_content(uuid) is 'Wakes the job that matches one piece of content with the campaigns of the transaction’s agency.';
grant execute on function app.wake_content(uuid) to spokestack_app;
grant execute on function app.wake_content(uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.wake_disclosures()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      begin
        if app.organization_id() is null then raise exception 'no organization is set'; end if;
        perform graphile_worker.add_job(
          identifier => 'find-disclosures', payload => json_build_object('organizationId', app.organization_id()),
          max_attempts => 25, priority => -5, job_key => 'find-disclosures:' || app.organization_id());
      end $function$
;
comment on function app.wake_disclosures() is 'Wakes the job that reads the agency’s captions anew, after its own words of disclosure changed.';
grant execute on function app.wake_disclosures() to spokestack_app;
grant execute on function app.wake_disclosures() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.wake_story_media(content uuid, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      begin
        if app.organization_id() is null then raise exception 'no organization is set'; end if;
        perform graphile_worker.add_job(
          identifier => 'keep-story-media', payload => json_build_object('organizationId', app.organization_id(), 'subjectId', content),
          run_at => at, max_attempts => 25, priority => -8, job_key => 'keep-story-media:' || app.organization_id() || ':' || content);
      end $function$
;
comment on function app.wake_story_media(uuid,timestamp with time zone) is 'Wakes the job that copies a story’s picture, at that time.';
grant execute on function app.wake_story_media(uuid,timestamp with time zone) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.wake_sync(run uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select app.enqueue_sync(run, now()) $function$
;
comment on function app.wake_sync(uuid) is 'Wakes the job of a sync run of the transaction''s own agency now.';
grant execute on function app.wake_sync(uuid) to spokestack_app;
grant execute on function app.wake_sync(uuid) to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.wake_webhook_routing()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select graphile_worker.add_job(identifier => 'route-webhooks', payload => '{"batchId":null}'::json,
        job_key => 'route-webhooks', max_attempts => 25) $function$
;
comment on function app.wake_webhook_routing() is 'Wakes the job that looks whether somebody named what waits for an owner.';
grant execute on function app.wake_webhook_routing() to spokestack_app;
grant execute on function app.wake_webhook_routing() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.webhook_owner_named()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ begin perform app.wake_webhook_routing(); return null; end $function$
;
comment on function app.webhook_owner_named() is 'Trigger: an event may have waited for this owner.';
CREATE OR REPLACE FUNCTION app.webhook_targets(of_source public.webhook_source, refs text[])
 RETURNS TABLE(organization_id uuid, lead_form_id uuid)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select distinct on (t.organization_id) t.organization_id, t.lead_form_id from (
        select f.organization_id, f.id as lead_form_id from public.lead_forms f
         where of_source = 'META' and f.is_active and f.page_id = any (app.refs_of(refs, 'page'))
        union all
        select f.organization_id, f.id from public.lead_forms f
         where of_source = 'GOOGLE' and f.is_active
           and (f.key_hash = any (app.refs_of(refs, 'key')) or f.previous_key_hash = any (app.refs_of(refs, 'key')))
        union all
        select a.organization_id, null from public.ad_accounts a
         where of_source = 'META' and a.platform = 'META' and a.native_id = any (app.refs_of(refs, 'ad-account'))
        union all
        select c.organization_id, null from public.creators c
         where of_source = 'PHYLLO' and c.phyllo_user_id = any (app.refs_of(refs, 'user')::uuid[])
        union all
        select p.organization_id, null from public.creator_platforms p
         where of_source = 'PHYLLO' and p.phyllo_account_id = any (app.refs_of(refs, 'account')::uuid[])) t
        join public.organizations o on o.organization_id = t.organization_id and o.id = t.organization_id
       where o.is_active order by t.organization_id, t.lead_form_id $function$
;
comment on function app.webhook_targets(public.webhook_source,text[]) is 'Whose a reference is, by what agencies named and connected themselves and never by what a payload claims. Granted to nobody: the function below calls it.';
CREATE OR REPLACE FUNCTION app.webhooks_clean()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      delete from public.webhook_deliveries where not is_kept and received_at < now() - interval '30 days';
      update public.webhook_deliveries set payload = null
       where is_kept and payload is not null and received_at < now() - interval '30 days';
      delete from public.webhook_events
       where state in ('HANDLED', 'IGNORED') and settled_at < now() - interval '30 days' $function$
;
comment on function app.webhooks_clean() is 'After 30 days: removes keys that no sender repeats any more, what nobody owned, and events that are done. The keys of leads and what failed stay.';
grant execute on function app.webhooks_clean() to spokestack_jobs;
CREATE OR REPLACE FUNCTION app.words(value text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$begin return btrim(regexp_replace(regexp_replace(app.fold(value), '[.''\u2019\u0060]', '', 'g'),
      '[\s\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007e\u00a1-\u00bf\u060c\u061b\u061f\u2010-\u205e]+', ' ', 'g')); end$function$
;
comment on function app.words(text) is 'The words of a folded text, one space between; dots and apostrophes join, other marks part.';
grant execute on function app.words(text) to spokestack_app;
grant execute on function app.words(text) to spokestack_jobs;

-- public.activities

create table public.activities (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  type public.activity_type not null,
  description text not null,
  metadata jsonb default '{}'::jsonb not null,
  actor_kind public.principal_kind not null,
  actor_id uuid,
  brand_id uuid,
  company_id uuid,
  contact_id uuid,
  deal_id uuid,
  campaign_id uuid,
  created_at timestamp with time zone default now() not null,
  audience public.audience default 'EVERYONE'::public.audience not null,
  note_id uuid,
  task_id uuid,
  creator_id uuid,
  is_brand_only boolean default false not null
);
alter table public.activities add constraint activities_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.activities add constraint activities_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE SET NULL (brand_id);
alter table public.activities add constraint activities_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.activities add constraint activities_organization_id_company_id_fkey FOREIGN KEY (organization_id, company_id) REFERENCES public.companies(organization_id, id) ON DELETE CASCADE;
alter table public.activities add constraint activities_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;
alter table public.activities add constraint activities_organization_id_creator_id_fkey FOREIGN KEY (organization_id, creator_id) REFERENCES public.creators(organization_id, id) ON DELETE CASCADE;
alter table public.activities add constraint activities_organization_id_deal_id_fkey FOREIGN KEY (organization_id, deal_id) REFERENCES public.deals(organization_id, id) ON DELETE CASCADE;
alter table public.activities add constraint activities_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.activities add constraint activities_organization_id_note_id_fkey FOREIGN KEY (organization_id, note_id) REFERENCES public.notes(organization_id, id) ON DELETE CASCADE;
alter table public.activities add constraint activities_organization_id_task_id_fkey FOREIGN KEY (organization_id, task_id) REFERENCES public.tasks(organization_id, id) ON DELETE CASCADE;
alter table public.activities add constraint activities_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX activities_actor ON public.activities USING btree (actor_id);
CREATE INDEX activities_brand ON public.activities USING btree (organization_id, brand_id);
CREATE INDEX activities_campaign ON public.activities USING btree (organization_id, campaign_id, created_at DESC, id DESC) WHERE (campaign_id IS NOT NULL);
CREATE INDEX activities_company ON public.activities USING btree (organization_id, company_id, created_at DESC, id DESC) WHERE (company_id IS NOT NULL);
CREATE INDEX activities_contact ON public.activities USING btree (organization_id, contact_id, created_at DESC, id DESC) WHERE (contact_id IS NOT NULL);
CREATE INDEX activities_creator ON public.activities USING btree (organization_id, creator_id, created_at DESC, id DESC) WHERE (creator_id IS NOT NULL);
CREATE INDEX activities_deal ON public.activities USING btree (organization_id, deal_id, created_at DESC, id DESC) WHERE (deal_id IS NOT NULL);
CREATE INDEX activities_note ON public.activities USING btree (organization_id, note_id) WHERE (note_id IS NOT NULL);
CREATE INDEX activities_recent ON public.activities USING btree (organization_id, created_at DESC, id DESC);
CREATE INDEX activities_task ON public.activities USING btree (organization_id, task_id) WHERE (task_id IS NOT NULL);
alter table public.activities enable row level security;
alter table public.activities force row level security;
create policy tenant on public.activities as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.activities is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.activities as restrictive for all to spokestack_app, spokestack_jobs
  using (((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (actor_id = ( SELECT app.person_id() AS person_id)) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = activities.organization_id) AND (r.id = activities.campaign_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = activities.organization_id) AND (r.id = activities.company_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = activities.organization_id) AND (r.id = activities.contact_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.creators r
  WHERE ((r.organization_id = activities.organization_id) AND (r.id = activities.creator_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.deals r
  WHERE ((r.organization_id = activities.organization_id) AND (r.id = activities.deal_id))
 OFFSET 0))) AND ((audience = 'EVERYONE'::public.audience) OR ((audience = 'AGENCY'::public.audience) AND (( SELECT app.scope() AS scope) <> 'brand'::text)) OR (actor_id = ( SELECT app.user_id() AS user_id))) AND ((NOT is_brand_only) OR ( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (actor_id = ( SELECT app.user_id() AS user_id))) AND ((note_id IS NULL) OR (EXISTS ( SELECT
   FROM public.notes r
  WHERE ((r.organization_id = activities.organization_id) AND (r.id = activities.note_id))
 OFFSET 0)))))
  with check (((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (actor_id = ( SELECT app.person_id() AS person_id)) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = activities.organization_id) AND (r.id = activities.campaign_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = activities.organization_id) AND (r.id = activities.company_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = activities.organization_id) AND (r.id = activities.contact_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.creators r
  WHERE ((r.organization_id = activities.organization_id) AND (r.id = activities.creator_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.deals r
  WHERE ((r.organization_id = activities.organization_id) AND (r.id = activities.deal_id))
 OFFSET 0))) AND ((audience = 'EVERYONE'::public.audience) OR ((audience = 'AGENCY'::public.audience) AND (( SELECT app.scope() AS scope) <> 'brand'::text)) OR (actor_id = ( SELECT app.user_id() AS user_id))) AND ((NOT is_brand_only) OR ( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (actor_id = ( SELECT app.user_id() AS user_id))) AND ((note_id IS NULL) OR (EXISTS ( SELECT
   FROM public.notes r
  WHERE ((r.organization_id = activities.organization_id) AND (r.id = activities.note_id))
 OFFSET 0)))));
comment on policy visible on public.activities is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant insert, select on public.activities to spokestack_app;
grant insert, select on public.activities to spokestack_jobs;
comment on table public.activities is 'Append-only: what happened, who did it, and the records that it concerns. Written in the transaction of the change.';
comment on column public.activities.is_brand_only is 'Hidden from the people of other brands who see the creator or the contact too: a contract, an assignment.';

-- public.ad_accounts

create table public.ad_accounts (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  brand_id uuid,
  owner_id uuid,
  created_by_id uuid,
  platform public.ad_platform not null,
  native_id text not null,
  name text not null,
  name_key text collate "C" generated always as (lower(name)) stored not null,
  currency character(3) not null,
  time_zone text not null,
  parent_id uuid,
  is_agency_account boolean default false not null,
  native_status text,
  source public.metric_source default 'API'::public.metric_source not null,
  connection_id uuid,
  connected_by_id uuid,
  connected_at timestamp with time zone,
  sync_status public.sync_status default 'PENDING'::public.sync_status not null,
  last_synced_at timestamp with time zone,
  newest_business_date date,
  sync_error text,
  daily_limit numeric(18,4),
  monthly_limit numeric(18,4),
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  is_manager boolean default false not null,
  vanished_at timestamp with time zone,
  backfilled_from date
);
alter table public.ad_accounts add constraint ad_accounts_check CHECK (((NOT is_manager) OR (connection_id IS NULL)));
alter table public.ad_accounts add constraint ad_accounts_connected_by_id_fkey FOREIGN KEY (connected_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.ad_accounts add constraint ad_accounts_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.ad_accounts add constraint ad_accounts_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text));
alter table public.ad_accounts add constraint ad_accounts_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE SET NULL (brand_id);
alter table public.ad_accounts add constraint ad_accounts_organization_id_connection_id_fkey FOREIGN KEY (organization_id, connection_id) REFERENCES public.oauth_connections(organization_id, id) ON DELETE SET NULL (connection_id);
alter table public.ad_accounts add constraint ad_accounts_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.ad_accounts add constraint ad_accounts_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (owner_id);
alter table public.ad_accounts add constraint ad_accounts_organization_id_parent_id_fkey FOREIGN KEY (organization_id, parent_id) REFERENCES public.ad_accounts(organization_id, id) ON DELETE SET NULL (parent_id);
alter table public.ad_accounts add constraint ad_accounts_organization_id_platform_native_id_key UNIQUE (organization_id, platform, native_id);
alter table public.ad_accounts add constraint ad_accounts_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX ad_accounts_brand ON public.ad_accounts USING btree (organization_id, brand_id);
CREATE INDEX ad_accounts_connected_by ON public.ad_accounts USING btree (connected_by_id);
CREATE INDEX ad_accounts_connection ON public.ad_accounts USING btree (organization_id, connection_id);
CREATE INDEX ad_accounts_created_by ON public.ad_accounts USING btree (created_by_id);
CREATE INDEX ad_accounts_name ON public.ad_accounts USING btree (organization_id, name_key, id) WHERE is_active;
CREATE INDEX ad_accounts_owner ON public.ad_accounts USING btree (organization_id, owner_id);
CREATE INDEX ad_accounts_parent ON public.ad_accounts USING btree (organization_id, parent_id);
alter table public.ad_accounts enable row level security;
alter table public.ad_accounts force row level security;
create policy tenant on public.ad_accounts as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.ad_accounts is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.ad_accounts as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id)) OR ((id = ANY (ARRAY( SELECT l.ad_account_id
   FROM public.campaign_ad_accounts l))) OR (id = ANY (ARRAY( SELECT r.ad_account_id
   FROM public.brand_rules r))))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id)) OR ((brand_id IS NULL) AND ((id = ANY (ARRAY( SELECT l.ad_account_id
   FROM public.campaign_ad_accounts l))) OR (id = ANY (ARRAY( SELECT r.ad_account_id
   FROM public.brand_rules r)))))));
comment on policy visible on public.ad_accounts is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER index_delete AFTER DELETE ON public.ad_accounts REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_ad_accounts();
CREATE TRIGGER index_insert AFTER INSERT ON public.ad_accounts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_ad_accounts();
CREATE TRIGGER index_update AFTER UPDATE ON public.ad_accounts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_ad_accounts();
CREATE TRIGGER tell_changed AFTER UPDATE ON public.ad_accounts FOR EACH ROW WHEN ((((old.sync_status IS DISTINCT FROM new.sync_status) OR (old.last_synced_at IS DISTINCT FROM new.last_synced_at)) OR (old.newest_business_date IS DISTINCT FROM new.newest_business_date))) EXECUTE FUNCTION app.tell_account_changed();
CREATE TRIGGER touch BEFORE UPDATE OF brand_id, owner_id, name, currency, time_zone, parent_id, is_agency_account, native_status, source, connection_id, daily_limit, monthly_limit, is_active ON public.ad_accounts FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.ad_accounts to spokestack_app;
grant insert, select, update on public.ad_accounts to spokestack_jobs;
comment on column public.ad_accounts.backfilled_from is 'The oldest day that was brought in; null before a backfill has ended.';
comment on column public.ad_accounts.is_manager is 'A business manager, manager account or business centre: it holds ad accounts and has no figures of its own. XXX is the currency of one that has none.';
comment on column public.ad_accounts.last_synced_at is 'The first clock: when the last sync succeeded.';
comment on column public.ad_accounts.newest_business_date is 'The second clock: the newest day, in the account''s own zone, that the figures cover.';
comment on column public.ad_accounts.vanished_at is 'When its platform first no longer listed it to the grant that it is read with.';

-- public.api_keys

create table public.api_keys (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  user_id uuid not null,
  name text not null,
  key_hash text not null,
  role public.member_role not null,
  brand_id uuid,
  created_by_id uuid,
  created_at timestamp with time zone default now() not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone
);
alter table public.api_keys add constraint api_keys_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.api_keys add constraint api_keys_key_hash_check CHECK ((length(key_hash) = 64));
alter table public.api_keys add constraint api_keys_key_hash_key UNIQUE (key_hash);
alter table public.api_keys add constraint api_keys_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table public.api_keys add constraint api_keys_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE CASCADE;
alter table public.api_keys add constraint api_keys_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.api_keys add constraint api_keys_organization_id_user_id_key UNIQUE (organization_id, user_id);
alter table public.api_keys add constraint api_keys_pkey PRIMARY KEY (organization_id, id);
alter table public.api_keys add constraint api_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
CREATE INDEX api_keys_brand ON public.api_keys USING btree (organization_id, brand_id);
CREATE INDEX api_keys_created_by ON public.api_keys USING btree (created_by_id);
CREATE INDEX api_keys_user ON public.api_keys USING btree (user_id);
alter table public.api_keys enable row level security;
alter table public.api_keys force row level security;
create policy tenant on public.api_keys as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.api_keys is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.api_keys as restrictive for all to spokestack_app, spokestack_jobs
  using (( SELECT app.sees_all() AS sees_all))
  with check (( SELECT app.sees_all() AS sees_all));
comment on policy visible on public.api_keys is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant select on public.api_keys (brand_id) to spokestack_app;
grant select on public.api_keys (brand_id) to spokestack_jobs;
grant select on public.api_keys (created_at) to spokestack_app;
grant select on public.api_keys (created_at) to spokestack_jobs;
grant select on public.api_keys (created_by_id) to spokestack_app;
grant select on public.api_keys (created_by_id) to spokestack_jobs;
grant select on public.api_keys (id) to spokestack_app;
grant select on public.api_keys (id) to spokestack_jobs;
grant select on public.api_keys (last_used_at) to spokestack_app;
grant select on public.api_keys (last_used_at) to spokestack_jobs;
grant select on public.api_keys (name) to spokestack_app;
grant select on public.api_keys (name) to spokestack_jobs;
grant select on public.api_keys (organization_id) to spokestack_app;
grant select on public.api_keys (organization_id) to spokestack_jobs;
grant select on public.api_keys (revoked_at) to spokestack_app;
grant select on public.api_keys (revoked_at) to spokestack_jobs;
grant select on public.api_keys (role) to spokestack_app;
grant select on public.api_keys (role) to spokestack_jobs;
grant select on public.api_keys (user_id) to spokestack_app;
grant select on public.api_keys (user_id) to spokestack_jobs;
comment on table public.api_keys is 'Keys of the REST door, each with a service identity, so that what a key creates has an author.';

-- public.attachments

create table public.attachments (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  note_id uuid,
  file_name text not null,
  content_type text,
  bytes integer,
  sha256 text,
  storage_key text not null,
  created_by_id uuid,
  created_at timestamp with time zone default now() not null,
  stored_at timestamp with time zone
);
alter table public.attachments add constraint attachments_bytes_check CHECK ((bytes > 0));
alter table public.attachments add constraint attachments_check CHECK (((stored_at IS NULL) = (content_type IS NULL)));
alter table public.attachments add constraint attachments_check1 CHECK (((stored_at IS NULL) = (bytes IS NULL)));
alter table public.attachments add constraint attachments_check2 CHECK (((stored_at IS NULL) = (sha256 IS NULL)));
alter table public.attachments add constraint attachments_check3 CHECK (((note_id IS NULL) OR (stored_at IS NOT NULL)));
alter table public.attachments add constraint attachments_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.attachments add constraint attachments_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 255)));
alter table public.attachments add constraint attachments_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.attachments add constraint attachments_organization_id_note_id_fkey FOREIGN KEY (organization_id, note_id) REFERENCES public.notes(organization_id, id) ON DELETE CASCADE;
alter table public.attachments add constraint attachments_organization_id_storage_key_key UNIQUE (organization_id, storage_key);
alter table public.attachments add constraint attachments_pkey PRIMARY KEY (organization_id, id);
alter table public.attachments add constraint attachments_sha256_check CHECK ((length(sha256) = 64));
CREATE INDEX attachments_author ON public.attachments USING btree (created_by_id);
CREATE INDEX attachments_note ON public.attachments USING btree (organization_id, note_id);
CREATE INDEX attachments_staged ON public.attachments USING btree (created_at) WHERE (note_id IS NULL);
alter table public.attachments enable row level security;
alter table public.attachments force row level security;
create policy tenant on public.attachments as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.attachments is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.attachments as restrictive for all to spokestack_app, spokestack_jobs
  using ((((note_id IS NULL) AND (created_by_id = ( SELECT app.user_id() AS user_id))) OR (EXISTS ( SELECT
   FROM public.notes r
  WHERE ((r.organization_id = attachments.organization_id) AND (r.id = attachments.note_id))
 OFFSET 0))))
  with check ((((note_id IS NULL) AND (created_by_id = ( SELECT app.user_id() AS user_id))) OR (EXISTS ( SELECT
   FROM public.notes r
  WHERE ((r.organization_id = attachments.organization_id) AND (r.id = attachments.note_id))
 OFFSET 0))));
comment on policy visible on public.attachments is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER remember_removed AFTER DELETE ON public.attachments FOR EACH ROW EXECUTE FUNCTION app.remember_removed_file();
grant delete, insert, select on public.attachments to spokestack_app;
grant delete, insert, select on public.attachments to spokestack_jobs;
grant update on public.attachments (bytes) to spokestack_app;
grant update on public.attachments (content_type) to spokestack_app;
grant update on public.attachments (note_id) to spokestack_app;
grant update on public.attachments (sha256) to spokestack_app;
grant update on public.attachments (stored_at) to spokestack_app;
comment on column public.attachments.content_type is 'What the bytes are, found by looking at them; never what the sender said.';
comment on column public.attachments.note_id is 'NULL: an upload whose note is not written yet, known to who uploaded it alone.';
comment on column public.attachments.stored_at is 'When all bytes were stored; NULL while they come in.';

-- public.brand_assignments

create table public.brand_assignments (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  brand_id uuid not null,
  user_id uuid not null,
  created_at timestamp with time zone default now() not null
);
alter table public.brand_assignments add constraint brand_assignments_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE CASCADE;
alter table public.brand_assignments add constraint brand_assignments_organization_id_brand_id_user_id_key UNIQUE (organization_id, brand_id, user_id);
alter table public.brand_assignments add constraint brand_assignments_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE CASCADE;
alter table public.brand_assignments add constraint brand_assignments_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX brand_assignments_user ON public.brand_assignments USING btree (organization_id, user_id);
alter table public.brand_assignments enable row level security;
alter table public.brand_assignments force row level security;
create policy tenant on public.brand_assignments as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.brand_assignments is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.brand_assignments as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[]))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[]))));
comment on policy visible on public.brand_assignments is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select on public.brand_assignments to spokestack_app;
grant delete, insert, select on public.brand_assignments to spokestack_jobs;
comment on table public.brand_assignments is 'Which members of the agency are assigned to which brand.';

-- public.brand_rules

create table public.brand_rules (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  ad_account_id uuid not null,
  brand_id uuid not null,
  "position" integer not null,
  match public.name_match default 'CONTAINS'::public.name_match not null,
  pattern text not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.brand_rules add constraint brand_rules_organization_id_ad_account_id_fkey FOREIGN KEY (organization_id, ad_account_id) REFERENCES public.ad_accounts(organization_id, id) ON DELETE CASCADE;
alter table public.brand_rules add constraint brand_rules_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE CASCADE;
alter table public.brand_rules add constraint brand_rules_pattern_check CHECK (((length(pattern) >= 1) AND (length(pattern) <= 200)));
alter table public.brand_rules add constraint brand_rules_pkey PRIMARY KEY (organization_id, id);
alter table public.brand_rules add constraint brand_rules_position_check CHECK (("position" >= 0));
CREATE INDEX brand_rules_account ON public.brand_rules USING btree (organization_id, ad_account_id, "position");
CREATE INDEX brand_rules_brand ON public.brand_rules USING btree (organization_id, brand_id);
alter table public.brand_rules enable row level security;
alter table public.brand_rules force row level security;
create policy tenant on public.brand_rules as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.brand_rules is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.brand_rules as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[]))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[]))));
comment on policy visible on public.brand_rules is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER apply_brand_rules_delete AFTER DELETE ON public.brand_rules REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION app.apply_brand_rules();
CREATE TRIGGER apply_brand_rules_insert AFTER INSERT ON public.brand_rules REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION app.apply_brand_rules();
CREATE TRIGGER apply_brand_rules_update AFTER UPDATE ON public.brand_rules REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION app.apply_brand_rules();
CREATE TRIGGER touch BEFORE UPDATE ON public.brand_rules FOR EACH ROW EXECUTE FUNCTION app.touch();
grant delete, insert, select, update on public.brand_rules to spokestack_app;
grant delete, insert, select, update on public.brand_rules to spokestack_jobs;
comment on table public.brand_rules is 'Whose campaign is whose in an ad account that several brands share: the first rule by position that a campaign''s name meets.';

-- public.budget_lines

create table public.budget_lines (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  budget_version_id uuid not null,
  "position" integer not null,
  kind public.budget_kind not null,
  platform public.ad_platform,
  ad_account_id uuid,
  campaign_creator_id uuid,
  month date,
  amount numeric(18,4) not null,
  note text
);
alter table public.budget_lines add constraint budget_lines_amount_check CHECK ((amount >= (0)::numeric));
alter table public.budget_lines add constraint budget_lines_check CHECK (((campaign_creator_id IS NULL) OR (kind = ANY (ARRAY['CREATOR'::public.budget_kind, 'BOOST'::public.budget_kind]))));
alter table public.budget_lines add constraint budget_lines_check1 CHECK (((kind = ANY (ARRAY['MEDIA'::public.budget_kind, 'BOOST'::public.budget_kind])) OR ((platform IS NULL) AND (ad_account_id IS NULL))));
alter table public.budget_lines add constraint budget_lines_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric));
alter table public.budget_lines add constraint budget_lines_note_check CHECK ((length(note) <= 1000));
alter table public.budget_lines add constraint budget_lines_organization_id_ad_account_id_fkey FOREIGN KEY (organization_id, ad_account_id) REFERENCES public.ad_accounts(organization_id, id) ON DELETE SET NULL (ad_account_id);
alter table public.budget_lines add constraint budget_lines_organization_id_budget_version_id_fkey FOREIGN KEY (organization_id, budget_version_id) REFERENCES public.budget_versions(organization_id, id) ON DELETE CASCADE;
alter table public.budget_lines add constraint budget_lines_organization_id_campaign_creator_id_fkey FOREIGN KEY (organization_id, campaign_creator_id) REFERENCES public.campaign_creators(organization_id, id) ON DELETE SET NULL (campaign_creator_id);
alter table public.budget_lines add constraint budget_lines_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX budget_lines_account ON public.budget_lines USING btree (organization_id, ad_account_id);
CREATE INDEX budget_lines_campaign_creator ON public.budget_lines USING btree (organization_id, campaign_creator_id);
CREATE INDEX budget_lines_version ON public.budget_lines USING btree (organization_id, budget_version_id, "position");
alter table public.budget_lines enable row level security;
alter table public.budget_lines force row level security;
create policy tenant on public.budget_lines as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.budget_lines is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.budget_lines as restrictive for all to spokestack_app, spokestack_jobs
  using (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.budget_versions r
  WHERE ((r.organization_id = budget_lines.organization_id) AND (r.id = budget_lines.budget_version_id))
 OFFSET 0)))))
  with check (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.budget_versions r
  WHERE ((r.organization_id = budget_lines.organization_id) AND (r.id = budget_lines.budget_version_id))
 OFFSET 0)))));
comment on policy visible on public.budget_lines is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select on public.budget_lines to spokestack_app;
grant delete, insert, select on public.budget_lines to spokestack_jobs;
comment on table public.budget_lines is 'A part of a budget version, in its currency. A dimension that is NULL is not split. The lines come to the total at most.';

-- public.budget_versions

create table public.budget_versions (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  campaign_id uuid not null,
  number integer not null,
  status public.budget_status default 'DRAFT'::public.budget_status not null,
  total numeric(18,4) not null,
  currency character(3) not null,
  note text,
  reason text,
  created_by_id uuid,
  submitted_at timestamp with time zone,
  approved_by_id uuid,
  approved_at timestamp with time zone,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.budget_versions add constraint budget_versions_approved_by_id_fkey FOREIGN KEY (approved_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.budget_versions add constraint budget_versions_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.budget_versions add constraint budget_versions_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text));
alter table public.budget_versions add constraint budget_versions_note_check CHECK ((length(note) <= 2000));
alter table public.budget_versions add constraint budget_versions_number_check CHECK ((number >= 1));
alter table public.budget_versions add constraint budget_versions_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.budget_versions add constraint budget_versions_organization_id_campaign_id_number_key UNIQUE (organization_id, campaign_id, number);
alter table public.budget_versions add constraint budget_versions_pkey PRIMARY KEY (organization_id, id);
alter table public.budget_versions add constraint budget_versions_reason_check CHECK ((length(reason) <= 2000));
alter table public.budget_versions add constraint budget_versions_total_check CHECK ((total >= (0)::numeric));
CREATE INDEX budget_versions_approver ON public.budget_versions USING btree (approved_by_id);
CREATE INDEX budget_versions_author ON public.budget_versions USING btree (created_by_id);
CREATE UNIQUE INDEX budget_versions_open ON public.budget_versions USING btree (organization_id, campaign_id) WHERE (status = ANY (ARRAY['DRAFT'::public.budget_status, 'SUBMITTED'::public.budget_status]));
CREATE UNIQUE INDEX budget_versions_standing ON public.budget_versions USING btree (organization_id, campaign_id) WHERE (status = 'APPROVED'::public.budget_status);
alter table public.budget_versions enable row level security;
alter table public.budget_versions force row level security;
create policy tenant on public.budget_versions as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.budget_versions is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.budget_versions as restrictive for all to spokestack_app, spokestack_jobs
  using (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = budget_versions.organization_id) AND (r.id = budget_versions.campaign_id))
 OFFSET 0)))))
  with check (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = budget_versions.organization_id) AND (r.id = budget_versions.campaign_id))
 OFFSET 0)))));
comment on policy visible on public.budget_versions is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.budget_versions FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.budget_versions to spokestack_app;
grant insert, select, update on public.budget_versions to spokestack_jobs;
comment on table public.budget_versions is 'Plans of a campaign’s money. The one that is APPROVED stands, and campaigns.budget says its total; what stood before is SUPERSEDED and kept.';

-- public.bulk_change_rows

create table public.bulk_change_rows (
  organization_id uuid not null,
  bulk_change_id uuid not null,
  record_id uuid not null,
  before jsonb not null,
  version integer not null
);
alter table public.bulk_change_rows add constraint bulk_change_rows_organization_id_bulk_change_id_fkey FOREIGN KEY (organization_id, bulk_change_id) REFERENCES public.bulk_changes(organization_id, id) ON DELETE CASCADE;
alter table public.bulk_change_rows add constraint bulk_change_rows_pkey PRIMARY KEY (organization_id, bulk_change_id, record_id);
alter table public.bulk_change_rows enable row level security;
alter table public.bulk_change_rows force row level security;
create policy tenant on public.bulk_change_rows as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.bulk_change_rows is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.bulk_change_rows as restrictive for all to spokestack_app, spokestack_jobs
  using ((EXISTS ( SELECT
   FROM public.bulk_changes b
  WHERE ((b.organization_id = bulk_change_rows.organization_id) AND (b.id = bulk_change_rows.bulk_change_id)))))
  with check ((EXISTS ( SELECT
   FROM public.bulk_changes b
  WHERE ((b.organization_id = bulk_change_rows.organization_id) AND (b.id = bulk_change_rows.bulk_change_id)))));
comment on policy visible on public.bulk_change_rows is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant insert, select on public.bulk_change_rows to spokestack_app;
grant insert, select on public.bulk_change_rows to spokestack_jobs;
comment on table public.bulk_change_rows is 'What a record said before, and its version after: one that was changed since is not undone.';

-- public.bulk_changes

create table public.bulk_changes (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  noun public.record_noun not null,
  change jsonb not null,
  created_by_id uuid not null,
  undone_at timestamp with time zone,
  created_at timestamp with time zone default now() not null
);
alter table public.bulk_changes add constraint bulk_changes_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE CASCADE;
alter table public.bulk_changes add constraint bulk_changes_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.bulk_changes add constraint bulk_changes_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX bulk_changes_age ON public.bulk_changes USING btree (created_at);
CREATE INDEX bulk_changes_author ON public.bulk_changes USING btree (created_by_id);
alter table public.bulk_changes enable row level security;
alter table public.bulk_changes force row level security;
create policy tenant on public.bulk_changes as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.bulk_changes is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.bulk_changes as restrictive for all to spokestack_app, spokestack_jobs
  using ((created_by_id = ( SELECT app.user_id() AS user_id)))
  with check ((created_by_id = ( SELECT app.user_id() AS user_id)));
comment on policy visible on public.bulk_changes is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant insert, select, update on public.bulk_changes to spokestack_app;
grant insert, select, update on public.bulk_changes to spokestack_jobs;
comment on table public.bulk_changes is 'A change of many records at once, kept for as long as it may be undone.';

-- public.call_budgets

create table public.call_budgets (
  platform public.ad_platform not null,
  meter text not null,
  tokens double precision not null,
  refilled_at timestamp with time zone not null,
  paused_until timestamp with time zone,
  failures integer default 0 not null,
  opened_until timestamp with time zone
);
alter table public.call_budgets add constraint call_budgets_meter_check CHECK (((length(meter) >= 1) AND (length(meter) <= 200)));
alter table public.call_budgets add constraint call_budgets_pkey PRIMARY KEY (platform, meter);
alter table public.call_budgets enable row level security;
alter table public.call_budgets force row level security;
comment on table public.call_budgets is 'Token buckets by platform and meter (the application, an agency''s share of it, an ad account), with the pause that a platform asked for and the circuit breaker. Outside tenancy; read by its functions alone.';

-- public.call_shares

create table public.call_shares (
  platform public.ad_platform not null,
  organization_id uuid not null,
  asked_at timestamp with time zone not null
);
alter table public.call_shares add constraint call_shares_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.call_shares add constraint call_shares_pkey PRIMARY KEY (organization_id, platform);
alter table public.call_shares enable row level security;
alter table public.call_shares force row level security;
comment on table public.call_shares is 'Which agencies called a platform lately: they share its application limit evenly.';

-- public.campaign_ad_accounts

create table public.campaign_ad_accounts (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  campaign_id uuid not null,
  ad_account_id uuid not null,
  allocated_budget numeric(18,4),
  currency character(3),
  status public.ad_campaign_status default 'NOT_STARTED'::public.ad_campaign_status not null,
  url text,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.campaign_ad_accounts add constraint campaign_ad_accounts_allocated_budget_check CHECK ((allocated_budget >= (0)::numeric));
alter table public.campaign_ad_accounts add constraint campaign_ad_accounts_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text));
alter table public.campaign_ad_accounts add constraint campaign_ad_accounts_organization_id_ad_account_id_fkey FOREIGN KEY (organization_id, ad_account_id) REFERENCES public.ad_accounts(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_ad_accounts add constraint campaign_ad_accounts_organization_id_campaign_id_ad_account_key UNIQUE (organization_id, campaign_id, ad_account_id);
alter table public.campaign_ad_accounts add constraint campaign_ad_accounts_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_ad_accounts add constraint campaign_ad_accounts_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX campaign_ad_accounts_ad_account ON public.campaign_ad_accounts USING btree (organization_id, ad_account_id);
alter table public.campaign_ad_accounts enable row level security;
alter table public.campaign_ad_accounts force row level security;
create policy tenant on public.campaign_ad_accounts as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.campaign_ad_accounts is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.campaign_ad_accounts as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (campaign_id = ANY (ARRAY( SELECT c.id
   FROM public.campaigns c)))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (campaign_id = ANY (ARRAY( SELECT c.id
   FROM public.campaigns c)))));
comment on policy visible on public.campaign_ad_accounts is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.campaign_ad_accounts FOR EACH ROW EXECUTE FUNCTION app.touch();
grant delete, insert, select, update on public.campaign_ad_accounts to spokestack_app;
grant delete, insert, select, update on public.campaign_ad_accounts to spokestack_jobs;

-- public.campaign_brief_answers

create table public.campaign_brief_answers (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  campaign_brief_id uuid not null,
  answer public.brief_answer not null,
  note text,
  answered_at timestamp with time zone default now() not null,
  recorded_by_id uuid
);
alter table public.campaign_brief_answers add constraint campaign_brief_answers_note_check CHECK ((length(note) <= 5000));
alter table public.campaign_brief_answers add constraint campaign_brief_answers_organization_id_campaign_brief_id_fkey FOREIGN KEY (organization_id, campaign_brief_id) REFERENCES public.campaign_briefs(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_brief_answers add constraint campaign_brief_answers_pkey PRIMARY KEY (organization_id, id);
alter table public.campaign_brief_answers add constraint campaign_brief_answers_recorded_by_id_fkey FOREIGN KEY (recorded_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
CREATE INDEX campaign_brief_answers_author ON public.campaign_brief_answers USING btree (recorded_by_id);
CREATE INDEX campaign_brief_answers_brief ON public.campaign_brief_answers USING btree (organization_id, campaign_brief_id);
alter table public.campaign_brief_answers enable row level security;
alter table public.campaign_brief_answers force row level security;
create policy tenant on public.campaign_brief_answers as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.campaign_brief_answers is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.campaign_brief_answers as restrictive for all to spokestack_app, spokestack_jobs
  using (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaign_briefs r
  WHERE ((r.organization_id = campaign_brief_answers.organization_id) AND (r.id = campaign_brief_answers.campaign_brief_id))
 OFFSET 0)))))
  with check (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaign_briefs r
  WHERE ((r.organization_id = campaign_brief_answers.organization_id) AND (r.id = campaign_brief_answers.campaign_brief_id))
 OFFSET 0)))));
comment on policy visible on public.campaign_brief_answers is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant insert, select on public.campaign_brief_answers to spokestack_app;
grant insert, select on public.campaign_brief_answers to spokestack_jobs;
comment on table public.campaign_brief_answers is 'What the creator answered to a brief. recorded_by_id NULL: by the link itself; else who wrote down what was said elsewhere.';

-- public.campaign_briefs

create table public.campaign_briefs (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  campaign_creator_id uuid not null,
  number integer not null,
  subject text not null,
  body text not null,
  terms jsonb not null,
  token_hash text,
  expires_at timestamp with time zone,
  sent_at timestamp with time zone default now() not null,
  sent_by_id uuid,
  opened_at timestamp with time zone,
  withdrawn_at timestamp with time zone
);
alter table public.campaign_briefs add constraint campaign_briefs_body_check CHECK (((length(body) >= 1) AND (length(body) <= 20000)));
alter table public.campaign_briefs add constraint campaign_briefs_organization_id_campaign_creator_id_fkey FOREIGN KEY (organization_id, campaign_creator_id) REFERENCES public.campaign_creators(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_briefs add constraint campaign_briefs_organization_id_campaign_creator_id_number_key UNIQUE (organization_id, campaign_creator_id, number);
alter table public.campaign_briefs add constraint campaign_briefs_pkey PRIMARY KEY (organization_id, id);
alter table public.campaign_briefs add constraint campaign_briefs_sent_by_id_fkey FOREIGN KEY (sent_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.campaign_briefs add constraint campaign_briefs_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 200)));
alter table public.campaign_briefs add constraint campaign_briefs_token_hash_check CHECK ((length(token_hash) = 64));
CREATE INDEX campaign_briefs_author ON public.campaign_briefs USING btree (sent_by_id);
CREATE INDEX campaign_briefs_token ON public.campaign_briefs USING btree (token_hash);
alter table public.campaign_briefs enable row level security;
alter table public.campaign_briefs force row level security;
create policy tenant on public.campaign_briefs as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.campaign_briefs is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.campaign_briefs as restrictive for all to spokestack_app, spokestack_jobs
  using (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaign_creators r
  WHERE ((r.organization_id = campaign_briefs.organization_id) AND (r.id = campaign_briefs.campaign_creator_id))
 OFFSET 0)))))
  with check (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaign_creators r
  WHERE ((r.organization_id = campaign_briefs.organization_id) AND (r.id = campaign_briefs.campaign_creator_id))
 OFFSET 0)))));
comment on policy visible on public.campaign_briefs is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant insert, select, update on public.campaign_briefs to spokestack_app;
grant insert, select, update on public.campaign_briefs to spokestack_jobs;
comment on table public.campaign_briefs is 'What a creator was asked to do, as it was sent; terms holds the deliverables and the fee of that day. Found by the hash of its link’s token alone.';

-- public.campaign_contacts

create table public.campaign_contacts (
  organization_id uuid not null,
  campaign_id uuid not null,
  contact_id uuid not null,
  created_at timestamp with time zone default now() not null
);
alter table public.campaign_contacts add constraint campaign_contacts_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_contacts add constraint campaign_contacts_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_contacts add constraint campaign_contacts_pkey PRIMARY KEY (organization_id, campaign_id, contact_id);
CREATE INDEX campaign_contacts_contact ON public.campaign_contacts USING btree (organization_id, contact_id);
alter table public.campaign_contacts enable row level security;
alter table public.campaign_contacts force row level security;
create policy tenant on public.campaign_contacts as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.campaign_contacts is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.campaign_contacts as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = campaign_contacts.organization_id) AND (r.id = campaign_contacts.campaign_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = campaign_contacts.organization_id) AND (r.id = campaign_contacts.campaign_id))
 OFFSET 0))));
comment on policy visible on public.campaign_contacts is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select on public.campaign_contacts to spokestack_app;
grant delete, insert, select on public.campaign_contacts to spokestack_jobs;
comment on table public.campaign_contacts is 'The client’s people of a campaign. Who a contact is reads whoever sees the contact.';

-- public.campaign_contents

create table public.campaign_contents (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  campaign_id uuid not null,
  creator_content_id uuid not null,
  state public.content_match_state default 'PENDING'::public.content_match_state not null,
  reasons text[] default '{}'::text[] not null,
  campaign_deliverable_id uuid,
  decided_by_id uuid,
  decided_at timestamp with time zone,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.campaign_contents add constraint campaign_contents_decided_by_id_fkey FOREIGN KEY (decided_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.campaign_contents add constraint campaign_contents_organization_id_campaign_deliverable_id_fkey FOREIGN KEY (organization_id, campaign_deliverable_id) REFERENCES public.campaign_deliverables(organization_id, id) ON DELETE SET NULL (campaign_deliverable_id);
alter table public.campaign_contents add constraint campaign_contents_organization_id_campaign_id_creator_conte_key UNIQUE (organization_id, campaign_id, creator_content_id);
alter table public.campaign_contents add constraint campaign_contents_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_contents add constraint campaign_contents_organization_id_creator_content_id_fkey FOREIGN KEY (organization_id, creator_content_id) REFERENCES public.creator_contents(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_contents add constraint campaign_contents_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX campaign_contents_campaign_deliverable_id ON public.campaign_contents USING btree (organization_id, campaign_deliverable_id);
CREATE INDEX campaign_contents_creator_content_id ON public.campaign_contents USING btree (organization_id, creator_content_id);
CREATE INDEX campaign_contents_decided_by ON public.campaign_contents USING btree (decided_by_id);
CREATE UNIQUE INDEX campaign_contents_confirmed ON public.campaign_contents USING btree (organization_id, creator_content_id) WHERE (state = 'CONFIRMED'::public.content_match_state);
alter table public.campaign_contents enable row level security;
alter table public.campaign_contents force row level security;
create policy tenant on public.campaign_contents as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.campaign_contents is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.campaign_contents as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = campaign_contents.organization_id) AND (r.id = campaign_contents.campaign_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = campaign_contents.organization_id) AND (r.id = campaign_contents.campaign_id))
 OFFSET 0))));
comment on policy visible on public.campaign_contents is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.campaign_contents FOR EACH ROW EXECUTE FUNCTION app.touch();
grant delete, insert, select, update on public.campaign_contents to spokestack_app;
grant delete, insert, select, update on public.campaign_contents to spokestack_jobs;
comment on table public.campaign_contents is 'Which campaign a piece is for: found by rule as PENDING (reasons: HASHTAG:x, MENTION:x, LINK:x, MANUAL), counted only when CONFIRMED by a person.';

-- public.campaign_costs

create table public.campaign_costs (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  campaign_id uuid not null,
  date date not null,
  description text not null,
  amount numeric(18,4) not null,
  currency character(3) not null,
  created_by_id uuid,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.campaign_costs add constraint campaign_costs_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.campaign_costs add constraint campaign_costs_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text));
alter table public.campaign_costs add constraint campaign_costs_description_check CHECK (((length(description) >= 1) AND (length(description) <= 500)));
alter table public.campaign_costs add constraint campaign_costs_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_costs add constraint campaign_costs_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX campaign_costs_author ON public.campaign_costs USING btree (created_by_id);
CREATE INDEX campaign_costs_campaign ON public.campaign_costs USING btree (organization_id, campaign_id, date);
alter table public.campaign_costs enable row level security;
alter table public.campaign_costs force row level security;
create policy tenant on public.campaign_costs as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.campaign_costs is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.campaign_costs as restrictive for all to spokestack_app, spokestack_jobs
  using (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = campaign_costs.organization_id) AND (r.id = campaign_costs.campaign_id))
 OFFSET 0)))))
  with check (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = campaign_costs.organization_id) AND (r.id = campaign_costs.campaign_id))
 OFFSET 0)))));
comment on policy visible on public.campaign_costs is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.campaign_costs FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.campaign_costs to spokestack_app;
grant insert, select, update on public.campaign_costs to spokestack_jobs;
comment on table public.campaign_costs is 'What a campaign costs beside media, boosts and creators: production, shipping, tools. A credit is negative.';

-- public.campaign_creators

create table public.campaign_creators (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  campaign_id uuid not null,
  creator_id uuid not null,
  role public.creator_role default 'PRIMARY'::public.creator_role not null,
  status public.creator_campaign_status default 'PENDING'::public.creator_campaign_status not null,
  fee_type public.fee_type default 'FLAT'::public.fee_type not null,
  fee_amount numeric(18,4),
  fee_currency character(3),
  starts_on date,
  ends_on date,
  note text,
  brief_sent_at timestamp with time zone,
  accepted_at timestamp with time zone,
  completed_at timestamp with time zone,
  override_reason text,
  overridden_by_id uuid,
  created_by_id uuid,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  fee_percent numeric(7,4),
  variable_fee_type public.fee_type,
  variable_fee_amount numeric(18,4),
  fee_cap numeric(18,4)
);
alter table public.campaign_creators add constraint campaign_creators_check CHECK (((fee_amount IS NULL) OR (fee_currency IS NOT NULL)));
alter table public.campaign_creators add constraint campaign_creators_check1 CHECK (((ends_on IS NULL) OR (starts_on IS NULL) OR (ends_on >= starts_on)));
alter table public.campaign_creators add constraint campaign_creators_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.campaign_creators add constraint campaign_creators_fee_amount_check CHECK ((fee_amount >= (0)::numeric));
alter table public.campaign_creators add constraint campaign_creators_fee_cap_check CHECK ((fee_cap >= (0)::numeric));
alter table public.campaign_creators add constraint campaign_creators_fee_currency_check CHECK ((fee_currency ~ '^[A-Z]{3}$'::text));
alter table public.campaign_creators add constraint campaign_creators_fee_percent_check CHECK (((fee_percent >= (0)::numeric) AND (fee_percent <= (100)::numeric)));
alter table public.campaign_creators add constraint campaign_creators_organization_id_campaign_id_creator_id_key UNIQUE (organization_id, campaign_id, creator_id);
alter table public.campaign_creators add constraint campaign_creators_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_creators add constraint campaign_creators_organization_id_creator_id_fkey FOREIGN KEY (organization_id, creator_id) REFERENCES public.creators(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_creators add constraint campaign_creators_overridden_by_id_fkey FOREIGN KEY (overridden_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.campaign_creators add constraint campaign_creators_override_reason_check CHECK (((length(override_reason) >= 1) AND (length(override_reason) <= 2000)));
alter table public.campaign_creators add constraint campaign_creators_pkey PRIMARY KEY (organization_id, id);
alter table public.campaign_creators add constraint campaign_creators_variable_fee_amount_check CHECK ((variable_fee_amount >= (0)::numeric));
alter table public.campaign_creators add constraint campaign_creators_variable_fee_type_check CHECK ((variable_fee_type = ANY (ARRAY['CPM'::public.fee_type, 'CPC'::public.fee_type, 'CPA'::public.fee_type, 'REVENUE_SHARE'::public.fee_type])));
CREATE INDEX campaign_creators_author ON public.campaign_creators USING btree (created_by_id);
CREATE INDEX campaign_creators_creator ON public.campaign_creators USING btree (organization_id, creator_id);
CREATE INDEX campaign_creators_overridden_by ON public.campaign_creators USING btree (overridden_by_id);
alter table public.campaign_creators enable row level security;
alter table public.campaign_creators force row level security;
create policy tenant on public.campaign_creators as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.campaign_creators is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.campaign_creators as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = campaign_creators.organization_id) AND (r.id = campaign_creators.campaign_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = campaign_creators.organization_id) AND (r.id = campaign_creators.campaign_id))
 OFFSET 0))));
comment on policy visible on public.campaign_creators is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER follow_creator_brands AFTER INSERT OR DELETE OR UPDATE OF creator_id, is_active ON public.campaign_creators FOR EACH ROW EXECUTE FUNCTION app.follow_creator_brands();
CREATE TRIGGER touch BEFORE UPDATE ON public.campaign_creators FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE TRIGGER wake_attribution AFTER UPDATE OF is_active, status, starts_on, ends_on, creator_id ON public.campaign_creators FOR EACH ROW WHEN ((((((new.is_active IS DISTINCT FROM old.is_active) OR (new.status IS DISTINCT FROM old.status)) OR (new.starts_on IS DISTINCT FROM old.starts_on)) OR (new.ends_on IS DISTINCT FROM old.ends_on)) OR (new.creator_id IS DISTINCT FROM old.creator_id))) EXECUTE FUNCTION app.wake_attribution();
CREATE TRIGGER wake_attribution_of_new AFTER INSERT ON public.campaign_creators FOR EACH ROW EXECUTE FUNCTION app.wake_attribution();
grant insert, select, update on public.campaign_creators to spokestack_app;
grant insert, select, update on public.campaign_creators to spokestack_jobs;
comment on table public.campaign_creators is 'Who works on a campaign and for what. starts_on and ends_on NULL: the campaign’s own. is_active false: taken off again.';
comment on column public.campaign_creators.fee_cap is 'The fee is never more than this, in fee_currency.';
comment on column public.campaign_creators.fee_percent is 'Of REVENUE_SHARE, and of HYBRID with a share: 12.5 is 12.5 % of the value of the results.';
comment on column public.campaign_creators.override_reason is 'Why somebody who may assigned the creator in spite of an exclusivity clause or an unknown.';
comment on column public.campaign_creators.variable_fee_amount is 'Of HYBRID: per thousand views, per click or per conversion, in fee_currency.';
comment on column public.campaign_creators.variable_fee_type is 'Of HYBRID: what is counted beside the fixed fee_amount.';

-- public.campaign_deliverables

create table public.campaign_deliverables (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  campaign_creator_id uuid not null,
  platform public.social_platform not null,
  type public.content_type not null,
  count integer default 1 not null,
  due_on date,
  revision_rounds integer,
  note text,
  "position" integer default 0 not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.campaign_deliverables add constraint campaign_deliverables_count_check CHECK (((count >= 1) AND (count <= 1000)));
alter table public.campaign_deliverables add constraint campaign_deliverables_organization_id_campaign_creator_id_fkey FOREIGN KEY (organization_id, campaign_creator_id) REFERENCES public.campaign_creators(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_deliverables add constraint campaign_deliverables_pkey PRIMARY KEY (organization_id, id);
alter table public.campaign_deliverables add constraint campaign_deliverables_revision_rounds_check CHECK (((revision_rounds >= 0) AND (revision_rounds <= 100)));
CREATE INDEX campaign_deliverables_creator ON public.campaign_deliverables USING btree (organization_id, campaign_creator_id);
alter table public.campaign_deliverables enable row level security;
alter table public.campaign_deliverables force row level security;
create policy tenant on public.campaign_deliverables as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.campaign_deliverables is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.campaign_deliverables as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaign_creators r
  WHERE ((r.organization_id = campaign_deliverables.organization_id) AND (r.id = campaign_deliverables.campaign_creator_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaign_creators r
  WHERE ((r.organization_id = campaign_deliverables.organization_id) AND (r.id = campaign_deliverables.campaign_creator_id))
 OFFSET 0))));
comment on policy visible on public.campaign_deliverables is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.campaign_deliverables FOR EACH ROW EXECUTE FUNCTION app.touch();
grant delete, insert, select, update on public.campaign_deliverables to spokestack_app;
grant delete, insert, select, update on public.campaign_deliverables to spokestack_jobs;
comment on table public.campaign_deliverables is 'What a creator owes a campaign: so many pieces of a type on a platform by a day. Late and missing are computed from the confirmed contents.';

-- public.campaign_match_refusals

create table public.campaign_match_refusals (
  organization_id uuid not null,
  campaign_id uuid not null,
  platform_campaign_id uuid not null,
  created_by_id uuid,
  created_at timestamp with time zone default now() not null
);
alter table public.campaign_match_refusals add constraint campaign_match_refusals_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.campaign_match_refusals add constraint campaign_match_refusals_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_match_refusals add constraint campaign_match_refusals_organization_id_platform_campaign__fkey FOREIGN KEY (organization_id, platform_campaign_id) REFERENCES public.platform_campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_match_refusals add constraint campaign_match_refusals_pkey PRIMARY KEY (organization_id, campaign_id, platform_campaign_id);
CREATE INDEX campaign_match_refusals_author ON public.campaign_match_refusals USING btree (created_by_id);
CREATE INDEX campaign_match_refusals_platform_campaign ON public.campaign_match_refusals USING btree (organization_id, platform_campaign_id);
alter table public.campaign_match_refusals enable row level security;
alter table public.campaign_match_refusals force row level security;
create policy tenant on public.campaign_match_refusals as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.campaign_match_refusals is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.campaign_match_refusals as restrictive for all to spokestack_app, spokestack_jobs
  using (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = campaign_match_refusals.organization_id) AND (r.id = campaign_match_refusals.campaign_id))
 OFFSET 0)))))
  with check (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = campaign_match_refusals.organization_id) AND (r.id = campaign_match_refusals.campaign_id))
 OFFSET 0)))));
comment on policy visible on public.campaign_match_refusals is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select on public.campaign_match_refusals to spokestack_app;
grant delete, insert, select on public.campaign_match_refusals to spokestack_jobs;
comment on table public.campaign_match_refusals is 'Platform campaigns that somebody took off a campaign: its rules do not attach them again.';

-- public.campaign_match_rules

create table public.campaign_match_rules (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  campaign_id uuid not null,
  "position" integer not null,
  ad_account_id uuid,
  platform public.ad_platform,
  name_match text,
  name_pattern text,
  label text,
  is_boost boolean default false not null,
  created_by_id uuid,
  created_at timestamp with time zone default now() not null
);
alter table public.campaign_match_rules add constraint campaign_match_rules_check CHECK (((name_match IS NULL) = (name_pattern IS NULL)));
alter table public.campaign_match_rules add constraint campaign_match_rules_check1 CHECK (((name_pattern IS NOT NULL) OR (label IS NOT NULL) OR (ad_account_id IS NOT NULL)));
alter table public.campaign_match_rules add constraint campaign_match_rules_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.campaign_match_rules add constraint campaign_match_rules_label_check CHECK (((length(label) >= 1) AND (length(label) <= 200)));
alter table public.campaign_match_rules add constraint campaign_match_rules_name_match_check CHECK ((name_match = ANY (ARRAY['CONTAINS'::text, 'STARTS_WITH'::text, 'ENDS_WITH'::text, 'IS'::text])));
alter table public.campaign_match_rules add constraint campaign_match_rules_name_pattern_check CHECK (((length(name_pattern) >= 1) AND (length(name_pattern) <= 200)));
alter table public.campaign_match_rules add constraint campaign_match_rules_organization_id_ad_account_id_fkey FOREIGN KEY (organization_id, ad_account_id) REFERENCES public.ad_accounts(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_match_rules add constraint campaign_match_rules_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_match_rules add constraint campaign_match_rules_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX campaign_match_rules_account ON public.campaign_match_rules USING btree (organization_id, ad_account_id);
CREATE INDEX campaign_match_rules_author ON public.campaign_match_rules USING btree (created_by_id);
CREATE INDEX campaign_match_rules_campaign ON public.campaign_match_rules USING btree (organization_id, campaign_id, "position");
alter table public.campaign_match_rules enable row level security;
alter table public.campaign_match_rules force row level security;
create policy tenant on public.campaign_match_rules as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.campaign_match_rules is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.campaign_match_rules as restrictive for all to spokestack_app, spokestack_jobs
  using (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = campaign_match_rules.organization_id) AND (r.id = campaign_match_rules.campaign_id))
 OFFSET 0)))))
  with check (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = campaign_match_rules.organization_id) AND (r.id = campaign_match_rules.campaign_id))
 OFFSET 0)))));
comment on policy visible on public.campaign_match_rules is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select on public.campaign_match_rules to spokestack_app;
grant delete, insert, select on public.campaign_match_rules to spokestack_jobs;
comment on table public.campaign_match_rules is 'What meets one of a campaign’s rules is attached to it; all conditions of a rule hold together. Reach: accounts of the campaign’s brand, and accounts linked to the campaign.';

-- public.campaign_metric_revisions

create table public.campaign_metric_revisions (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  ad_account_id uuid not null,
  platform_campaign_id uuid not null,
  date date not null,
  currency character(3) not null,
  spend numeric(18,6) not null,
  impressions bigint not null,
  clicks bigint not null,
  conversions numeric(18,6),
  conversion_value numeric(18,6),
  video_views_25 bigint,
  video_views_50 bigint,
  video_views_75 bigint,
  video_views_100 bigint,
  video_starts bigint,
  reach bigint,
  frequency numeric(12,6),
  attribution_setting text,
  platform_data jsonb,
  source public.metric_source not null,
  sync_run_id uuid,
  fetched_at timestamp with time zone not null,
  was_removed boolean not null,
  replaced_by_run_id uuid,
  replaced_at timestamp with time zone default now() not null
);
alter table public.campaign_metric_revisions add constraint campaign_metric_revisions_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text));
alter table public.campaign_metric_revisions add constraint campaign_metric_revisions_organization_id_platform_campaig_fkey FOREIGN KEY (organization_id, platform_campaign_id) REFERENCES public.platform_campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_metric_revisions add constraint campaign_metric_revisions_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX campaign_metric_revisions_row ON public.campaign_metric_revisions USING btree (organization_id, platform_campaign_id, date, replaced_at);
alter table public.campaign_metric_revisions enable row level security;
alter table public.campaign_metric_revisions force row level security;
create policy tenant on public.campaign_metric_revisions as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.campaign_metric_revisions is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.campaign_metric_revisions as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (platform_campaign_id = ANY (ARRAY( SELECT p.id
   FROM public.platform_campaigns p)))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (platform_campaign_id = ANY (ARRAY( SELECT p.id
   FROM public.platform_campaigns p)))));
comment on policy visible on public.campaign_metric_revisions is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant select on public.campaign_metric_revisions to spokestack_app;
grant insert, select on public.campaign_metric_revisions to spokestack_jobs;
comment on table public.campaign_metric_revisions is 'What a row said before a restatement changed or removed it, when, and by which run. Append-only.';
comment on column public.campaign_metric_revisions.conversion_value is 'NULL where the platform or the file did not tell; 0 is that there were none.';
comment on column public.campaign_metric_revisions.conversions is 'NULL where the platform or the file did not tell; 0 is that there were none.';

-- public.campaign_metrics

create table public.campaign_metrics (
  organization_id uuid not null,
  ad_account_id uuid not null,
  platform_campaign_id uuid not null,
  date date not null,
  currency character(3) not null,
  spend numeric(18,6) not null,
  impressions bigint not null,
  clicks bigint not null,
  conversions numeric(18,6),
  conversion_value numeric(18,6),
  video_views_25 bigint,
  video_views_50 bigint,
  video_views_75 bigint,
  video_views_100 bigint,
  video_starts bigint,
  reach bigint,
  frequency numeric(12,6),
  attribution_setting text,
  platform_data jsonb,
  source public.metric_source not null,
  sync_run_id uuid,
  fetched_at timestamp with time zone not null
);
alter table public.campaign_metrics add constraint campaign_metrics_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text));
alter table public.campaign_metrics add constraint campaign_metrics_organization_id_ad_account_id_fkey FOREIGN KEY (organization_id, ad_account_id) REFERENCES public.ad_accounts(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_metrics add constraint campaign_metrics_organization_id_platform_campaign_id_fkey FOREIGN KEY (organization_id, platform_campaign_id) REFERENCES public.platform_campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_metrics add constraint campaign_metrics_organization_id_sync_run_id_fkey FOREIGN KEY (organization_id, sync_run_id) REFERENCES public.sync_runs(organization_id, id) ON DELETE SET NULL (sync_run_id);
alter table public.campaign_metrics add constraint campaign_metrics_pkey PRIMARY KEY (organization_id, platform_campaign_id, date) INCLUDE (currency, spend, impressions, clicks, conversions, conversion_value, video_views_25, video_views_50, video_views_75, video_views_100, source);
CREATE INDEX campaign_metrics_account ON public.campaign_metrics USING btree (organization_id, ad_account_id, date);
CREATE INDEX campaign_metrics_run ON public.campaign_metrics USING btree (organization_id, sync_run_id);
alter table public.campaign_metrics enable row level security;
alter table public.campaign_metrics force row level security;
create policy tenant on public.campaign_metrics as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.campaign_metrics is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.campaign_metrics as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (platform_campaign_id = ANY (ARRAY( SELECT p.id
   FROM public.platform_campaigns p)))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (platform_campaign_id = ANY (ARRAY( SELECT p.id
   FROM public.platform_campaigns p)))));
comment on policy visible on public.campaign_metrics is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant select on public.campaign_metrics to spokestack_app;
grant delete, insert, select, update on public.campaign_metrics to spokestack_jobs;
comment on table public.campaign_metrics is 'One row per platform campaign and day of its ad account''s own zone, attached to a campaign or not. A day without delivery has no row.';
comment on column public.campaign_metrics.conversion_value is 'NULL where the platform or the file did not tell; 0 is that there were none.';
comment on column public.campaign_metrics.conversions is 'NULL where the platform or the file did not tell; 0 is that there were none.';
comment on column public.campaign_metrics.reach is 'Of that day alone: never summed.';
comment on column public.campaign_metrics.spend is 'Major units of the account''s currency.';

-- public.campaign_results

create table public.campaign_results (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  campaign_id uuid not null,
  campaign_creator_id uuid,
  date date not null,
  origin text not null,
  clicks bigint,
  conversions numeric(18,6),
  conversion_value numeric(18,6),
  currency character(3),
  note text,
  created_by_id uuid,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.campaign_results add constraint campaign_results_check CHECK (((conversion_value IS NULL) OR (currency IS NOT NULL)));
alter table public.campaign_results add constraint campaign_results_check1 CHECK ((num_nonnulls(clicks, conversions, conversion_value) > 0));
alter table public.campaign_results add constraint campaign_results_clicks_check CHECK ((clicks >= 0));
alter table public.campaign_results add constraint campaign_results_conversion_value_check CHECK ((conversion_value >= (0)::numeric));
alter table public.campaign_results add constraint campaign_results_conversions_check CHECK ((conversions >= (0)::numeric));
alter table public.campaign_results add constraint campaign_results_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.campaign_results add constraint campaign_results_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text));
alter table public.campaign_results add constraint campaign_results_note_check CHECK ((length(note) <= 2000));
alter table public.campaign_results add constraint campaign_results_organization_id_campaign_creator_id_fkey FOREIGN KEY (organization_id, campaign_creator_id) REFERENCES public.campaign_creators(organization_id, id) ON DELETE SET NULL (campaign_creator_id);
alter table public.campaign_results add constraint campaign_results_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.campaign_results add constraint campaign_results_origin_check CHECK (((length(origin) >= 1) AND (length(origin) <= 100)));
alter table public.campaign_results add constraint campaign_results_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX campaign_results_author ON public.campaign_results USING btree (created_by_id);
CREATE INDEX campaign_results_campaign ON public.campaign_results USING btree (organization_id, campaign_id, date);
CREATE INDEX campaign_results_campaign_creator ON public.campaign_results USING btree (organization_id, campaign_creator_id);
CREATE UNIQUE INDEX campaign_results_key ON public.campaign_results USING btree (organization_id, campaign_id, date, lower(origin), campaign_creator_id) NULLS NOT DISTINCT WHERE is_active;
alter table public.campaign_results enable row level security;
alter table public.campaign_results force row level security;
create policy tenant on public.campaign_results as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.campaign_results is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.campaign_results as restrictive for all to spokestack_app, spokestack_jobs
  using (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = campaign_results.organization_id) AND (r.id = campaign_results.campaign_id))
 OFFSET 0)))))
  with check (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = campaign_results.organization_id) AND (r.id = campaign_results.campaign_id))
 OFFSET 0)))));
comment on policy visible on public.campaign_results is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.campaign_results FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.campaign_results to spokestack_app;
grant insert, select, update on public.campaign_results to spokestack_jobs;
comment on table public.campaign_results is 'What a campaign brought by the agency’s own count: a shop’s orders, a coupon, an affiliate link. origin says whose count it is. Days are the agency’s.';

-- public.campaign_templates

create table public.campaign_templates (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  brand_id uuid,
  name text not null,
  description text,
  plan jsonb not null,
  created_by_id uuid,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.campaign_templates add constraint campaign_templates_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.campaign_templates add constraint campaign_templates_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table public.campaign_templates add constraint campaign_templates_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE SET NULL (brand_id);
alter table public.campaign_templates add constraint campaign_templates_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.campaign_templates add constraint campaign_templates_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX campaign_templates_author ON public.campaign_templates USING btree (created_by_id);
CREATE INDEX campaign_templates_brand ON public.campaign_templates USING btree (organization_id, brand_id);
alter table public.campaign_templates enable row level security;
alter table public.campaign_templates force row level security;
create policy tenant on public.campaign_templates as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.campaign_templates is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.campaign_templates as restrictive for all to spokestack_app, spokestack_jobs
  using (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (brand_id IS NULL) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (created_by_id = ( SELECT app.person_id() AS person_id)))))
  with check (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (brand_id IS NULL) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (created_by_id = ( SELECT app.person_id() AS person_id)))));
comment on policy visible on public.campaign_templates is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.campaign_templates FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.campaign_templates to spokestack_app;
grant insert, select, update on public.campaign_templates to spokestack_jobs;
comment on table public.campaign_templates is 'A plan that campaigns begin from: what it holds is read by campaign-templates/schema.ts. brand_id NULL: for every brand.';

-- public.campaigns

create table public.campaigns (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  brand_id uuid,
  owner_id uuid,
  created_by_id uuid,
  external_id text,
  tags text[] default '{}'::text[] not null,
  custom_fields jsonb default '{}'::jsonb not null,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  deal_id uuid,
  name text not null,
  name_key text collate "C" generated always as (lower(name)) stored not null,
  description text,
  objective public.campaign_objective,
  status public.campaign_status default 'DRAFT'::public.campaign_status not null,
  budget numeric(18,4),
  currency character(3),
  starts_on date,
  ends_on date,
  categories text[] default '{}'::text[] not null,
  competitors text[] default '{}'::text[] not null,
  territories text[] default '{}'::text[] not null,
  hashtags text[] default '{}'::text[] not null,
  mentions text[] default '{}'::text[] not null,
  links text[] default '{}'::text[] not null,
  submitted_at timestamp with time zone,
  submitted_by_id uuid,
  approved_at timestamp with time zone,
  approved_by_id uuid,
  launched_at timestamp with time zone,
  completed_at timestamp with time zone,
  status_reason text,
  status_changed_at timestamp with time zone default now() not null,
  moves_by_date boolean default true not null,
  pauses_on date,
  resumes_on date,
  copied_from_id uuid,
  campaign_template_id uuid,
  paused_on date,
  is_paused_by_date boolean default false not null
);
alter table public.campaigns add constraint campaigns_approved_by_id_fkey FOREIGN KEY (approved_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.campaigns add constraint campaigns_budget_check CHECK ((budget >= (0)::numeric));
alter table public.campaigns add constraint campaigns_check CHECK (((budget IS NULL) OR (currency IS NOT NULL)));
alter table public.campaigns add constraint campaigns_check1 CHECK (((ends_on IS NULL) OR (starts_on IS NULL) OR (ends_on >= starts_on)));
alter table public.campaigns add constraint campaigns_check2 CHECK (((resumes_on IS NULL) OR ((pauses_on IS NOT NULL) AND (resumes_on > pauses_on))));
alter table public.campaigns add constraint campaigns_check3 CHECK (((NOT is_paused_by_date) OR ((status = 'PAUSED'::public.campaign_status) AND (paused_on IS NOT NULL))));
alter table public.campaigns add constraint campaigns_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.campaigns add constraint campaigns_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text));
alter table public.campaigns add constraint campaigns_custom_fields_check CHECK ((jsonb_typeof(custom_fields) = 'object'::text));
alter table public.campaigns add constraint campaigns_external_id_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 255)));
alter table public.campaigns add constraint campaigns_name_check CHECK (((length(name) >= 1) AND (length(name) <= 1000)));
alter table public.campaigns add constraint campaigns_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE SET NULL (brand_id);
alter table public.campaigns add constraint campaigns_organization_id_campaign_template_id_fkey FOREIGN KEY (organization_id, campaign_template_id) REFERENCES public.campaign_templates(organization_id, id) ON DELETE SET NULL (campaign_template_id);
alter table public.campaigns add constraint campaigns_organization_id_copied_from_id_fkey FOREIGN KEY (organization_id, copied_from_id) REFERENCES public.campaigns(organization_id, id) ON DELETE SET NULL (copied_from_id);
alter table public.campaigns add constraint campaigns_organization_id_deal_id_fkey FOREIGN KEY (organization_id, deal_id) REFERENCES public.deals(organization_id, id) ON DELETE SET NULL (deal_id);
alter table public.campaigns add constraint campaigns_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.campaigns add constraint campaigns_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (owner_id);
alter table public.campaigns add constraint campaigns_pkey PRIMARY KEY (organization_id, id);
alter table public.campaigns add constraint campaigns_status_reason_check CHECK ((length(status_reason) <= 2000));
alter table public.campaigns add constraint campaigns_submitted_by_id_fkey FOREIGN KEY (submitted_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
CREATE INDEX campaigns_approved_by ON public.campaigns USING btree (approved_by_id);
CREATE INDEX campaigns_brand ON public.campaigns USING btree (organization_id, brand_id);
CREATE INDEX campaigns_copied_from ON public.campaigns USING btree (organization_id, copied_from_id);
CREATE INDEX campaigns_created ON public.campaigns USING btree (organization_id, created_at DESC, id DESC);
CREATE INDEX campaigns_created_by ON public.campaigns USING btree (created_by_id);
CREATE INDEX campaigns_deal ON public.campaigns USING btree (organization_id, deal_id);
CREATE INDEX campaigns_name ON public.campaigns USING btree (organization_id, name_key, id) WHERE is_active;
CREATE INDEX campaigns_owner ON public.campaigns USING btree (organization_id, owner_id);
CREATE INDEX campaigns_submitted_by ON public.campaigns USING btree (submitted_by_id);
CREATE INDEX campaigns_template ON public.campaigns USING btree (organization_id, campaign_template_id);
CREATE INDEX campaigns_to_move ON public.campaigns USING btree (id) WHERE (is_active AND moves_by_date AND (status = ANY (ARRAY['APPROVED'::public.campaign_status, 'ACTIVE'::public.campaign_status, 'PAUSED'::public.campaign_status])));
CREATE INDEX campaigns_updated ON public.campaigns USING btree (organization_id, updated_at DESC, id DESC);
CREATE UNIQUE INDEX campaigns_external ON public.campaigns USING btree (organization_id, external_id) WHERE (external_id IS NOT NULL);
alter table public.campaigns enable row level security;
alter table public.campaigns force row level security;
create policy tenant on public.campaigns as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.campaigns is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.campaigns as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id))));
comment on policy visible on public.campaigns is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER follow_creator_brands AFTER UPDATE OF brand_id, is_active ON public.campaigns FOR EACH ROW EXECUTE FUNCTION app.follow_creator_brands();
CREATE TRIGGER index_delete AFTER DELETE ON public.campaigns REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_campaigns();
CREATE TRIGGER index_insert AFTER INSERT ON public.campaigns REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_campaigns();
CREATE TRIGGER index_update AFTER UPDATE ON public.campaigns REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_campaigns();
CREATE TRIGGER touch BEFORE UPDATE ON public.campaigns FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE TRIGGER wake_attribution AFTER UPDATE OF hashtags, mentions, links, starts_on, ends_on, is_active, status ON public.campaigns FOR EACH ROW WHEN ((((((((new.hashtags IS DISTINCT FROM old.hashtags) OR (new.mentions IS DISTINCT FROM old.mentions)) OR (new.links IS DISTINCT FROM old.links)) OR (new.starts_on IS DISTINCT FROM old.starts_on)) OR (new.ends_on IS DISTINCT FROM old.ends_on)) OR (new.is_active IS DISTINCT FROM old.is_active)) OR ((new.status = 'CANCELLED'::public.campaign_status) IS DISTINCT FROM (old.status = 'CANCELLED'::public.campaign_status)))) EXECUTE FUNCTION app.wake_attribution();
grant insert, select, update on public.campaigns to spokestack_app;
grant insert, select, update on public.campaigns to spokestack_jobs;
comment on column public.campaigns.approved_at is 'When the plan that stands was approved; null where nobody has.';
comment on column public.campaigns.campaign_template_id is 'The template that it began with.';
comment on column public.campaigns.categories is 'What is advertised: beauty, automotive. Exclusivity by category is checked against it.';
comment on column public.campaigns.competitors is 'Names by which other clients’ contracts may exclude this campaign: the brand’s and its products’.';
comment on column public.campaigns.hashtags is 'Without #, in lower case: a post with one of them is attributed as pending.';
comment on column public.campaigns.is_paused_by_date is 'The pause that stands came by pauses_on, so that resumes_on may end it; one by hand stays.';
comment on column public.campaigns.links is 'Host and path without the scheme, in lower case: a post whose text holds one is attributed as pending.';
comment on column public.campaigns.mentions is 'Handles without @, in lower case.';
comment on column public.campaigns.moves_by_date is 'Approved, it launches on starts_on; active or paused, it is completed after ends_on; by the agency’s own days.';
comment on column public.campaigns.paused_on is 'The pauses_on that was carried out: somebody who goes on after it is not paused again by the same day.';
comment on column public.campaigns.pauses_on is 'A day on which it is paused by itself, and resumes_on the one on which it goes on.';
comment on column public.campaigns.status_reason is 'What was said of the last move: why it was returned, paused or cancelled.';
comment on column public.campaigns.territories is 'ISO codes of the countries that it runs in; empty: everywhere.';

-- public.companies

create table public.companies (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  brand_id uuid,
  owner_id uuid,
  created_by_id uuid,
  external_id text,
  tags text[] default '{}'::text[] not null,
  custom_fields jsonb default '{}'::jsonb not null,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  name text not null,
  legal_name text,
  industry text,
  website text,
  domains text[] default '{}'::text[] not null,
  logo_url text,
  size public.company_size,
  type public.company_type default 'PROSPECT'::public.company_type not null,
  email text,
  phone text,
  street text,
  city text,
  state text,
  country text,
  postal_code text,
  linkedin_url text,
  x_handle text,
  became_brand_id uuid,
  name_key text collate "C" generated always as (lower(name)) stored not null,
  parent_id uuid,
  merged_into_id uuid
);
alter table public.companies add constraint companies_check CHECK ((parent_id <> id));
alter table public.companies add constraint companies_check1 CHECK (((merged_into_id IS NULL) OR (NOT is_active)));
alter table public.companies add constraint companies_check2 CHECK ((merged_into_id <> id));
alter table public.companies add constraint companies_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.companies add constraint companies_custom_fields_check CHECK ((jsonb_typeof(custom_fields) = 'object'::text));
alter table public.companies add constraint companies_external_id_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 255)));
alter table public.companies add constraint companies_name_check CHECK (((length(name) >= 1) AND (length(name) <= 1000)));
alter table public.companies add constraint companies_organization_id_became_brand_id_fkey FOREIGN KEY (organization_id, became_brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE SET NULL (became_brand_id);
alter table public.companies add constraint companies_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE SET NULL (brand_id);
alter table public.companies add constraint companies_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.companies add constraint companies_organization_id_merged_into_id_fkey FOREIGN KEY (organization_id, merged_into_id) REFERENCES public.companies(organization_id, id) ON DELETE SET NULL (merged_into_id);
alter table public.companies add constraint companies_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (owner_id);
alter table public.companies add constraint companies_organization_id_parent_id_fkey FOREIGN KEY (organization_id, parent_id) REFERENCES public.companies(organization_id, id) ON DELETE SET NULL (parent_id);
alter table public.companies add constraint companies_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX companies_author ON public.companies USING btree (created_by_id);
CREATE INDEX companies_became_brand ON public.companies USING btree (organization_id, became_brand_id);
CREATE INDEX companies_brand ON public.companies USING btree (organization_id, brand_id);
CREATE INDEX companies_created ON public.companies USING btree (organization_id, created_at DESC, id DESC);
CREATE INDEX companies_created_by ON public.companies USING btree (organization_id, created_by_id);
CREATE INDEX companies_merged_into ON public.companies USING btree (organization_id, merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE INDEX companies_name ON public.companies USING btree (organization_id, name_key, id) WHERE is_active;
CREATE INDEX companies_owner ON public.companies USING btree (organization_id, owner_id);
CREATE INDEX companies_parent ON public.companies USING btree (organization_id, parent_id);
CREATE INDEX companies_updated ON public.companies USING btree (organization_id, updated_at DESC, id DESC);
CREATE UNIQUE INDEX companies_external ON public.companies USING btree (organization_id, external_id) WHERE (external_id IS NOT NULL);
alter table public.companies enable row level security;
alter table public.companies force row level security;
create policy tenant on public.companies as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.companies is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.companies as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id))));
comment on policy visible on public.companies is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER index_delete AFTER DELETE ON public.companies REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_companies();
CREATE TRIGGER index_insert AFTER INSERT ON public.companies REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_companies();
CREATE TRIGGER index_update AFTER UPDATE ON public.companies REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_companies();
CREATE TRIGGER keep_keys_of_added AFTER INSERT ON public.companies REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.keep_keys_of_companies();
CREATE TRIGGER keep_keys_of_changed AFTER UPDATE ON public.companies REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.keep_keys_of_companies();
CREATE TRIGGER keep_keys_of_removed AFTER DELETE ON public.companies REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION app.keep_keys_of_companies();
CREATE TRIGGER touch BEFORE UPDATE ON public.companies FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.companies to spokestack_app;
grant insert, select, update on public.companies to spokestack_jobs;
comment on column public.companies.merged_into_id is 'The record that this one became a part of: its address leads there.';
comment on column public.companies.name_key is 'The name in lower case, for order, pages and prefixes: lower() is not leakproof, so under a policy an index on it finds no place to begin.';

-- public.contact_companies

create table public.contact_companies (
  organization_id uuid not null,
  contact_id uuid not null,
  company_id uuid not null,
  title text,
  created_at timestamp with time zone default now() not null
);
alter table public.contact_companies add constraint contact_companies_organization_id_company_id_fkey FOREIGN KEY (organization_id, company_id) REFERENCES public.companies(organization_id, id) ON DELETE CASCADE;
alter table public.contact_companies add constraint contact_companies_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;
alter table public.contact_companies add constraint contact_companies_pkey PRIMARY KEY (organization_id, contact_id, company_id);
CREATE INDEX contact_companies_company ON public.contact_companies USING btree (organization_id, company_id);
alter table public.contact_companies enable row level security;
alter table public.contact_companies force row level security;
create policy tenant on public.contact_companies as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.contact_companies is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.contact_companies as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = contact_companies.organization_id) AND (r.id = contact_companies.contact_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = contact_companies.organization_id) AND (r.id = contact_companies.contact_id))
 OFFSET 0))));
comment on policy visible on public.contact_companies is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select, update on public.contact_companies to spokestack_app;
grant delete, insert, select, update on public.contact_companies to spokestack_jobs;
comment on table public.contact_companies is 'Where else a person works: the companies beside contacts.company_id, each with the title there.';

-- public.contacts

create table public.contacts (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  brand_id uuid,
  owner_id uuid,
  created_by_id uuid,
  external_id text,
  tags text[] default '{}'::text[] not null,
  custom_fields jsonb default '{}'::jsonb not null,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  company_id uuid,
  first_name text not null,
  last_name text not null,
  name text generated always as (((first_name || ' '::text) || last_name)) stored not null,
  name_key text collate "C" generated always as (lower(((first_name || ' '::text) || last_name))) stored not null,
  emails text[] default '{}'::text[] not null,
  phones text[] default '{}'::text[] not null,
  mobile text,
  avatar_url text,
  title text,
  department text,
  type public.contact_type default 'LEAD'::public.contact_type not null,
  status public.contact_status default 'ACTIVE'::public.contact_status not null,
  source text,
  linkedin_url text,
  x_handle text,
  last_contacted_at timestamp with time zone,
  merged_into_id uuid
);
alter table public.contacts add constraint contacts_check CHECK (((merged_into_id IS NULL) OR (NOT is_active)));
alter table public.contacts add constraint contacts_check1 CHECK ((merged_into_id <> id));
alter table public.contacts add constraint contacts_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.contacts add constraint contacts_custom_fields_check CHECK ((jsonb_typeof(custom_fields) = 'object'::text));
alter table public.contacts add constraint contacts_external_id_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 255)));
alter table public.contacts add constraint contacts_first_name_check CHECK (((length(first_name) >= 1) AND (length(first_name) <= 1000)));
alter table public.contacts add constraint contacts_last_name_check CHECK (((length(last_name) >= 1) AND (length(last_name) <= 1000)));
alter table public.contacts add constraint contacts_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE SET NULL (brand_id);
alter table public.contacts add constraint contacts_organization_id_company_id_fkey FOREIGN KEY (organization_id, company_id) REFERENCES public.companies(organization_id, id) ON DELETE SET NULL (company_id);
alter table public.contacts add constraint contacts_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.contacts add constraint contacts_organization_id_merged_into_id_fkey FOREIGN KEY (organization_id, merged_into_id) REFERENCES public.contacts(organization_id, id) ON DELETE SET NULL (merged_into_id);
alter table public.contacts add constraint contacts_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (owner_id);
alter table public.contacts add constraint contacts_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX contacts_author ON public.contacts USING btree (created_by_id);
CREATE INDEX contacts_brand ON public.contacts USING btree (organization_id, brand_id);
CREATE INDEX contacts_company ON public.contacts USING btree (organization_id, company_id);
CREATE INDEX contacts_created ON public.contacts USING btree (organization_id, created_at DESC, id DESC);
CREATE INDEX contacts_created_by ON public.contacts USING btree (organization_id, created_by_id);
CREATE INDEX contacts_merged_into ON public.contacts USING btree (organization_id, merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE INDEX contacts_name ON public.contacts USING btree (organization_id, name_key, id) WHERE is_active;
CREATE INDEX contacts_owner ON public.contacts USING btree (organization_id, owner_id);
CREATE INDEX contacts_updated ON public.contacts USING btree (organization_id, updated_at DESC, id DESC);
CREATE UNIQUE INDEX contacts_external ON public.contacts USING btree (organization_id, external_id) WHERE (external_id IS NOT NULL);
alter table public.contacts enable row level security;
alter table public.contacts force row level security;
create policy tenant on public.contacts as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.contacts is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.contacts as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id))));
comment on policy visible on public.contacts is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER archive_creator AFTER UPDATE OF is_active ON public.contacts FOR EACH ROW WHEN ((old.is_active IS DISTINCT FROM new.is_active)) EXECUTE FUNCTION app.archive_creator();
CREATE TRIGGER index_delete AFTER DELETE ON public.contacts REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_contacts();
CREATE TRIGGER index_insert AFTER INSERT ON public.contacts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_contacts();
CREATE TRIGGER index_update AFTER UPDATE ON public.contacts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_contacts();
CREATE TRIGGER keep_keys_of_added AFTER INSERT ON public.contacts REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.keep_keys_of_contacts();
CREATE TRIGGER keep_keys_of_changed AFTER UPDATE ON public.contacts REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.keep_keys_of_contacts();
CREATE TRIGGER keep_keys_of_removed AFTER DELETE ON public.contacts REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION app.keep_keys_of_contacts();
CREATE TRIGGER rename_creator AFTER UPDATE OF first_name, last_name ON public.contacts FOR EACH ROW EXECUTE FUNCTION app.rename_creator();
CREATE TRIGGER touch BEFORE UPDATE ON public.contacts FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.contacts to spokestack_app;
grant insert, select, update on public.contacts to spokestack_jobs;
comment on column public.contacts.merged_into_id is 'The record that this one became a part of: its address leads there.';
comment on column public.contacts.name_key is 'The name in lower case, for order, pages and prefixes: lower() is not leakproof, so under a policy an index on it finds no place to begin.';

-- public.contract_files

create table public.contract_files (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  creator_contract_id uuid not null,
  file_name text not null,
  storage_key text not null,
  content_type text,
  bytes bigint,
  sha256 text,
  stored_at timestamp with time zone,
  created_by_id uuid,
  created_at timestamp with time zone default now() not null
);
alter table public.contract_files add constraint contract_files_bytes_check CHECK ((bytes > 0));
alter table public.contract_files add constraint contract_files_check CHECK (((stored_at IS NULL) = (content_type IS NULL)));
alter table public.contract_files add constraint contract_files_check1 CHECK (((stored_at IS NULL) = (bytes IS NULL)));
alter table public.contract_files add constraint contract_files_check2 CHECK (((stored_at IS NULL) = (sha256 IS NULL)));
alter table public.contract_files add constraint contract_files_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.contract_files add constraint contract_files_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 255)));
alter table public.contract_files add constraint contract_files_organization_id_creator_contract_id_fkey FOREIGN KEY (organization_id, creator_contract_id) REFERENCES public.creator_contracts(organization_id, id) ON DELETE CASCADE;
alter table public.contract_files add constraint contract_files_pkey PRIMARY KEY (organization_id, id);
alter table public.contract_files add constraint contract_files_sha256_check CHECK ((length(sha256) = 64));
alter table public.contract_files add constraint contract_files_storage_key_check CHECK (((length(storage_key) >= 1) AND (length(storage_key) <= 255)));
CREATE INDEX contract_files_author ON public.contract_files USING btree (created_by_id);
CREATE INDEX contract_files_coming ON public.contract_files USING btree (created_at) WHERE (stored_at IS NULL);
CREATE INDEX contract_files_contract ON public.contract_files USING btree (organization_id, creator_contract_id);
alter table public.contract_files enable row level security;
alter table public.contract_files force row level security;
create policy tenant on public.contract_files as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.contract_files is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.contract_files as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creator_contracts r
  WHERE ((r.organization_id = contract_files.organization_id) AND (r.id = contract_files.creator_contract_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creator_contracts r
  WHERE ((r.organization_id = contract_files.organization_id) AND (r.id = contract_files.creator_contract_id))
 OFFSET 0))));
comment on policy visible on public.contract_files is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER remember_removed AFTER DELETE ON public.contract_files FOR EACH ROW EXECUTE FUNCTION app.remember_removed_file();
grant delete, insert, select on public.contract_files to spokestack_app;
grant delete, insert, select on public.contract_files to spokestack_jobs;
grant update on public.contract_files (bytes) to spokestack_app;
grant update on public.contract_files (content_type) to spokestack_app;
grant update on public.contract_files (sha256) to spokestack_app;
grant update on public.contract_files (stored_at) to spokestack_app;
comment on table public.contract_files is 'The signed file of a contract: one that is stored, and those whose bytes still come in. Its row is there before its bytes.';

-- public.creator_audiences

create table public.creator_audiences (
  organization_id uuid not null,
  creator_platform_id uuid not null,
  kind public.audience_kind default 'FOLLOWERS'::public.audience_kind not null,
  date date not null,
  followers bigint,
  countries jsonb default '[]'::jsonb not null,
  cities jsonb default '[]'::jsonb not null,
  gender_ages jsonb default '[]'::jsonb not null,
  source public.creator_figure_source not null,
  fetched_at timestamp with time zone not null
);
alter table public.creator_audiences add constraint creator_audiences_cities_check CHECK ((jsonb_typeof(cities) = 'array'::text));
alter table public.creator_audiences add constraint creator_audiences_countries_check CHECK ((jsonb_typeof(countries) = 'array'::text));
alter table public.creator_audiences add constraint creator_audiences_followers_check CHECK ((followers >= 0));
alter table public.creator_audiences add constraint creator_audiences_gender_ages_check CHECK ((jsonb_typeof(gender_ages) = 'array'::text));
alter table public.creator_audiences add constraint creator_audiences_organization_id_creator_platform_id_fkey FOREIGN KEY (organization_id, creator_platform_id) REFERENCES public.creator_platforms(organization_id, id) ON DELETE CASCADE;
alter table public.creator_audiences add constraint creator_audiences_pkey PRIMARY KEY (organization_id, creator_platform_id, kind, date);
alter table public.creator_audiences enable row level security;
alter table public.creator_audiences force row level security;
create policy tenant on public.creator_audiences as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.creator_audiences is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.creator_audiences as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creator_platforms r
  WHERE ((r.organization_id = creator_audiences.organization_id) AND (r.id = creator_audiences.creator_platform_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creator_platforms r
  WHERE ((r.organization_id = creator_audiences.organization_id) AND (r.id = creator_audiences.creator_platform_id))
 OFFSET 0))));
comment on policy visible on public.creator_audiences is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER note_audience_countries AFTER INSERT OR UPDATE ON public.creator_audiences FOR EACH ROW EXECUTE FUNCTION app.note_audience_countries();
grant insert, select, update on public.creator_audiences to spokestack_app;
grant insert, select, update on public.creator_audiences to spokestack_jobs;
comment on table public.creator_audiences is 'Who follows an account, as its network estimated it on a day: percents 0 to 100 as strings, [{code,percent}], [{name,percent}], [{gender,ageRange,percent}]. Not normalised: sums differ from 100. followers: the base at that time.';

-- public.creator_blocks

create table public.creator_blocks (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  creator_id uuid not null,
  brand_id uuid,
  reason text not null,
  created_by_id uuid,
  created_at timestamp with time zone default now() not null
);
alter table public.creator_blocks add constraint creator_blocks_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.creator_blocks add constraint creator_blocks_organization_id_brand_id_creator_id_key UNIQUE NULLS NOT DISTINCT (organization_id, brand_id, creator_id);
alter table public.creator_blocks add constraint creator_blocks_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE CASCADE;
alter table public.creator_blocks add constraint creator_blocks_organization_id_creator_id_fkey FOREIGN KEY (organization_id, creator_id) REFERENCES public.creators(organization_id, id) ON DELETE CASCADE;
alter table public.creator_blocks add constraint creator_blocks_pkey PRIMARY KEY (organization_id, id);
alter table public.creator_blocks add constraint creator_blocks_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000)));
CREATE INDEX creator_blocks_author ON public.creator_blocks USING btree (created_by_id);
CREATE INDEX creator_blocks_creator ON public.creator_blocks USING btree (organization_id, creator_id);
alter table public.creator_blocks enable row level security;
alter table public.creator_blocks force row level security;
create policy tenant on public.creator_blocks as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.creator_blocks is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.creator_blocks as restrictive for all to spokestack_app, spokestack_jobs
  using (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (((brand_id IS NULL) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[]))) AND (EXISTS ( SELECT
   FROM public.creators r
  WHERE ((r.organization_id = creator_blocks.organization_id) AND (r.id = creator_blocks.creator_id))
 OFFSET 0))))))
  with check (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (((brand_id IS NULL) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[]))) AND (EXISTS ( SELECT
   FROM public.creators r
  WHERE ((r.organization_id = creator_blocks.organization_id) AND (r.id = creator_blocks.creator_id))
 OFFSET 0))))));
comment on policy visible on public.creator_blocks is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select on public.creator_blocks to spokestack_app;
grant delete, insert, select on public.creator_blocks to spokestack_jobs;
comment on table public.creator_blocks is 'Who must not work for a brand, or (brand NULL) for any of the agency''s, and why. The agency''s own: a client''s login does not read it.';

-- public.creator_connect_links

create table public.creator_connect_links (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  creator_id uuid not null,
  platform public.social_platform,
  token_hash text not null,
  created_by_id uuid,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  opened_at timestamp with time zone,
  used_at timestamp with time zone,
  withdrawn_at timestamp with time zone
);
alter table public.creator_connect_links add constraint creator_connect_links_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.creator_connect_links add constraint creator_connect_links_organization_id_creator_id_fkey FOREIGN KEY (organization_id, creator_id) REFERENCES public.creators(organization_id, id) ON DELETE CASCADE;
alter table public.creator_connect_links add constraint creator_connect_links_pkey PRIMARY KEY (organization_id, id);
alter table public.creator_connect_links add constraint creator_connect_links_token_hash_check CHECK ((length(token_hash) = 64));
CREATE INDEX creator_connect_links_author ON public.creator_connect_links USING btree (created_by_id);
CREATE INDEX creator_connect_links_creator ON public.creator_connect_links USING btree (organization_id, creator_id);
CREATE INDEX creator_connect_links_token ON public.creator_connect_links USING btree (token_hash);
alter table public.creator_connect_links enable row level security;
alter table public.creator_connect_links force row level security;
create policy tenant on public.creator_connect_links as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.creator_connect_links is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.creator_connect_links as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creators r
  WHERE ((r.organization_id = creator_connect_links.organization_id) AND (r.id = creator_connect_links.creator_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creators r
  WHERE ((r.organization_id = creator_connect_links.organization_id) AND (r.id = creator_connect_links.creator_id))
 OFFSET 0))));
comment on policy visible on public.creator_connect_links is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant insert, select, update on public.creator_connect_links to spokestack_app;
grant insert, select, update on public.creator_connect_links to spokestack_jobs;
comment on table public.creator_connect_links is 'Links that a creator opens without an account, so as to connect their profiles; found by the hash of their token alone.';

-- public.creator_content_media

create table public.creator_content_media (
  organization_id uuid not null,
  creator_content_id uuid not null,
  source_url text,
  attempts integer default 0 not null,
  error text,
  next_attempt_at timestamp with time zone,
  lost_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.creator_content_media add constraint creator_content_media_check CHECK (((lost_at IS NULL) OR (next_attempt_at IS NULL)));
alter table public.creator_content_media add constraint creator_content_media_organization_id_creator_content_id_fkey FOREIGN KEY (organization_id, creator_content_id) REFERENCES public.creator_contents(organization_id, id) ON DELETE CASCADE;
alter table public.creator_content_media add constraint creator_content_media_pkey PRIMARY KEY (organization_id, creator_content_id);
alter table public.creator_content_media enable row level security;
alter table public.creator_content_media force row level security;
create policy tenant on public.creator_content_media as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.creator_content_media is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.creator_content_media as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creator_contents r
  WHERE ((r.organization_id = creator_content_media.organization_id) AND (r.id = creator_content_media.creator_content_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creator_contents r
  WHERE ((r.organization_id = creator_content_media.organization_id) AND (r.id = creator_content_media.creator_content_id))
 OFFSET 0))));
comment on policy visible on public.creator_content_media is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant insert, select, update on public.creator_content_media to spokestack_app;
grant insert, select, update on public.creator_content_media to spokestack_jobs;
comment on table public.creator_content_media is 'The copying of a story before it goes: where from, what went wrong, when it is tried next.';
comment on column public.creator_content_media.source_url is 'Signed by the network and soon dead; forgotten once the copy is made or lost.';

-- public.creator_content_snapshots

create table public.creator_content_snapshots (
  organization_id uuid not null,
  creator_content_id uuid not null,
  day integer not null,
  views bigint,
  likes bigint,
  comments bigint,
  shares bigint,
  saves bigint,
  reach bigint,
  impressions bigint,
  source public.creator_figure_source not null,
  taken_at timestamp with time zone not null
);
alter table public.creator_content_snapshots add constraint creator_content_snapshots_comments_check CHECK ((comments >= 0));
alter table public.creator_content_snapshots add constraint creator_content_snapshots_day_check CHECK ((day >= 0));
alter table public.creator_content_snapshots add constraint creator_content_snapshots_impressions_check CHECK ((impressions >= 0));
alter table public.creator_content_snapshots add constraint creator_content_snapshots_likes_check CHECK ((likes >= 0));
alter table public.creator_content_snapshots add constraint creator_content_snapshots_organization_id_creator_content__fkey FOREIGN KEY (organization_id, creator_content_id) REFERENCES public.creator_contents(organization_id, id) ON DELETE CASCADE;
alter table public.creator_content_snapshots add constraint creator_content_snapshots_pkey PRIMARY KEY (organization_id, creator_content_id, day);
alter table public.creator_content_snapshots add constraint creator_content_snapshots_reach_check CHECK ((reach >= 0));
alter table public.creator_content_snapshots add constraint creator_content_snapshots_saves_check CHECK ((saves >= 0));
alter table public.creator_content_snapshots add constraint creator_content_snapshots_shares_check CHECK ((shares >= 0));
alter table public.creator_content_snapshots add constraint creator_content_snapshots_views_check CHECK ((views >= 0));
alter table public.creator_content_snapshots enable row level security;
alter table public.creator_content_snapshots force row level security;
create policy tenant on public.creator_content_snapshots as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.creator_content_snapshots is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.creator_content_snapshots as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creator_contents r
  WHERE ((r.organization_id = creator_content_snapshots.organization_id) AND (r.id = creator_content_snapshots.creator_content_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creator_contents r
  WHERE ((r.organization_id = creator_content_snapshots.organization_id) AND (r.id = creator_content_snapshots.creator_content_id))
 OFFSET 0))));
comment on policy visible on public.creator_content_snapshots is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select, update on public.creator_content_snapshots to spokestack_app;
grant delete, insert, select, update on public.creator_content_snapshots to spokestack_jobs;
comment on table public.creator_content_snapshots is 'A piece’s figures so many whole days after it was published: the last fetch within that day. Days 1, 7 and 30 are kept for ever.';

-- public.creator_contents

create table public.creator_contents (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  creator_id uuid not null,
  creator_platform_id uuid not null,
  platform public.social_platform not null,
  native_id text,
  phyllo_content_id uuid,
  type public.content_type not null,
  url text,
  url_key text collate "C",
  title text,
  caption text,
  hashtags text[] default '{}'::text[] not null,
  mentions text[] default '{}'::text[] not null,
  links text[] default '{}'::text[] not null,
  is_labelled_sponsored boolean,
  duration_seconds integer,
  thumbnail_url text,
  media_key text,
  media_content_type text,
  published_at timestamp with time zone,
  expires_at timestamp with time zone,
  views bigint,
  likes bigint,
  comments bigint,
  shares bigint,
  saves bigint,
  reach bigint,
  impressions bigint,
  engagement_rate numeric(18,8) generated always as (
CASE
    WHEN (views > 0) THEN round((((likes + comments))::numeric / (views)::numeric), 8)
    ELSE NULL::numeric
END) stored,
  source public.creator_figure_source not null,
  fetched_at timestamp with time zone,
  provider_updated_at timestamp with time zone,
  missing_since timestamp with time zone,
  created_by_id uuid,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  disclosures text[] default '{}'::text[] not null
);
alter table public.creator_contents add constraint creator_contents_comments_check CHECK ((comments >= 0));
alter table public.creator_contents add constraint creator_contents_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.creator_contents add constraint creator_contents_impressions_check CHECK ((impressions >= 0));
alter table public.creator_contents add constraint creator_contents_likes_check CHECK ((likes >= 0));
alter table public.creator_contents add constraint creator_contents_native_id_check CHECK (((length(native_id) >= 1) AND (length(native_id) <= 255)));
alter table public.creator_contents add constraint creator_contents_organization_id_creator_id_fkey FOREIGN KEY (organization_id, creator_id) REFERENCES public.creators(organization_id, id) ON DELETE CASCADE;
alter table public.creator_contents add constraint creator_contents_organization_id_creator_platform_id_fkey FOREIGN KEY (organization_id, creator_platform_id) REFERENCES public.creator_platforms(organization_id, id) ON DELETE CASCADE;
alter table public.creator_contents add constraint creator_contents_pkey PRIMARY KEY (organization_id, id);
alter table public.creator_contents add constraint creator_contents_reach_check CHECK ((reach >= 0));
alter table public.creator_contents add constraint creator_contents_saves_check CHECK ((saves >= 0));
alter table public.creator_contents add constraint creator_contents_shares_check CHECK ((shares >= 0));
alter table public.creator_contents add constraint creator_contents_views_check CHECK ((views >= 0));
CREATE INDEX creator_contents_author ON public.creator_contents USING btree (created_by_id);
CREATE INDEX creator_contents_creator ON public.creator_contents USING btree (organization_id, creator_id, published_at DESC, id DESC);
CREATE INDEX creator_contents_hashtags ON public.creator_contents USING gin (hashtags);
CREATE INDEX creator_contents_newest ON public.creator_contents USING btree (organization_id, COALESCE(published_at, '-infinity'::timestamp with time zone), id) WHERE is_active;
CREATE INDEX creator_contents_platform ON public.creator_contents USING btree (organization_id, creator_platform_id, published_at DESC, id DESC);
CREATE INDEX creator_contents_published ON public.creator_contents USING btree (organization_id, published_at DESC, id DESC);
CREATE INDEX creator_contents_text ON public.creator_contents USING gin (app.fold("left"(((COALESCE(title, ''::text) || ' '::text) || COALESCE(caption, ''::text)), 3000)) public.gin_trgm_ops);
CREATE INDEX creator_contents_views ON public.creator_contents USING btree (organization_id, COALESCE(views, ('-1'::integer)::bigint), id) WHERE is_active;
CREATE UNIQUE INDEX creator_contents_native ON public.creator_contents USING btree (organization_id, creator_platform_id, native_id) WHERE (native_id IS NOT NULL);
CREATE UNIQUE INDEX creator_contents_url ON public.creator_contents USING btree (organization_id, url_key) WHERE (url_key IS NOT NULL);
alter table public.creator_contents enable row level security;
alter table public.creator_contents force row level security;
create policy tenant on public.creator_contents as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.creator_contents is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.creator_contents as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creators r
  WHERE ((r.organization_id = creator_contents.organization_id) AND (r.id = creator_contents.creator_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creators r
  WHERE ((r.organization_id = creator_contents.organization_id) AND (r.id = creator_contents.creator_id))
 OFFSET 0))));
comment on policy visible on public.creator_contents is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER remember_deleted_media AFTER DELETE ON public.creator_contents FOR EACH ROW WHEN ((old.media_key IS NOT NULL)) EXECUTE FUNCTION app.remember_content_media();
CREATE TRIGGER remember_replaced_media AFTER UPDATE OF media_key ON public.creator_contents FOR EACH ROW WHEN (((old.media_key IS NOT NULL) AND (new.media_key IS DISTINCT FROM old.media_key))) EXECUTE FUNCTION app.remember_content_media();
CREATE TRIGGER touch BEFORE UPDATE ON public.creator_contents FOR EACH ROW WHEN ((((((new.type IS DISTINCT FROM old.type) OR (new.url IS DISTINCT FROM old.url)) OR (new.title IS DISTINCT FROM old.title)) OR (new.is_active IS DISTINCT FROM old.is_active)) OR ((new.source <> 'PHYLLO'::public.creator_figure_source) AND (((((((((new.caption IS DISTINCT FROM old.caption) OR (new.published_at IS DISTINCT FROM old.published_at)) OR (new.views IS DISTINCT FROM old.views)) OR (new.likes IS DISTINCT FROM old.likes)) OR (new.comments IS DISTINCT FROM old.comments)) OR (new.shares IS DISTINCT FROM old.shares)) OR (new.saves IS DISTINCT FROM old.saves)) OR (new.reach IS DISTINCT FROM old.reach)) OR (new.impressions IS DISTINCT FROM old.impressions))))) EXECUTE FUNCTION app.touch();
grant insert, select, update on public.creator_contents to spokestack_app;
grant insert, select, update on public.creator_contents to spokestack_jobs;
comment on column public.creator_contents.disclosures is 'What in its text discloses an advertisement, by our words and the agency''s own: found at ingest, and anew when those words change.';
comment on column public.creator_contents.engagement_rate is '(likes + comments) / views of this piece: computed here and nowhere else.';
comment on column public.creator_contents.hashtags is 'Without #, in lower case; mentions without @. What the network told and what the caption says.';
comment on column public.creator_contents.is_labelled_sponsored is 'The network’s paid-partnership label; NULL where the network does not tell.';
comment on column public.creator_contents.media_key is 'A copy in the file store: of a story, before it goes.';
comment on column public.creator_contents.missing_since is 'Since when a refresh no longer finds it: deleted or hidden at the network.';
comment on column public.creator_contents.provider_updated_at is 'What the network said last: an older answer does not overwrite a newer one.';
comment on column public.creator_contents.thumbnail_url is 'The lasting one. What networks sign expires and is never kept.';
comment on column public.creator_contents.url_key is 'The address without scheme, www, query and trailing slash, in lower case but for the path: one post is one row.';

-- public.creator_contract_notices

create table public.creator_contract_notices (
  organization_id uuid not null,
  creator_contract_id uuid not null,
  key text collate "C" not null,
  told_at timestamp with time zone default now() not null
);
alter table public.creator_contract_notices add constraint creator_contract_notices_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)));
alter table public.creator_contract_notices add constraint creator_contract_notices_organization_id_creator_contract__fkey FOREIGN KEY (organization_id, creator_contract_id) REFERENCES public.creator_contracts(organization_id, id) ON DELETE CASCADE;
alter table public.creator_contract_notices add constraint creator_contract_notices_pkey PRIMARY KEY (organization_id, creator_contract_id, key);
alter table public.creator_contract_notices enable row level security;
alter table public.creator_contract_notices force row level security;
create policy tenant on public.creator_contract_notices as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.creator_contract_notices is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.creator_contract_notices as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creator_contracts r
  WHERE ((r.organization_id = creator_contract_notices.organization_id) AND (r.id = creator_contract_notices.creator_contract_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creator_contracts r
  WHERE ((r.organization_id = creator_contract_notices.organization_id) AND (r.id = creator_contract_notices.creator_contract_id))
 OFFSET 0))));
comment on policy visible on public.creator_contract_notices is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant insert, select on public.creator_contract_notices to spokestack_app;
grant insert, select on public.creator_contract_notices to spokestack_jobs;
comment on table public.creator_contract_notices is 'What the people of a contract were told of: an end that comes near, a conflict. Written together with the telling, so that each is told once.';

-- public.creator_contract_usage_rights

create table public.creator_contract_usage_rights (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  creator_contract_id uuid not null,
  channel public.usage_channel not null,
  ad_permission public.ad_permission,
  territories text[] default '{}'::text[] not null,
  starts_on date,
  ends_on date,
  note text,
  "position" integer default 0 not null,
  created_at timestamp with time zone default now() not null
);
alter table public.creator_contract_usage_rights add constraint creator_contract_usage_rights_check CHECK (((ends_on IS NULL) OR (starts_on IS NULL) OR (ends_on >= starts_on)));
alter table public.creator_contract_usage_rights add constraint creator_contract_usage_rights_check1 CHECK (((ad_permission IS NULL) OR (channel = 'PAID_SOCIAL'::public.usage_channel)));
alter table public.creator_contract_usage_rights add constraint creator_contract_usage_rights_organization_id_creator_cont_fkey FOREIGN KEY (organization_id, creator_contract_id) REFERENCES public.creator_contracts(organization_id, id) ON DELETE CASCADE;
alter table public.creator_contract_usage_rights add constraint creator_contract_usage_rights_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX creator_contract_usage_rights_contract ON public.creator_contract_usage_rights USING btree (organization_id, creator_contract_id);
alter table public.creator_contract_usage_rights enable row level security;
alter table public.creator_contract_usage_rights force row level security;
create policy tenant on public.creator_contract_usage_rights as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.creator_contract_usage_rights is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.creator_contract_usage_rights as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creator_contracts r
  WHERE ((r.organization_id = creator_contract_usage_rights.organization_id) AND (r.id = creator_contract_usage_rights.creator_contract_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creator_contracts r
  WHERE ((r.organization_id = creator_contract_usage_rights.organization_id) AND (r.id = creator_contract_usage_rights.creator_contract_id))
 OFFSET 0))));
comment on policy visible on public.creator_contract_usage_rights is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select on public.creator_contract_usage_rights to spokestack_app;
grant delete, insert, select on public.creator_contract_usage_rights to spokestack_jobs;
comment on table public.creator_contract_usage_rights is 'Where a contract lets the brand use the content. ad_permission: Meta’s partnership ads, allowlisting and TikTok’s Spark codes are three different permissions.';

-- public.creator_contracts

create table public.creator_contracts (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  brand_id uuid,
  owner_id uuid,
  created_by_id uuid,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  creator_id uuid not null,
  campaign_id uuid,
  title text not null,
  status public.contract_status default 'DRAFT'::public.contract_status not null,
  fee_amount numeric(18,4),
  fee_currency character(3),
  commission_percent numeric(5,2),
  starts_on date,
  ends_on date,
  signed_on date,
  terminated_on date,
  exclusivity public.exclusivity_type default 'NONE'::public.exclusivity_type not null,
  exclusivity_categories text[] default '{}'::text[] not null,
  exclusivity_competitors text[] default '{}'::text[] not null,
  exclusivity_platforms public.social_platform[] default '{}'::public.social_platform[] not null,
  exclusivity_territories text[] default '{}'::text[] not null,
  exclusivity_starts_on date,
  exclusivity_ends_on date,
  note text
);
alter table public.creator_contracts add constraint creator_contracts_check CHECK (((fee_amount IS NULL) OR (fee_currency IS NOT NULL)));
alter table public.creator_contracts add constraint creator_contracts_check1 CHECK (((ends_on IS NULL) OR (starts_on IS NULL) OR (ends_on >= starts_on)));
alter table public.creator_contracts add constraint creator_contracts_check2 CHECK (((exclusivity_ends_on IS NULL) OR (exclusivity_starts_on IS NULL) OR (exclusivity_ends_on >= exclusivity_starts_on)));
alter table public.creator_contracts add constraint creator_contracts_commission_percent_check CHECK (((commission_percent >= (0)::numeric) AND (commission_percent <= (100)::numeric)));
alter table public.creator_contracts add constraint creator_contracts_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.creator_contracts add constraint creator_contracts_fee_amount_check CHECK ((fee_amount >= (0)::numeric));
alter table public.creator_contracts add constraint creator_contracts_fee_currency_check CHECK ((fee_currency ~ '^[A-Z]{3}$'::text));
alter table public.creator_contracts add constraint creator_contracts_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE SET NULL (brand_id);
alter table public.creator_contracts add constraint creator_contracts_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE SET NULL (campaign_id);
alter table public.creator_contracts add constraint creator_contracts_organization_id_creator_id_fkey FOREIGN KEY (organization_id, creator_id) REFERENCES public.creators(organization_id, id) ON DELETE CASCADE;
alter table public.creator_contracts add constraint creator_contracts_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.creator_contracts add constraint creator_contracts_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (owner_id);
alter table public.creator_contracts add constraint creator_contracts_pkey PRIMARY KEY (organization_id, id);
alter table public.creator_contracts add constraint creator_contracts_title_check CHECK (((length(title) >= 1) AND (length(title) <= 1000)));
CREATE INDEX creator_contracts_author ON public.creator_contracts USING btree (created_by_id);
CREATE INDEX creator_contracts_brand_id ON public.creator_contracts USING btree (organization_id, brand_id);
CREATE INDEX creator_contracts_campaign_id ON public.creator_contracts USING btree (organization_id, campaign_id);
CREATE INDEX creator_contracts_creator_id ON public.creator_contracts USING btree (organization_id, creator_id);
CREATE INDEX creator_contracts_ends ON public.creator_contracts USING btree (organization_id, ends_on, id) WHERE is_active;
CREATE INDEX creator_contracts_owner_id ON public.creator_contracts USING btree (organization_id, owner_id);
alter table public.creator_contracts enable row level security;
alter table public.creator_contracts force row level security;
create policy tenant on public.creator_contracts as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.creator_contracts is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.creator_contracts as restrictive for all to spokestack_app, spokestack_jobs
  using (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id)))))
  with check (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id)))));
comment on policy visible on public.creator_contracts is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.creator_contracts FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.creator_contracts to spokestack_app;
grant insert, select, update on public.creator_contracts to spokestack_jobs;
comment on table public.creator_contracts is 'What a creator agreed with the agency for a brand (NULL: for all). Exclusivity binds while SIGNED, within its own window, else the contract’s. Territories empty: everywhere.';

-- public.creator_platform_snapshots

create table public.creator_platform_snapshots (
  organization_id uuid not null,
  creator_platform_id uuid not null,
  date date not null,
  followers bigint,
  following bigint,
  posts bigint,
  likes bigint,
  mean_views numeric(18,2),
  mean_likes numeric(18,2),
  mean_comments numeric(18,2),
  measured_posts integer,
  engagement_rate numeric(12,8) generated always as (
CASE
    WHEN (followers > 0) THEN round(((mean_likes + mean_comments) / (followers)::numeric), 8)
    ELSE NULL::numeric
END) stored,
  source public.creator_figure_source not null,
  fetched_at timestamp with time zone not null
);
alter table public.creator_platform_snapshots add constraint creator_platform_snapshots_followers_check CHECK ((followers >= 0));
alter table public.creator_platform_snapshots add constraint creator_platform_snapshots_following_check CHECK ((following >= 0));
alter table public.creator_platform_snapshots add constraint creator_platform_snapshots_likes_check CHECK ((likes >= 0));
alter table public.creator_platform_snapshots add constraint creator_platform_snapshots_mean_comments_check CHECK ((mean_comments >= (0)::numeric));
alter table public.creator_platform_snapshots add constraint creator_platform_snapshots_mean_likes_check CHECK ((mean_likes >= (0)::numeric));
alter table public.creator_platform_snapshots add constraint creator_platform_snapshots_mean_views_check CHECK ((mean_views >= (0)::numeric));
alter table public.creator_platform_snapshots add constraint creator_platform_snapshots_measured_posts_check CHECK ((measured_posts >= 0));
alter table public.creator_platform_snapshots add constraint creator_platform_snapshots_organization_id_creator_platfor_fkey FOREIGN KEY (organization_id, creator_platform_id) REFERENCES public.creator_platforms(organization_id, id) ON DELETE CASCADE;
alter table public.creator_platform_snapshots add constraint creator_platform_snapshots_pkey PRIMARY KEY (organization_id, creator_platform_id, date);
alter table public.creator_platform_snapshots add constraint creator_platform_snapshots_posts_check CHECK ((posts >= 0));
alter table public.creator_platform_snapshots enable row level security;
alter table public.creator_platform_snapshots force row level security;
create policy tenant on public.creator_platform_snapshots as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.creator_platform_snapshots is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.creator_platform_snapshots as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creator_platforms r
  WHERE ((r.organization_id = creator_platform_snapshots.organization_id) AND (r.id = creator_platform_snapshots.creator_platform_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creator_platforms r
  WHERE ((r.organization_id = creator_platform_snapshots.organization_id) AND (r.id = creator_platform_snapshots.creator_platform_id))
 OFFSET 0))));
comment on policy visible on public.creator_platform_snapshots is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant insert, select, update on public.creator_platform_snapshots to spokestack_app;
grant insert, select, update on public.creator_platform_snapshots to spokestack_jobs;
comment on table public.creator_platform_snapshots is 'An account''s figures as last known on a day (UTC). A day without a fetch has no row.';

-- public.creator_platforms

create table public.creator_platforms (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  creator_id uuid not null,
  platform public.social_platform not null,
  handle text not null,
  handle_key text collate "C" generated always as (lower(handle)) stored not null,
  native_id text,
  profile_url text,
  image_url text,
  is_verified boolean,
  followers bigint,
  following bigint,
  posts bigint,
  likes bigint,
  mean_views numeric(18,2),
  mean_likes numeric(18,2),
  mean_comments numeric(18,2),
  measured_posts integer,
  engagement_rate numeric(12,8) generated always as (
CASE
    WHEN (followers > 0) THEN round(((mean_likes + mean_comments) / (followers)::numeric), 8)
    ELSE NULL::numeric
END) stored,
  stated_engagement_rate numeric(12,8),
  stated_engagement_basis public.engagement_basis,
  source public.creator_figure_source default 'MANUAL'::public.creator_figure_source not null,
  figures_at timestamp with time zone,
  connection_state public.creator_connection_state default 'NEVER'::public.creator_connection_state not null,
  phyllo_account_id uuid,
  connected_at timestamp with time zone,
  expires_at timestamp with time zone,
  last_synced_at timestamp with time zone,
  contents_synced_at timestamp with time zone,
  audience_synced_at timestamp with time zone,
  sync_error text,
  network_data jsonb default '{}'::jsonb not null,
  created_by_id uuid,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  connecting_until timestamp with time zone,
  phyllo_user_id uuid
);
alter table public.creator_platforms add constraint creator_platforms_check CHECK (((stated_engagement_rate IS NULL) = (stated_engagement_basis IS NULL)));
alter table public.creator_platforms add constraint creator_platforms_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.creator_platforms add constraint creator_platforms_followers_check CHECK ((followers >= 0));
alter table public.creator_platforms add constraint creator_platforms_following_check CHECK ((following >= 0));
alter table public.creator_platforms add constraint creator_platforms_handle_check CHECK (((length(handle) >= 1) AND (length(handle) <= 255)));
alter table public.creator_platforms add constraint creator_platforms_likes_check CHECK ((likes >= 0));
alter table public.creator_platforms add constraint creator_platforms_mean_comments_check CHECK ((mean_comments >= (0)::numeric));
alter table public.creator_platforms add constraint creator_platforms_mean_likes_check CHECK ((mean_likes >= (0)::numeric));
alter table public.creator_platforms add constraint creator_platforms_mean_views_check CHECK ((mean_views >= (0)::numeric));
alter table public.creator_platforms add constraint creator_platforms_measured_posts_check CHECK ((measured_posts >= 0));
alter table public.creator_platforms add constraint creator_platforms_native_id_check CHECK (((length(native_id) >= 1) AND (length(native_id) <= 255)));
alter table public.creator_platforms add constraint creator_platforms_organization_id_creator_id_fkey FOREIGN KEY (organization_id, creator_id) REFERENCES public.creators(organization_id, id) ON DELETE CASCADE;
alter table public.creator_platforms add constraint creator_platforms_organization_id_phyllo_account_id_key UNIQUE (organization_id, phyllo_account_id);
alter table public.creator_platforms add constraint creator_platforms_pkey PRIMARY KEY (organization_id, id);
alter table public.creator_platforms add constraint creator_platforms_posts_check CHECK ((posts >= 0));
alter table public.creator_platforms add constraint creator_platforms_stated_engagement_rate_check CHECK ((stated_engagement_rate >= (0)::numeric));
CREATE INDEX creator_platforms_author ON public.creator_platforms USING btree (created_by_id);
CREATE INDEX creator_platforms_connecting ON public.creator_platforms USING btree (connecting_until) WHERE (connection_state = 'CONNECTING'::public.creator_connection_state);
CREATE INDEX creator_platforms_creator ON public.creator_platforms USING btree (organization_id, creator_id);
CREATE INDEX creator_platforms_ending ON public.creator_platforms USING btree (expires_at) WHERE ((expires_at IS NOT NULL) AND (connection_state = ANY (ARRAY['CONNECTED'::public.creator_connection_state, 'SYNCED'::public.creator_connection_state, 'EXPIRING'::public.creator_connection_state])));
CREATE INDEX creator_platforms_phyllo ON public.creator_platforms USING btree (phyllo_account_id) WHERE (phyllo_account_id IS NOT NULL);
CREATE UNIQUE INDEX creator_platforms_handle ON public.creator_platforms USING btree (organization_id, platform, handle_key) WHERE is_active;
CREATE UNIQUE INDEX creator_platforms_native ON public.creator_platforms USING btree (organization_id, platform, native_id) WHERE (is_active AND (native_id IS NOT NULL));
alter table public.creator_platforms enable row level security;
alter table public.creator_platforms force row level security;
create policy tenant on public.creator_platforms as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.creator_platforms is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.creator_platforms as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creators r
  WHERE ((r.organization_id = creator_platforms.organization_id) AND (r.id = creator_platforms.creator_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creators r
  WHERE ((r.organization_id = creator_platforms.organization_id) AND (r.id = creator_platforms.creator_id))
 OFFSET 0))));
comment on policy visible on public.creator_platforms is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER index_insert AFTER INSERT ON public.creator_platforms REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_creator_handles();
CREATE TRIGGER index_update AFTER UPDATE ON public.creator_platforms REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_creator_handles();
CREATE TRIGGER move_audience_countries AFTER UPDATE OF creator_id ON public.creator_platforms FOR EACH ROW WHEN ((old.creator_id <> new.creator_id)) EXECUTE FUNCTION app.move_audience_countries();
CREATE TRIGGER total_creator AFTER INSERT OR UPDATE ON public.creator_platforms FOR EACH ROW EXECUTE FUNCTION app.total_creator();
CREATE TRIGGER total_former_creator AFTER UPDATE OF creator_id ON public.creator_platforms FOR EACH ROW WHEN ((old.creator_id <> new.creator_id)) EXECUTE FUNCTION app.total_former_creator();
CREATE TRIGGER touch BEFORE UPDATE OF platform, handle, profile_url, is_active, stated_engagement_rate, stated_engagement_basis ON public.creator_platforms FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE TRIGGER webhook_owner_made AFTER INSERT ON public.creator_platforms FOR EACH ROW WHEN ((new.phyllo_account_id IS NOT NULL)) EXECUTE FUNCTION app.webhook_owner_named();
CREATE TRIGGER webhook_owner_named AFTER UPDATE OF phyllo_account_id ON public.creator_platforms FOR EACH ROW WHEN (((new.phyllo_account_id IS DISTINCT FROM old.phyllo_account_id) AND (new.phyllo_account_id IS NOT NULL))) EXECUTE FUNCTION app.webhook_owner_named();
grant insert, select, update on public.creator_platforms to spokestack_app;
grant insert, select, update on public.creator_platforms to spokestack_jobs;
comment on table public.creator_platforms is 'A creator''s account at one network: figures by hand, from a file or through Phyllo, and when they were true (figures_at).';
comment on column public.creator_platforms.connecting_until is 'While CONNECTING: until when the creator can still follow what they were sent; then it is NEVER again.';
comment on column public.creator_platforms.engagement_rate is '(mean likes + mean comments) / followers over measured_posts newest posts: computed here and nowhere else.';
comment on column public.creator_platforms.handle is 'Without a leading @.';
comment on column public.creator_platforms.phyllo_user_id is 'The user at Phyllo that held the account when it was taken in: the creator''s then. After a merge the creator has another one for new accounts.';
comment on column public.creator_platforms.stated_engagement_rate is 'A rate that somebody or a file stated, kept as given beside what it is by.';

-- public.creator_sync_runs

create table public.creator_sync_runs (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  creator_id uuid not null,
  creator_platform_id uuid,
  kind public.creator_sync_kind not null,
  trigger public.creator_sync_trigger not null,
  status public.creator_sync_status default 'QUEUED'::public.creator_sync_status not null,
  attempts integer default 0 not null,
  contents_read integer default 0 not null,
  contents_new integer default 0 not null,
  error text,
  requested_by_id uuid,
  created_at timestamp with time zone default now() not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  history_from date,
  asked_at timestamp with time zone,
  next_attempt_at timestamp with time zone,
  pending_since timestamp with time zone
);
alter table public.creator_sync_runs add constraint creator_sync_runs_check CHECK (((kind = 'HISTORY'::public.creator_sync_kind) = (history_from IS NOT NULL)));
alter table public.creator_sync_runs add constraint creator_sync_runs_organization_id_creator_id_fkey FOREIGN KEY (organization_id, creator_id) REFERENCES public.creators(organization_id, id) ON DELETE CASCADE;
alter table public.creator_sync_runs add constraint creator_sync_runs_organization_id_creator_platform_id_fkey FOREIGN KEY (organization_id, creator_platform_id) REFERENCES public.creator_platforms(organization_id, id) ON DELETE CASCADE;
alter table public.creator_sync_runs add constraint creator_sync_runs_pkey PRIMARY KEY (organization_id, id);
alter table public.creator_sync_runs add constraint creator_sync_runs_requested_by_id_fkey FOREIGN KEY (requested_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
CREATE INDEX creator_sync_runs_creator ON public.creator_sync_runs USING btree (organization_id, creator_id, created_at DESC);
CREATE INDEX creator_sync_runs_live ON public.creator_sync_runs USING btree (status, created_at) WHERE (status = ANY (ARRAY['QUEUED'::public.creator_sync_status, 'RUNNING'::public.creator_sync_status]));
CREATE INDEX creator_sync_runs_person ON public.creator_sync_runs USING btree (requested_by_id);
CREATE INDEX creator_sync_runs_platform ON public.creator_sync_runs USING btree (organization_id, creator_platform_id, created_at DESC);
CREATE INDEX creator_sync_runs_recent ON public.creator_sync_runs USING btree (organization_id, created_at DESC, id DESC);
CREATE UNIQUE INDEX creator_sync_runs_waiting ON public.creator_sync_runs USING btree (organization_id, creator_id, creator_platform_id, kind, history_from) NULLS NOT DISTINCT WHERE (status = 'QUEUED'::public.creator_sync_status);
alter table public.creator_sync_runs enable row level security;
alter table public.creator_sync_runs force row level security;
create policy tenant on public.creator_sync_runs as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.creator_sync_runs is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.creator_sync_runs as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creators r
  WHERE ((r.organization_id = creator_sync_runs.organization_id) AND (r.id = creator_sync_runs.creator_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.creators r
  WHERE ((r.organization_id = creator_sync_runs.organization_id) AND (r.id = creator_sync_runs.creator_id))
 OFFSET 0))));
comment on policy visible on public.creator_sync_runs is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant insert, select, update on public.creator_sync_runs to spokestack_app;
grant insert, select, update on public.creator_sync_runs to spokestack_jobs;
comment on table public.creator_sync_runs is 'One fetch of a creator''s accounts through Phyllo: what asked for it, what came, what went wrong in plain words.';
comment on column public.creator_sync_runs.asked_at is 'When Phyllo was asked to read the network anew; what it read is fetched after that.';
comment on column public.creator_sync_runs.history_from is 'Of HISTORY: the first day that is wanted, UTC.';
comment on column public.creator_sync_runs.next_attempt_at is 'When a run that waits is tried next; NULL: now, or never again.';
comment on column public.creator_sync_runs.pending_since is 'Since when Phyllo is still at work: waiting for it is no failed try.';

-- public.creators

create table public.creators (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  brand_id uuid,
  owner_id uuid,
  created_by_id uuid,
  external_id text,
  tags text[] default '{}'::text[] not null,
  custom_fields jsonb default '{}'::jsonb not null,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  contact_id uuid not null,
  name text default ''::text not null,
  name_key text collate "C" generated always as (lower(name)) stored not null,
  status public.creator_status default 'PROSPECT'::public.creator_status not null,
  status_changed_at timestamp with time zone default now() not null,
  categories text[] default '{}'::text[] not null,
  primary_platform public.social_platform,
  commission_percent numeric(5,2),
  manager_contact_id uuid,
  estimated_reach bigint,
  phyllo_user_id uuid,
  total_followers bigint,
  engagement_rate numeric(12,8),
  engagement_basis public.engagement_basis,
  audience_countries text[] default '{}'::text[] not null,
  brand_ids uuid[] default '{}'::uuid[] not null,
  is_archived_with_contact boolean default false not null
);
alter table public.creators add constraint creators_check CHECK ((manager_contact_id IS DISTINCT FROM contact_id));
alter table public.creators add constraint creators_check1 CHECK ((NOT (is_active AND is_archived_with_contact)));
alter table public.creators add constraint creators_commission_percent_check CHECK (((commission_percent >= (0)::numeric) AND (commission_percent <= (100)::numeric)));
alter table public.creators add constraint creators_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.creators add constraint creators_custom_fields_check CHECK ((jsonb_typeof(custom_fields) = 'object'::text));
alter table public.creators add constraint creators_estimated_reach_check CHECK ((estimated_reach >= 0));
alter table public.creators add constraint creators_external_id_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 255)));
alter table public.creators add constraint creators_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE SET NULL (brand_id);
alter table public.creators add constraint creators_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;
alter table public.creators add constraint creators_organization_id_contact_id_key UNIQUE (organization_id, contact_id);
alter table public.creators add constraint creators_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.creators add constraint creators_organization_id_manager_contact_id_fkey FOREIGN KEY (organization_id, manager_contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE SET NULL (manager_contact_id);
alter table public.creators add constraint creators_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (owner_id);
alter table public.creators add constraint creators_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX creators_author ON public.creators USING btree (created_by_id);
CREATE INDEX creators_brand ON public.creators USING btree (organization_id, brand_id);
CREATE INDEX creators_brands ON public.creators USING gin (brand_ids);
CREATE INDEX creators_by_engagement_rate ON public.creators USING btree (organization_id, COALESCE(engagement_rate, '-Infinity'::numeric) DESC, id DESC) WHERE is_active;
CREATE INDEX creators_by_total_followers ON public.creators USING btree (organization_id, COALESCE((total_followers)::numeric, '-Infinity'::numeric) DESC, id DESC) WHERE is_active;
CREATE INDEX creators_created ON public.creators USING btree (organization_id, created_at DESC, id DESC);
CREATE INDEX creators_followers ON public.creators USING btree (organization_id, total_followers DESC NULLS LAST, id) WHERE is_active;
CREATE INDEX creators_manager ON public.creators USING btree (organization_id, manager_contact_id);
CREATE INDEX creators_name ON public.creators USING btree (organization_id, name_key, id) WHERE is_active;
CREATE INDEX creators_owner ON public.creators USING btree (organization_id, owner_id);
CREATE INDEX creators_phyllo ON public.creators USING btree (phyllo_user_id) WHERE (phyllo_user_id IS NOT NULL);
CREATE INDEX creators_updated ON public.creators USING btree (organization_id, updated_at DESC, id DESC);
CREATE UNIQUE INDEX creators_external ON public.creators USING btree (organization_id, external_id) WHERE (external_id IS NOT NULL);
alter table public.creators enable row level security;
alter table public.creators force row level security;
create policy tenant on public.creators as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.creators is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.creators as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id)) OR (brand_ids && ( SELECT app.brand_ids() AS brand_ids))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id))));
comment on policy visible on public.creators is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER follow_creator_brands AFTER INSERT OR UPDATE OF brand_id ON public.creators FOR EACH ROW EXECUTE FUNCTION app.follow_creator_brands();
CREATE TRIGGER index_delete AFTER DELETE ON public.creators REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_creators();
CREATE TRIGGER index_insert AFTER INSERT ON public.creators REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_creators();
CREATE TRIGGER index_update AFTER UPDATE ON public.creators REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_creators();
CREATE TRIGGER name_creator BEFORE INSERT OR UPDATE OF contact_id ON public.creators FOR EACH ROW EXECUTE FUNCTION app.name_creator();
CREATE TRIGGER restore_creator BEFORE UPDATE OF is_active ON public.creators FOR EACH ROW WHEN (new.is_active) EXECUTE FUNCTION app.restore_creator();
CREATE TRIGGER touch BEFORE UPDATE OF brand_id, owner_id, external_id, tags, custom_fields, is_active, contact_id, status, categories, primary_platform, commission_percent, manager_contact_id, estimated_reach ON public.creators FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE TRIGGER webhook_owner_made AFTER INSERT ON public.creators FOR EACH ROW WHEN ((new.phyllo_user_id IS NOT NULL)) EXECUTE FUNCTION app.webhook_owner_named();
CREATE TRIGGER webhook_owner_named AFTER UPDATE OF phyllo_user_id ON public.creators FOR EACH ROW WHEN (((new.phyllo_user_id IS DISTINCT FROM old.phyllo_user_id) AND (new.phyllo_user_id IS NOT NULL))) EXECUTE FUNCTION app.webhook_owner_named();
grant insert, select, update on public.creators to spokestack_app;
grant insert, select, update on public.creators to spokestack_jobs;
comment on column public.creators.audience_countries is 'ISO codes of the countries that hold a tenth or more of a newest audience. Kept by a trigger on creator_audiences.';
comment on column public.creators.brand_ids is 'The brands that the creator works for: their own and those of their campaigns. Kept by triggers.';
comment on column public.creators.engagement_rate is 'Over the accounts that tell both: sum of mean likes and comments / sum of followers, as engagement_basis FOLLOWERS; else the stated rate of the largest account, by its own basis. Kept by a trigger.';
comment on column public.creators.is_archived_with_contact is 'It went to the recycle bin with its contact and comes back with it. Kept by triggers.';
comment on column public.creators.name is 'The contact’s, copied by triggers: a list is ordered by it, and it shows where the contact is not visible.';
comment on column public.creators.total_followers is 'The sum over active accounts that tell it; NULL where none does. Kept by a trigger on creator_platforms.';

-- public.custom_fields

create table public.custom_fields (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  noun public.record_noun not null,
  key text not null,
  label text not null,
  kind public.custom_field_kind not null,
  options text[] default '{}'::text[] not null,
  hint text,
  "position" integer default 0 not null,
  is_active boolean default true not null,
  created_by_id uuid,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.custom_fields add constraint custom_fields_check CHECK (((kind = ANY (ARRAY['CHOICE'::public.custom_field_kind, 'SEVERAL'::public.custom_field_kind])) OR (options = '{}'::text[])));
alter table public.custom_fields add constraint custom_fields_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.custom_fields add constraint custom_fields_key_check CHECK (((length(key) >= 1) AND (length(key) <= 100)));
alter table public.custom_fields add constraint custom_fields_label_check CHECK (((length(label) >= 1) AND (length(label) <= 200)));
alter table public.custom_fields add constraint custom_fields_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.custom_fields add constraint custom_fields_organization_id_noun_key_key UNIQUE (organization_id, noun, key);
alter table public.custom_fields add constraint custom_fields_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX custom_fields_author ON public.custom_fields USING btree (created_by_id);
alter table public.custom_fields enable row level security;
alter table public.custom_fields force row level security;
create policy tenant on public.custom_fields as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.custom_fields is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
CREATE TRIGGER touch BEFORE UPDATE ON public.custom_fields FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.custom_fields to spokestack_app;
grant insert, select, update on public.custom_fields to spokestack_jobs;
comment on table public.custom_fields is 'The fields that an agency adds to a noun. Their values stand in the records'' custom_fields under the key.';

-- public.data_keys

create table public.data_keys (
  organization_id uuid not null,
  version integer not null,
  key_id text not null,
  wrapped_key bytea not null,
  created_at timestamp with time zone default now() not null,
  wrapped_at timestamp with time zone default now() not null
);
alter table public.data_keys add constraint data_keys_key_id_check CHECK ((key_id ~ '^[0-9a-f]{8}$'::text));
alter table public.data_keys add constraint data_keys_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.data_keys add constraint data_keys_pkey PRIMARY KEY (organization_id, version);
alter table public.data_keys add constraint data_keys_version_check CHECK ((version > 0));
alter table public.data_keys add constraint data_keys_wrapped_key_check CHECK (((octet_length(wrapped_key) >= 33) AND (get_byte(wrapped_key, 0) = 1)));
CREATE INDEX data_keys_key ON public.data_keys USING btree (key_id);
alter table public.data_keys enable row level security;
alter table public.data_keys force row level security;
create policy tenant on public.data_keys as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.data_keys is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
grant insert, select on public.data_keys to spokestack_app;
grant insert, select on public.data_keys to spokestack_jobs;
comment on table public.data_keys is 'An agency''s own keys for its tokens, AES-256, each wrapped by the key of TOKEN_ENCRYPTION_KEYS that key_id names. The newest version seals; all of them open.';

-- public.deal_close_reasons

create table public.deal_close_reasons (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  status public.deal_status not null,
  name text not null,
  "position" integer default 0 not null,
  created_at timestamp with time zone default now() not null
);
alter table public.deal_close_reasons add constraint deal_close_reasons_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table public.deal_close_reasons add constraint deal_close_reasons_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.deal_close_reasons add constraint deal_close_reasons_organization_id_status_name_key UNIQUE (organization_id, status, name);
alter table public.deal_close_reasons add constraint deal_close_reasons_pkey PRIMARY KEY (organization_id, id);
alter table public.deal_close_reasons add constraint deal_close_reasons_status_check CHECK ((status <> 'OPEN'::public.deal_status));
alter table public.deal_close_reasons enable row level security;
alter table public.deal_close_reasons force row level security;
create policy tenant on public.deal_close_reasons as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.deal_close_reasons is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
grant delete, insert, select, update on public.deal_close_reasons to spokestack_app;
grant delete, insert, select, update on public.deal_close_reasons to spokestack_jobs;
comment on table public.deal_close_reasons is 'The reasons that the agency offers when a deal is won or lost; another may be written.';

-- public.deal_stage_changes

create table public.deal_stage_changes (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  deal_id uuid not null,
  from_stage public.deal_stage,
  to_stage public.deal_stage not null,
  from_status public.deal_status,
  to_status public.deal_status not null,
  amount numeric(18,4),
  currency character(3),
  actor_id uuid,
  changed_at timestamp with time zone default now() not null
);
alter table public.deal_stage_changes add constraint deal_stage_changes_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.deal_stage_changes add constraint deal_stage_changes_organization_id_deal_id_fkey FOREIGN KEY (organization_id, deal_id) REFERENCES public.deals(organization_id, id) ON DELETE CASCADE;
alter table public.deal_stage_changes add constraint deal_stage_changes_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX deal_stage_changes_actor ON public.deal_stage_changes USING btree (actor_id);
CREATE INDEX deal_stage_changes_deal ON public.deal_stage_changes USING btree (organization_id, deal_id, changed_at);
CREATE INDEX deal_stage_changes_time ON public.deal_stage_changes USING btree (organization_id, changed_at);
alter table public.deal_stage_changes enable row level security;
alter table public.deal_stage_changes force row level security;
create policy tenant on public.deal_stage_changes as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.deal_stage_changes is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.deal_stage_changes as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.deals r
  WHERE ((r.organization_id = deal_stage_changes.organization_id) AND (r.id = deal_stage_changes.deal_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.deals r
  WHERE ((r.organization_id = deal_stage_changes.organization_id) AND (r.id = deal_stage_changes.deal_id))
 OFFSET 0))));
comment on policy visible on public.deal_stage_changes is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant select on public.deal_stage_changes to spokestack_app;
grant select on public.deal_stage_changes to spokestack_jobs;
comment on table public.deal_stage_changes is 'Append-only: each standing that a deal entered, whichever way it was changed. The first has no from.';

-- public.deal_stages

create table public.deal_stages (
  organization_id uuid not null,
  stage public.deal_stage not null,
  probability smallint not null,
  stale_after_days integer,
  required_fields text[] default '{}'::text[] not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.deal_stages add constraint deal_stages_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.deal_stages add constraint deal_stages_pkey PRIMARY KEY (organization_id, stage);
alter table public.deal_stages add constraint deal_stages_probability_check CHECK (((probability >= 0) AND (probability <= 100)));
alter table public.deal_stages add constraint deal_stages_stale_after_days_check CHECK (((stale_after_days >= 1) AND (stale_after_days <= 3650)));
alter table public.deal_stages enable row level security;
alter table public.deal_stages force row level security;
create policy tenant on public.deal_stages as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.deal_stages is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
CREATE TRIGGER touch BEFORE UPDATE ON public.deal_stages FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.deal_stages to spokestack_app;
grant insert, select, update on public.deal_stages to spokestack_jobs;
comment on table public.deal_stages is 'What the agency says of a stage: its probability, when a deal has been in it too long, and what a deal must have to enter it. A stage without a row has the product''s own.';

-- public.deals

create table public.deals (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  brand_id uuid,
  owner_id uuid,
  created_by_id uuid,
  external_id text,
  tags text[] default '{}'::text[] not null,
  custom_fields jsonb default '{}'::jsonb not null,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  contact_id uuid,
  company_id uuid,
  name text not null,
  name_key text collate "C" generated always as (lower(name)) stored not null,
  description text,
  stage public.deal_stage default 'LEAD'::public.deal_stage not null,
  status public.deal_status default 'OPEN'::public.deal_status not null,
  probability smallint default 10 not null,
  amount numeric(18,4),
  currency character(3),
  recurring_type public.recurring_type default 'ONE_TIME'::public.recurring_type not null,
  opened_on date,
  expected_close_on date,
  closed_on date,
  close_reason text,
  rank text collate "C" not null,
  stage_changed_at timestamp with time zone default now() not null
);
alter table public.deals add constraint deals_amount_check CHECK ((amount >= (0)::numeric));
alter table public.deals add constraint deals_check CHECK (((stage = 'CLOSED'::public.deal_stage) = (status <> 'OPEN'::public.deal_status)));
alter table public.deals add constraint deals_check1 CHECK (((amount IS NULL) OR (currency IS NOT NULL)));
alter table public.deals add constraint deals_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.deals add constraint deals_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text));
alter table public.deals add constraint deals_custom_fields_check CHECK ((jsonb_typeof(custom_fields) = 'object'::text));
alter table public.deals add constraint deals_external_id_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 255)));
alter table public.deals add constraint deals_name_check CHECK (((length(name) >= 1) AND (length(name) <= 1000)));
alter table public.deals add constraint deals_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE SET NULL (brand_id);
alter table public.deals add constraint deals_organization_id_company_id_fkey FOREIGN KEY (organization_id, company_id) REFERENCES public.companies(organization_id, id) ON DELETE SET NULL (company_id);
alter table public.deals add constraint deals_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE SET NULL (contact_id);
alter table public.deals add constraint deals_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.deals add constraint deals_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (owner_id);
alter table public.deals add constraint deals_pkey PRIMARY KEY (organization_id, id);
alter table public.deals add constraint deals_probability_check CHECK (((probability >= 0) AND (probability <= 100)));
CREATE INDEX deals_author ON public.deals USING btree (created_by_id);
CREATE INDEX deals_board_closed ON public.deals USING btree (organization_id, rank, id) WHERE (is_active AND (stage = 'CLOSED'::public.deal_stage));
CREATE INDEX deals_board_lead ON public.deals USING btree (organization_id, rank, id) WHERE (is_active AND (stage = 'LEAD'::public.deal_stage));
CREATE INDEX deals_board_negotiation ON public.deals USING btree (organization_id, rank, id) WHERE (is_active AND (stage = 'NEGOTIATION'::public.deal_stage));
CREATE INDEX deals_board_proposal ON public.deals USING btree (organization_id, rank, id) WHERE (is_active AND (stage = 'PROPOSAL'::public.deal_stage));
CREATE INDEX deals_board_qualified ON public.deals USING btree (organization_id, rank, id) WHERE (is_active AND (stage = 'QUALIFIED'::public.deal_stage));
CREATE INDEX deals_brand ON public.deals USING btree (organization_id, brand_id);
CREATE INDEX deals_closed ON public.deals USING btree (organization_id, closed_on) WHERE (is_active AND (stage = 'CLOSED'::public.deal_stage));
CREATE INDEX deals_company ON public.deals USING btree (organization_id, company_id);
CREATE INDEX deals_contact ON public.deals USING btree (organization_id, contact_id);
CREATE INDEX deals_created ON public.deals USING btree (organization_id, created_at DESC, id DESC);
CREATE INDEX deals_created_by ON public.deals USING btree (organization_id, created_by_id);
CREATE INDEX deals_expected ON public.deals USING btree (organization_id, expected_close_on) WHERE (is_active AND (status = 'OPEN'::public.deal_status));
CREATE INDEX deals_name ON public.deals USING btree (organization_id, name_key, id) WHERE is_active;
CREATE INDEX deals_owner ON public.deals USING btree (organization_id, owner_id);
CREATE INDEX deals_totals ON public.deals USING btree (organization_id, stage, currency) INCLUDE (amount, status, probability, closed_on, brand_id, owner_id, created_by_id) WHERE is_active;
CREATE INDEX deals_updated ON public.deals USING btree (organization_id, updated_at DESC, id DESC);
CREATE UNIQUE INDEX deals_external ON public.deals USING btree (organization_id, external_id) WHERE (external_id IS NOT NULL);
alter table public.deals enable row level security;
alter table public.deals force row level security;
create policy tenant on public.deals as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.deals is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.deals as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id))));
comment on policy visible on public.deals is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER index_delete AFTER DELETE ON public.deals REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_deals();
CREATE TRIGGER index_insert AFTER INSERT ON public.deals REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_deals();
CREATE TRIGGER index_update AFTER UPDATE ON public.deals REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_deals();
CREATE TRIGGER record_stage AFTER INSERT OR UPDATE OF stage, status ON public.deals FOR EACH ROW EXECUTE FUNCTION app.record_deal_stage();
CREATE TRIGGER touch BEFORE UPDATE ON public.deals FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.deals to spokestack_app;
grant insert, select, update on public.deals to spokestack_jobs;
comment on column public.deals.name_key is 'The name in lower case, for order, pages and prefixes: lower() is not leakproof, so under a policy an index on it finds no place to begin.';
comment on column public.deals.rank is 'A fractional rank within the stage: a move writes one row.';

-- public.deliverable_reviews

create table public.deliverable_reviews (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  campaign_deliverable_id uuid not null,
  kind public.review_kind not null,
  round integer not null,
  note text,
  url text,
  created_by_id uuid,
  created_at timestamp with time zone default now() not null
);
alter table public.deliverable_reviews add constraint deliverable_reviews_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.deliverable_reviews add constraint deliverable_reviews_note_check CHECK ((length(note) <= 5000));
alter table public.deliverable_reviews add constraint deliverable_reviews_organization_id_campaign_deliverable_i_fkey FOREIGN KEY (organization_id, campaign_deliverable_id) REFERENCES public.campaign_deliverables(organization_id, id) ON DELETE CASCADE;
alter table public.deliverable_reviews add constraint deliverable_reviews_pkey PRIMARY KEY (organization_id, id);
alter table public.deliverable_reviews add constraint deliverable_reviews_round_check CHECK ((round >= 1));
alter table public.deliverable_reviews add constraint deliverable_reviews_url_check CHECK ((length(url) <= 2000));
CREATE INDEX deliverable_reviews_author ON public.deliverable_reviews USING btree (created_by_id);
CREATE INDEX deliverable_reviews_deliverable ON public.deliverable_reviews USING btree (organization_id, campaign_deliverable_id, id);
alter table public.deliverable_reviews enable row level security;
alter table public.deliverable_reviews force row level security;
create policy tenant on public.deliverable_reviews as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.deliverable_reviews is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.deliverable_reviews as restrictive for all to spokestack_app, spokestack_jobs
  using (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaign_deliverables r
  WHERE ((r.organization_id = deliverable_reviews.organization_id) AND (r.id = deliverable_reviews.campaign_deliverable_id))
 OFFSET 0)))))
  with check (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaign_deliverables r
  WHERE ((r.organization_id = deliverable_reviews.organization_id) AND (r.id = deliverable_reviews.campaign_deliverable_id))
 OFFSET 0)))));
comment on policy visible on public.deliverable_reviews is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant insert, select on public.deliverable_reviews to spokestack_app;
grant insert, select on public.deliverable_reviews to spokestack_jobs;
comment on table public.deliverable_reviews is 'Drafts that came and what was said of them; a round begins with a draft. Beyond revision_rounds the page says so and nothing is refused.';

-- public.disclosure_terms

create table public.disclosure_terms (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  term text collate "C" not null,
  created_by_id uuid,
  created_at timestamp with time zone default now() not null
);
alter table public.disclosure_terms add constraint disclosure_terms_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.disclosure_terms add constraint disclosure_terms_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.disclosure_terms add constraint disclosure_terms_organization_id_term_key UNIQUE (organization_id, term);
alter table public.disclosure_terms add constraint disclosure_terms_pkey PRIMARY KEY (organization_id, id);
alter table public.disclosure_terms add constraint disclosure_terms_term_check CHECK ((((length(term) >= 1) AND (length(term) <= 100)) AND (term = lower(term))));
CREATE INDEX disclosure_terms_author ON public.disclosure_terms USING btree (created_by_id);
alter table public.disclosure_terms enable row level security;
alter table public.disclosure_terms force row level security;
create policy tenant on public.disclosure_terms as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.disclosure_terms is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
grant delete, insert, select on public.disclosure_terms to spokestack_app;
grant delete, insert, select on public.disclosure_terms to spokestack_jobs;
comment on table public.disclosure_terms is 'The agency’s own words that disclose an advertisement, beside #ad, #sponsored and the network’s label.';

-- public.duplicate_dismissals

create table public.duplicate_dismissals (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  company_id uuid,
  other_company_id uuid,
  contact_id uuid,
  other_contact_id uuid,
  created_at timestamp with time zone default now() not null,
  created_by_id uuid
);
alter table public.duplicate_dismissals add constraint duplicate_dismissals_check CHECK ((num_nonnulls(company_id, contact_id) = 1));
alter table public.duplicate_dismissals add constraint duplicate_dismissals_check1 CHECK (((num_nulls(company_id, other_company_id) <> 1) AND (num_nulls(contact_id, other_contact_id) <> 1)));
alter table public.duplicate_dismissals add constraint duplicate_dismissals_check2 CHECK (((company_id <> other_company_id) AND (contact_id <> other_contact_id)));
alter table public.duplicate_dismissals add constraint duplicate_dismissals_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.duplicate_dismissals add constraint duplicate_dismissals_organization_id_company_id_fkey FOREIGN KEY (organization_id, company_id) REFERENCES public.companies(organization_id, id) ON DELETE CASCADE;
alter table public.duplicate_dismissals add constraint duplicate_dismissals_organization_id_company_id_other_compa_key UNIQUE (organization_id, company_id, other_company_id);
alter table public.duplicate_dismissals add constraint duplicate_dismissals_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;
alter table public.duplicate_dismissals add constraint duplicate_dismissals_organization_id_contact_id_other_conta_key UNIQUE (organization_id, contact_id, other_contact_id);
alter table public.duplicate_dismissals add constraint duplicate_dismissals_organization_id_other_company_id_fkey FOREIGN KEY (organization_id, other_company_id) REFERENCES public.companies(organization_id, id) ON DELETE CASCADE;
alter table public.duplicate_dismissals add constraint duplicate_dismissals_organization_id_other_contact_id_fkey FOREIGN KEY (organization_id, other_contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;
alter table public.duplicate_dismissals add constraint duplicate_dismissals_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX duplicate_dismissals_author ON public.duplicate_dismissals USING btree (created_by_id);
CREATE INDEX duplicate_dismissals_company ON public.duplicate_dismissals USING btree (organization_id, company_id) WHERE (company_id IS NOT NULL);
CREATE INDEX duplicate_dismissals_contact ON public.duplicate_dismissals USING btree (organization_id, contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX duplicate_dismissals_other_company ON public.duplicate_dismissals USING btree (organization_id, other_company_id) WHERE (other_company_id IS NOT NULL);
CREATE INDEX duplicate_dismissals_other_contact ON public.duplicate_dismissals USING btree (organization_id, other_contact_id) WHERE (other_contact_id IS NOT NULL);
alter table public.duplicate_dismissals enable row level security;
alter table public.duplicate_dismissals force row level security;
create policy tenant on public.duplicate_dismissals as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.duplicate_dismissals is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.duplicate_dismissals as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR ((company_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = duplicate_dismissals.organization_id) AND (r.id = duplicate_dismissals.company_id)))) AND (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = duplicate_dismissals.organization_id) AND (r.id = duplicate_dismissals.other_company_id))))) OR ((contact_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = duplicate_dismissals.organization_id) AND (r.id = duplicate_dismissals.contact_id)))) AND (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = duplicate_dismissals.organization_id) AND (r.id = duplicate_dismissals.other_contact_id)))))))
  with check ((( SELECT app.sees_all() AS sees_all) OR ((company_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = duplicate_dismissals.organization_id) AND (r.id = duplicate_dismissals.company_id)))) AND (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = duplicate_dismissals.organization_id) AND (r.id = duplicate_dismissals.other_company_id))))) OR ((contact_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = duplicate_dismissals.organization_id) AND (r.id = duplicate_dismissals.contact_id)))) AND (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = duplicate_dismissals.organization_id) AND (r.id = duplicate_dismissals.other_contact_id)))))));
comment on policy visible on public.duplicate_dismissals is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select on public.duplicate_dismissals to spokestack_app;
grant delete, insert, select on public.duplicate_dismissals to spokestack_jobs;
comment on table public.duplicate_dismissals is 'Two records that somebody said are not one. A merge of either carries it on, so the order of the two says nothing.';

-- public.duplicate_pairs

create table public.duplicate_pairs (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  company_id uuid,
  other_company_id uuid,
  contact_id uuid,
  other_contact_id uuid,
  created_at timestamp with time zone default now() not null,
  score smallint not null,
  reasons text[] not null
);
alter table public.duplicate_pairs add constraint duplicate_pairs_check CHECK ((num_nonnulls(company_id, contact_id) = 1));
alter table public.duplicate_pairs add constraint duplicate_pairs_check1 CHECK (((num_nulls(company_id, other_company_id) <> 1) AND (num_nulls(contact_id, other_contact_id) <> 1)));
alter table public.duplicate_pairs add constraint duplicate_pairs_organization_id_company_id_other_company_id_key UNIQUE (organization_id, company_id, other_company_id);
alter table public.duplicate_pairs add constraint duplicate_pairs_organization_id_contact_id_other_contact_id_key UNIQUE (organization_id, contact_id, other_contact_id);
alter table public.duplicate_pairs add constraint duplicate_pairs_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.duplicate_pairs add constraint duplicate_pairs_pkey PRIMARY KEY (organization_id, id);
alter table public.duplicate_pairs add constraint duplicate_pairs_score_check CHECK (((score >= 0) AND (score <= 100)));
CREATE INDEX duplicate_pairs_company ON public.duplicate_pairs USING btree (organization_id, company_id) WHERE (company_id IS NOT NULL);
CREATE INDEX duplicate_pairs_contact ON public.duplicate_pairs USING btree (organization_id, contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX duplicate_pairs_other_company ON public.duplicate_pairs USING btree (organization_id, other_company_id) WHERE (other_company_id IS NOT NULL);
CREATE INDEX duplicate_pairs_other_contact ON public.duplicate_pairs USING btree (organization_id, other_contact_id) WHERE (other_contact_id IS NOT NULL);
alter table public.duplicate_pairs enable row level security;
alter table public.duplicate_pairs force row level security;
create policy tenant on public.duplicate_pairs as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.duplicate_pairs is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.duplicate_pairs as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR ((company_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = duplicate_pairs.organization_id) AND (r.id = duplicate_pairs.company_id)))) AND (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = duplicate_pairs.organization_id) AND (r.id = duplicate_pairs.other_company_id))))) OR ((contact_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = duplicate_pairs.organization_id) AND (r.id = duplicate_pairs.contact_id)))) AND (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = duplicate_pairs.organization_id) AND (r.id = duplicate_pairs.other_contact_id)))))))
  with check ((( SELECT app.sees_all() AS sees_all) OR ((company_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = duplicate_pairs.organization_id) AND (r.id = duplicate_pairs.company_id)))) AND (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = duplicate_pairs.organization_id) AND (r.id = duplicate_pairs.other_company_id))))) OR ((contact_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = duplicate_pairs.organization_id) AND (r.id = duplicate_pairs.contact_id)))) AND (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = duplicate_pairs.organization_id) AND (r.id = duplicate_pairs.other_contact_id)))))));
comment on policy visible on public.duplicate_pairs is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant select on public.duplicate_pairs to spokestack_app;
grant select on public.duplicate_pairs to spokestack_jobs;
comment on table public.duplicate_pairs is 'Two records that may be one, the elder first, with how likely (of 100) and why. Kept by triggers; nobody writes here.';

-- public.found_accounts

create table public.found_accounts (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  connection_id uuid not null,
  native_id text not null,
  parent_native_id text,
  login_native_id text,
  name text not null,
  currency character(3),
  time_zone text,
  native_status text,
  holder_name text,
  is_usable boolean not null,
  is_manager boolean not null,
  first_seen_at timestamp with time zone default now() not null,
  last_seen_at timestamp with time zone default now() not null,
  vanished_at timestamp with time zone
);
alter table public.found_accounts add constraint found_accounts_check CHECK ((is_manager OR ((currency IS NOT NULL) AND (time_zone IS NOT NULL))));
alter table public.found_accounts add constraint found_accounts_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text));
alter table public.found_accounts add constraint found_accounts_organization_id_connection_id_fkey FOREIGN KEY (organization_id, connection_id) REFERENCES public.oauth_connections(organization_id, id) ON DELETE CASCADE;
alter table public.found_accounts add constraint found_accounts_organization_id_connection_id_native_id_key UNIQUE (organization_id, connection_id, native_id);
alter table public.found_accounts add constraint found_accounts_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX found_accounts_native ON public.found_accounts USING btree (organization_id, native_id);
alter table public.found_accounts enable row level security;
alter table public.found_accounts force row level security;
create policy tenant on public.found_accounts as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.found_accounts is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.found_accounts as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (connection_id = ANY (ARRAY( SELECT c.id
   FROM public.oauth_connections c)))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (connection_id = ANY (ARRAY( SELECT c.id
   FROM public.oauth_connections c)))));
comment on policy visible on public.found_accounts is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select, update on public.found_accounts to spokestack_app;
grant delete, insert, select, update on public.found_accounts to spokestack_jobs;
comment on table public.found_accounts is 'What a grant shows at its platform: ad accounts and the managers above them, in use here or not.';
comment on column public.found_accounts.login_native_id is 'The manager through which this grant reaches it (Google''s login-customer-id); null where it is reached directly.';

-- public.fx_rates

create table public.fx_rates (
  date date not null,
  base character(3) not null,
  quote character(3) not null,
  rate numeric(20,10) not null,
  source text not null,
  fetched_at timestamp with time zone default now() not null
);
alter table public.fx_rates add constraint fx_rates_base_check CHECK ((base ~ '^[A-Z]{3}$'::text));
alter table public.fx_rates add constraint fx_rates_pkey PRIMARY KEY (base, quote, date);
alter table public.fx_rates add constraint fx_rates_quote_check CHECK ((quote ~ '^[A-Z]{3}$'::text));
alter table public.fx_rates add constraint fx_rates_rate_check CHECK ((rate > (0)::numeric));
alter table public.fx_rates enable row level security;
alter table public.fx_rates force row level security;
create policy anybody on public.fx_rates as permissive for select to spokestack_app, spokestack_jobs
  using ((( SELECT app.organization_id() AS organization_id) IS NOT NULL));
comment on policy anybody on public.fx_rates is 'Public facts, read within any agency''s transaction and not outside one.';
grant select on public.fx_rates to spokestack_app;
grant select on public.fx_rates to spokestack_jobs;
comment on table public.fx_rates is 'Published reference rates: one unit of base in quote, on the day of publication. Outside tenancy; read inside any.';

-- public.idempotency_keys

create table public.idempotency_keys (
  organization_id uuid not null,
  user_id uuid not null,
  key text not null,
  request_hash text not null,
  status integer not null,
  response json not null,
  created_at timestamp with time zone default now() not null
);
alter table public.idempotency_keys add constraint idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)));
alter table public.idempotency_keys add constraint idempotency_keys_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.idempotency_keys add constraint idempotency_keys_pkey PRIMARY KEY (organization_id, user_id, key);
alter table public.idempotency_keys add constraint idempotency_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (organization_id, created_at);
CREATE INDEX idempotency_keys_user ON public.idempotency_keys USING btree (user_id);
alter table public.idempotency_keys enable row level security;
alter table public.idempotency_keys force row level security;
create policy tenant on public.idempotency_keys as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.idempotency_keys is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.idempotency_keys as restrictive for all to spokestack_app, spokestack_jobs
  using ((user_id = ( SELECT app.user_id() AS user_id)))
  with check ((user_id = ( SELECT app.user_id() AS user_id)));
comment on policy visible on public.idempotency_keys is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select on public.idempotency_keys to spokestack_app;
grant delete, insert, select on public.idempotency_keys to spokestack_jobs;
comment on table public.idempotency_keys is 'The first answer to a POST with an Idempotency-Key, stored in the transaction of its effect.';

-- public.import_files

create table public.import_files (
  organization_id uuid not null,
  import_id uuid not null,
  content bytea not null
);
alter table public.import_files add constraint import_files_organization_id_import_id_fkey FOREIGN KEY (organization_id, import_id) REFERENCES public.imports(organization_id, id) ON DELETE CASCADE;
alter table public.import_files add constraint import_files_pkey PRIMARY KEY (organization_id, import_id);
alter table public.import_files enable row level security;
alter table public.import_files force row level security;
create policy tenant on public.import_files as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.import_files is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.import_files as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (import_id = ANY (ARRAY( SELECT i.id
   FROM public.imports i)))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (import_id = ANY (ARRAY( SELECT i.id
   FROM public.imports i)))));
comment on policy visible on public.import_files is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select on public.import_files to spokestack_app;
grant delete, insert, select on public.import_files to spokestack_jobs;
comment on table public.import_files is 'The uploaded bytes, kept until the import is done so that it can be stopped and resumed on any machine.';

-- public.import_refusals

create table public.import_refusals (
  organization_id uuid not null,
  import_id uuid not null,
  row_number integer not null,
  reasons text[] not null,
  cells text[] not null
);
alter table public.import_refusals add constraint import_refusals_organization_id_import_id_fkey FOREIGN KEY (organization_id, import_id) REFERENCES public.imports(organization_id, id) ON DELETE CASCADE;
alter table public.import_refusals add constraint import_refusals_pkey PRIMARY KEY (organization_id, import_id, row_number);
alter table public.import_refusals enable row level security;
alter table public.import_refusals force row level security;
create policy tenant on public.import_refusals as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.import_refusals is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.import_refusals as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (import_id = ANY (ARRAY( SELECT i.id
   FROM public.imports i)))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (import_id = ANY (ARRAY( SELECT i.id
   FROM public.imports i)))));
comment on policy visible on public.import_refusals is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select on public.import_refusals to spokestack_app;
grant delete, insert, select on public.import_refusals to spokestack_jobs;
comment on table public.import_refusals is 'The rows that were not brought in, as they stood in the file, each with its reasons.';

-- public.imports

create table public.imports (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  kind public.import_kind not null,
  file_name text not null,
  file_sha256 text not null,
  file_bytes integer not null,
  mapping jsonb not null,
  header text[] default '{}'::text[] not null,
  status public.import_status default 'CHECKING'::public.import_status not null,
  rows_total integer,
  rows_done integer default 0 not null,
  rows_created integer default 0 not null,
  rows_updated integer default 0 not null,
  rows_unchanged integer default 0 not null,
  rows_refused integer default 0 not null,
  error text,
  notes jsonb default '[]'::jsonb not null,
  owner_id uuid,
  brand_id uuid,
  created_by_id uuid,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  ad_account_id uuid,
  report jsonb
);
alter table public.imports add constraint imports_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.imports add constraint imports_organization_id_ad_account_id_fkey FOREIGN KEY (organization_id, ad_account_id) REFERENCES public.ad_accounts(organization_id, id) ON DELETE SET NULL (ad_account_id);
alter table public.imports add constraint imports_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE SET NULL (brand_id);
alter table public.imports add constraint imports_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.imports add constraint imports_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (owner_id);
alter table public.imports add constraint imports_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX imports_ad_account ON public.imports USING btree (organization_id, ad_account_id);
CREATE INDEX imports_brand ON public.imports USING btree (organization_id, brand_id);
CREATE INDEX imports_created_by ON public.imports USING btree (created_by_id);
CREATE INDEX imports_owner ON public.imports USING btree (organization_id, owner_id);
CREATE INDEX imports_recent ON public.imports USING btree (organization_id, created_at DESC, id DESC);
alter table public.imports enable row level security;
alter table public.imports force row level security;
create policy tenant on public.imports as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.imports is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.imports as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id))));
comment on policy visible on public.imports is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.imports FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.imports to spokestack_app;
grant insert, select, update on public.imports to spokestack_jobs;
comment on table public.imports is 'One file brought in: its mapping, how far it came and what became of its rows.';
comment on column public.imports.ad_account_id is 'Of a file of ad figures: the account that they belong to, once it is known.';
comment on column public.imports.report is 'Of a file of ad figures: what its check found, and what its run did.';

-- public.lead_forms

create table public.lead_forms (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  source public.lead_source not null,
  name text not null,
  brand_id uuid,
  owner_id uuid,
  page_id text,
  polled_at timestamp with time zone,
  poll_error text,
  key_hash text,
  key_made_at timestamp with time zone,
  previous_key_hash text,
  previous_key_until timestamp with time zone,
  is_active boolean default true not null,
  created_by_id uuid,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.lead_forms add constraint lead_forms_check CHECK (((source = 'META'::public.lead_source) = (page_id IS NOT NULL)));
alter table public.lead_forms add constraint lead_forms_check1 CHECK (((source = 'GOOGLE'::public.lead_source) = (key_hash IS NOT NULL)));
alter table public.lead_forms add constraint lead_forms_check2 CHECK (((key_hash IS NULL) = (key_made_at IS NULL)));
alter table public.lead_forms add constraint lead_forms_check3 CHECK (((previous_key_hash IS NULL) = (previous_key_until IS NULL)));
alter table public.lead_forms add constraint lead_forms_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.lead_forms add constraint lead_forms_key_hash_check CHECK ((length(key_hash) = 64));
alter table public.lead_forms add constraint lead_forms_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table public.lead_forms add constraint lead_forms_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE SET NULL (brand_id);
alter table public.lead_forms add constraint lead_forms_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.lead_forms add constraint lead_forms_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (owner_id);
alter table public.lead_forms add constraint lead_forms_organization_id_page_id_key UNIQUE (organization_id, page_id);
alter table public.lead_forms add constraint lead_forms_page_id_check CHECK ((page_id ~ '^[0-9]{1,20}$'::text));
alter table public.lead_forms add constraint lead_forms_pkey PRIMARY KEY (organization_id, id);
alter table public.lead_forms add constraint lead_forms_previous_key_hash_check CHECK ((length(previous_key_hash) = 64));
CREATE INDEX lead_forms_author ON public.lead_forms USING btree (created_by_id);
CREATE INDEX lead_forms_brand ON public.lead_forms USING btree (organization_id, brand_id);
CREATE INDEX lead_forms_key ON public.lead_forms USING btree (key_hash) WHERE (key_hash IS NOT NULL);
CREATE INDEX lead_forms_owner ON public.lead_forms USING btree (organization_id, owner_id);
CREATE INDEX lead_forms_page ON public.lead_forms USING btree (page_id) WHERE (page_id IS NOT NULL);
CREATE INDEX lead_forms_previous_key ON public.lead_forms USING btree (previous_key_hash) WHERE (previous_key_hash IS NOT NULL);
alter table public.lead_forms enable row level security;
alter table public.lead_forms force row level security;
create policy tenant on public.lead_forms as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.lead_forms is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.lead_forms as restrictive for all to spokestack_app, spokestack_jobs
  using (( SELECT app.sees_all() AS sees_all))
  with check (( SELECT app.sees_all() AS sees_all));
comment on policy visible on public.lead_forms is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE OF name, brand_id, owner_id, key_hash, is_active ON public.lead_forms FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE TRIGGER webhook_owner_named AFTER INSERT OR UPDATE OF page_id, key_hash, is_active ON public.lead_forms FOR EACH ROW WHEN (new.is_active) EXECUTE FUNCTION app.webhook_owner_named();
grant insert, select, update on public.lead_forms to spokestack_app;
grant insert, select, update on public.lead_forms to spokestack_jobs;
comment on table public.lead_forms is 'Where leads come from: a Facebook page with all its forms, or what a key of Google’s lead forms stands for; and whose contacts they become.';
comment on column public.lead_forms.key_hash is 'SHA-256 of the key, which is random and shown once.';
comment on column public.lead_forms.previous_key_hash is 'The key of before still counts until previous_key_until: Google does not send again what was refused.';

-- public.leads

create table public.leads (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  source public.lead_source not null,
  native_lead_id text not null,
  native_form_id text,
  native_campaign_id text,
  native_ad_id text,
  lead_form_id uuid,
  contact_id uuid,
  submitted_at timestamp with time zone,
  created_at timestamp with time zone default now() not null
);
alter table public.leads add constraint leads_native_lead_id_check CHECK (((length(native_lead_id) >= 1) AND (length(native_lead_id) <= 500)));
alter table public.leads add constraint leads_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE SET NULL (contact_id);
alter table public.leads add constraint leads_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.leads add constraint leads_organization_id_lead_form_id_fkey FOREIGN KEY (organization_id, lead_form_id) REFERENCES public.lead_forms(organization_id, id) ON DELETE SET NULL (lead_form_id);
alter table public.leads add constraint leads_organization_id_source_native_lead_id_key UNIQUE (organization_id, source, native_lead_id);
alter table public.leads add constraint leads_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX leads_contact ON public.leads USING btree (organization_id, contact_id);
CREATE INDEX leads_form ON public.leads USING btree (organization_id, lead_form_id, native_form_id);
alter table public.leads enable row level security;
alter table public.leads force row level security;
create policy tenant on public.leads as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.leads is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.leads as restrictive for all to spokestack_app, spokestack_jobs
  using (( SELECT app.sees_all() AS sees_all))
  with check (( SELECT app.sees_all() AS sees_all));
comment on policy visible on public.leads is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant insert, select on public.leads to spokestack_app;
grant insert, select on public.leads to spokestack_jobs;
comment on table public.leads is 'Which leads are in, kept for ever so that none becomes two contacts. What a person answered stands on the contact alone.';

-- public.margin_rules

create table public.margin_rules (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  brand_id uuid,
  campaign_id uuid,
  kind public.margin_kind not null,
  applies_to public.budget_kind[] default '{MEDIA,BOOST,CREATOR,OTHER}'::public.budget_kind[] not null,
  percent numeric(7,4),
  amount numeric(18,4),
  currency character(3),
  valid_from date not null,
  valid_to date,
  note text,
  created_by_id uuid,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.margin_rules add constraint margin_rules_amount_check CHECK ((amount >= (0)::numeric));
alter table public.margin_rules add constraint margin_rules_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from)));
alter table public.margin_rules add constraint margin_rules_check1 CHECK (((campaign_id IS NULL) OR (brand_id IS NULL)));
alter table public.margin_rules add constraint margin_rules_check2 CHECK (
CASE kind
    WHEN 'FIXED'::public.margin_kind THEN ((amount IS NOT NULL) AND (currency IS NOT NULL) AND (percent IS NULL))
    WHEN 'SHARE'::public.margin_kind THEN ((percent IS NOT NULL) AND (percent < (100)::numeric) AND (amount IS NULL))
    ELSE ((percent IS NOT NULL) AND (amount IS NULL))
END);
alter table public.margin_rules add constraint margin_rules_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.margin_rules add constraint margin_rules_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text));
alter table public.margin_rules add constraint margin_rules_note_check CHECK ((length(note) <= 1000));
alter table public.margin_rules add constraint margin_rules_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE CASCADE;
alter table public.margin_rules add constraint margin_rules_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.margin_rules add constraint margin_rules_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.margin_rules add constraint margin_rules_percent_check CHECK (((percent >= (0)::numeric) AND (percent < (1000)::numeric)));
alter table public.margin_rules add constraint margin_rules_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX margin_rules_author ON public.margin_rules USING btree (created_by_id);
CREATE INDEX margin_rules_brand ON public.margin_rules USING btree (organization_id, brand_id);
CREATE INDEX margin_rules_campaign ON public.margin_rules USING btree (organization_id, campaign_id);
alter table public.margin_rules enable row level security;
alter table public.margin_rules force row level security;
create policy tenant on public.margin_rules as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.margin_rules is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.margin_rules as restrictive for all to spokestack_app, spokestack_jobs
  using (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR ((campaign_id IS NULL) AND ((brand_id IS NULL) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])))) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = margin_rules.organization_id) AND (r.id = margin_rules.campaign_id))
 OFFSET 0)))))
  with check (((( SELECT app.scope() AS scope) <> 'brand'::text) AND (( SELECT app.sees_all() AS sees_all) OR ((campaign_id IS NULL) AND ((brand_id IS NULL) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])))) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = margin_rules.organization_id) AND (r.id = margin_rules.campaign_id))
 OFFSET 0)))));
comment on policy visible on public.margin_rules is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.margin_rules FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.margin_rules to spokestack_app;
grant insert, select, update on public.margin_rules to spokestack_jobs;
comment on table public.margin_rules is 'What the agency earns on a campaign’s cost. MARKUP: percent of the cost, on top. SHARE: percent of what the client pays, so cost / (1 - percent) is that. FIXED: an amount a month. The narrowest that is valid on a day holds: campaign, brand, agency.';

-- public.memberships

create table public.memberships (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  user_id uuid not null,
  brand_id uuid,
  role public.member_role not null,
  overrides jsonb default '{}'::jsonb not null,
  invited_by_id uuid,
  invited_at timestamp with time zone,
  joined_at timestamp with time zone default now() not null,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.memberships add constraint memberships_invited_by_id_fkey FOREIGN KEY (invited_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.memberships add constraint memberships_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE CASCADE;
alter table public.memberships add constraint memberships_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.memberships add constraint memberships_organization_id_user_id_key UNIQUE (organization_id, user_id);
alter table public.memberships add constraint memberships_pkey PRIMARY KEY (organization_id, id);
alter table public.memberships add constraint memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
CREATE INDEX memberships_brand ON public.memberships USING btree (organization_id, brand_id);
CREATE INDEX memberships_invited_by ON public.memberships USING btree (invited_by_id);
CREATE INDEX memberships_user ON public.memberships USING btree (user_id);
alter table public.memberships enable row level security;
alter table public.memberships force row level security;
create policy tenant on public.memberships as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.memberships is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.memberships as restrictive for all to spokestack_app, spokestack_jobs
  using (((( SELECT app.scope() AS scope) <> 'brand'::text) OR (brand_id IS NULL) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[]))))
  with check (((( SELECT app.scope() AS scope) <> 'brand'::text) OR (brand_id IS NULL) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[]))));
comment on policy visible on public.memberships is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.memberships FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.memberships to spokestack_app;
grant insert, select, update on public.memberships to spokestack_jobs;
comment on column public.memberships.brand_id is 'NULL: a member of the agency. Set: a client''s own login, which sees that brand alone.';

-- public.merges

create table public.merges (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  noun public.record_noun not null,
  company_id uuid,
  merged_company_id uuid,
  contact_id uuid,
  merged_contact_id uuid,
  kept_before jsonb not null,
  merged_before jsonb not null,
  moved jsonb not null,
  changes jsonb default '{}'::jsonb not null,
  created_by_id uuid,
  undone_at timestamp with time zone,
  created_at timestamp with time zone default now() not null
);
alter table public.merges add constraint merges_check CHECK ((num_nonnulls(company_id, contact_id) = 1));
alter table public.merges add constraint merges_check1 CHECK (((num_nulls(company_id, merged_company_id) <> 1) AND (num_nulls(contact_id, merged_contact_id) <> 1)));
alter table public.merges add constraint merges_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.merges add constraint merges_organization_id_company_id_fkey FOREIGN KEY (organization_id, company_id) REFERENCES public.companies(organization_id, id) ON DELETE CASCADE;
alter table public.merges add constraint merges_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;
alter table public.merges add constraint merges_organization_id_merged_company_id_fkey FOREIGN KEY (organization_id, merged_company_id) REFERENCES public.companies(organization_id, id) ON DELETE CASCADE;
alter table public.merges add constraint merges_organization_id_merged_contact_id_fkey FOREIGN KEY (organization_id, merged_contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;
alter table public.merges add constraint merges_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX merges_author ON public.merges USING btree (created_by_id);
CREATE INDEX merges_company_id ON public.merges USING btree (organization_id, company_id) WHERE (company_id IS NOT NULL);
CREATE INDEX merges_contact_id ON public.merges USING btree (organization_id, contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX merges_merged_company_id ON public.merges USING btree (organization_id, merged_company_id) WHERE (merged_company_id IS NOT NULL);
CREATE INDEX merges_merged_contact_id ON public.merges USING btree (organization_id, merged_contact_id) WHERE (merged_contact_id IS NOT NULL);
alter table public.merges enable row level security;
alter table public.merges force row level security;
create policy tenant on public.merges as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.merges is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.merges as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = merges.organization_id) AND (r.id = merges.company_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = merges.organization_id) AND (r.id = merges.contact_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = merges.organization_id) AND (r.id = merges.company_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = merges.organization_id) AND (r.id = merges.contact_id))
 OFFSET 0))));
comment on policy visible on public.merges is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant select on public.merges (company_id) to spokestack_app;
grant select on public.merges (company_id) to spokestack_jobs;
grant select on public.merges (contact_id) to spokestack_app;
grant select on public.merges (contact_id) to spokestack_jobs;
grant select on public.merges (created_at) to spokestack_app;
grant select on public.merges (created_at) to spokestack_jobs;
grant select on public.merges (created_by_id) to spokestack_app;
grant select on public.merges (created_by_id) to spokestack_jobs;
grant select on public.merges (id) to spokestack_app;
grant select on public.merges (id) to spokestack_jobs;
grant select on public.merges (merged_company_id) to spokestack_app;
grant select on public.merges (merged_company_id) to spokestack_jobs;
grant select on public.merges (merged_contact_id) to spokestack_app;
grant select on public.merges (merged_contact_id) to spokestack_jobs;
grant select on public.merges (noun) to spokestack_app;
grant select on public.merges (noun) to spokestack_jobs;
grant select on public.merges (organization_id) to spokestack_app;
grant select on public.merges (organization_id) to spokestack_jobs;
grant select on public.merges (undone_at) to spokestack_app;
grant select on public.merges (undone_at) to spokestack_jobs;
grant select, update on public.merges (changes) to spokestack_app;
grant select, update on public.merges (changes) to spokestack_jobs;
comment on table public.merges is 'Two records that became one: both as they were, and what moved. It goes with either, since it holds what they held.';
comment on column public.merges.changes is 'What the merge wrote into the kept record, as {column: {from, to}}.';
comment on column public.merges.moved is '[{table, column, keys, dropped}]: the keys of the rows that moved, and the rows that the kept record had already.';

-- public.note_mentions

create table public.note_mentions (
  organization_id uuid not null,
  note_id uuid not null,
  user_id uuid not null,
  created_at timestamp with time zone default now() not null
);
alter table public.note_mentions add constraint note_mentions_organization_id_note_id_fkey FOREIGN KEY (organization_id, note_id) REFERENCES public.notes(organization_id, id) ON DELETE CASCADE;
alter table public.note_mentions add constraint note_mentions_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE CASCADE;
alter table public.note_mentions add constraint note_mentions_pkey PRIMARY KEY (organization_id, note_id, user_id);
CREATE INDEX note_mentions_user ON public.note_mentions USING btree (organization_id, user_id);
alter table public.note_mentions enable row level security;
alter table public.note_mentions force row level security;
create policy tenant on public.note_mentions as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.note_mentions is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.note_mentions as restrictive for all to spokestack_app, spokestack_jobs
  using ((EXISTS ( SELECT
   FROM public.notes r
  WHERE ((r.organization_id = note_mentions.organization_id) AND (r.id = note_mentions.note_id))
 OFFSET 0)))
  with check ((EXISTS ( SELECT
   FROM public.notes r
  WHERE ((r.organization_id = note_mentions.organization_id) AND (r.id = note_mentions.note_id))
 OFFSET 0)));
comment on policy visible on public.note_mentions is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select on public.note_mentions to spokestack_app;
grant delete, insert, select on public.note_mentions to spokestack_jobs;

-- public.notes

create table public.notes (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  brand_id uuid,
  owner_id uuid,
  created_by_id uuid,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  company_id uuid,
  contact_id uuid,
  deal_id uuid,
  campaign_id uuid,
  content text not null,
  audience public.audience default 'AGENCY'::public.audience not null
);
alter table public.notes add constraint notes_check CHECK ((num_nonnulls(company_id, contact_id, deal_id, campaign_id) >= 1));
alter table public.notes add constraint notes_content_check CHECK (((length(content) >= 1) AND (length(content) <= 100000)));
alter table public.notes add constraint notes_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.notes add constraint notes_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE SET NULL (brand_id);
alter table public.notes add constraint notes_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.notes add constraint notes_organization_id_company_id_fkey FOREIGN KEY (organization_id, company_id) REFERENCES public.companies(organization_id, id) ON DELETE CASCADE;
alter table public.notes add constraint notes_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;
alter table public.notes add constraint notes_organization_id_deal_id_fkey FOREIGN KEY (organization_id, deal_id) REFERENCES public.deals(organization_id, id) ON DELETE CASCADE;
alter table public.notes add constraint notes_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.notes add constraint notes_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (owner_id);
alter table public.notes add constraint notes_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX notes_author ON public.notes USING btree (created_by_id);
CREATE INDEX notes_brand ON public.notes USING btree (organization_id, brand_id);
CREATE INDEX notes_campaign ON public.notes USING btree (organization_id, campaign_id);
CREATE INDEX notes_company ON public.notes USING btree (organization_id, company_id);
CREATE INDEX notes_contact ON public.notes USING btree (organization_id, contact_id);
CREATE INDEX notes_created ON public.notes USING btree (organization_id, created_at DESC, id DESC);
CREATE INDEX notes_created_by ON public.notes USING btree (organization_id, created_by_id);
CREATE INDEX notes_deal ON public.notes USING btree (organization_id, deal_id);
CREATE INDEX notes_owner ON public.notes USING btree (organization_id, owner_id);
CREATE INDEX notes_updated ON public.notes USING btree (organization_id, updated_at DESC, id DESC);
alter table public.notes enable row level security;
alter table public.notes force row level security;
create policy tenant on public.notes as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.notes is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.notes as restrictive for all to spokestack_app, spokestack_jobs
  using ((((audience = 'EVERYONE'::public.audience) OR ((audience = 'AGENCY'::public.audience) AND (( SELECT app.scope() AS scope) <> 'brand'::text)) OR (created_by_id = ( SELECT app.user_id() AS user_id))) AND (( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id)) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = notes.organization_id) AND (r.id = notes.campaign_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = notes.organization_id) AND (r.id = notes.company_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = notes.organization_id) AND (r.id = notes.contact_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.deals r
  WHERE ((r.organization_id = notes.organization_id) AND (r.id = notes.deal_id))
 OFFSET 0)))))
  with check ((((audience = 'EVERYONE'::public.audience) OR ((audience = 'AGENCY'::public.audience) AND (( SELECT app.scope() AS scope) <> 'brand'::text)) OR (created_by_id = ( SELECT app.user_id() AS user_id))) AND (( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id)))));
comment on policy visible on public.notes is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.notes FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.notes to spokestack_app;
grant insert, select, update on public.notes to spokestack_jobs;
comment on column public.notes.content is 'Markdown as it was written; a mention is [@Name](user:ID).';

-- public.notifications

create table public.notifications (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  user_id uuid not null,
  kind public.notification_kind not null,
  actor_id uuid,
  note_id uuid,
  task_id uuid,
  company_id uuid,
  contact_id uuid,
  deal_id uuid,
  campaign_id uuid,
  read_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  creator_contract_id uuid
);
alter table public.notifications add constraint notifications_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.notifications add constraint notifications_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.notifications add constraint notifications_organization_id_company_id_fkey FOREIGN KEY (organization_id, company_id) REFERENCES public.companies(organization_id, id) ON DELETE CASCADE;
alter table public.notifications add constraint notifications_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;
alter table public.notifications add constraint notifications_organization_id_creator_contract_id_fkey FOREIGN KEY (organization_id, creator_contract_id) REFERENCES public.creator_contracts(organization_id, id) ON DELETE CASCADE;
alter table public.notifications add constraint notifications_organization_id_deal_id_fkey FOREIGN KEY (organization_id, deal_id) REFERENCES public.deals(organization_id, id) ON DELETE CASCADE;
alter table public.notifications add constraint notifications_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.notifications add constraint notifications_organization_id_note_id_fkey FOREIGN KEY (organization_id, note_id) REFERENCES public.notes(organization_id, id) ON DELETE CASCADE;
alter table public.notifications add constraint notifications_organization_id_task_id_fkey FOREIGN KEY (organization_id, task_id) REFERENCES public.tasks(organization_id, id) ON DELETE CASCADE;
alter table public.notifications add constraint notifications_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE CASCADE;
alter table public.notifications add constraint notifications_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX notifications_actor ON public.notifications USING btree (actor_id);
CREATE INDEX notifications_campaign ON public.notifications USING btree (organization_id, campaign_id);
CREATE INDEX notifications_company ON public.notifications USING btree (organization_id, company_id);
CREATE INDEX notifications_contact ON public.notifications USING btree (organization_id, contact_id);
CREATE INDEX notifications_contract ON public.notifications USING btree (organization_id, creator_contract_id) WHERE (creator_contract_id IS NOT NULL);
CREATE INDEX notifications_deal ON public.notifications USING btree (organization_id, deal_id);
CREATE INDEX notifications_note ON public.notifications USING btree (organization_id, note_id);
CREATE INDEX notifications_person ON public.notifications USING btree (organization_id, user_id, created_at DESC, id DESC);
CREATE INDEX notifications_task ON public.notifications USING btree (organization_id, task_id);
CREATE INDEX notifications_unread ON public.notifications USING btree (organization_id, user_id) WHERE (read_at IS NULL);
alter table public.notifications enable row level security;
alter table public.notifications force row level security;
create policy tenant on public.notifications as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.notifications is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.notifications as restrictive for all to spokestack_app, spokestack_jobs
  using ((user_id = ( SELECT app.user_id() AS user_id)))
  with check ((user_id = ( SELECT app.user_id() AS user_id)));
comment on policy visible on public.notifications is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant select on public.notifications to spokestack_app;
grant select on public.notifications to spokestack_jobs;
grant update on public.notifications (read_at) to spokestack_app;
comment on table public.notifications is 'What one person is told. It refers and quotes nothing: what it is about is read under the policies of the reader.';

-- public.oauth_connections

create table public.oauth_connections (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  platform public.ad_platform not null,
  source public.metric_source default 'API'::public.metric_source not null,
  state public.connection_state default 'CONNECTED'::public.connection_state not null,
  native_user_id text not null,
  native_user_name text,
  access_token bytea,
  refresh_token bytea,
  token_version integer default 1 not null,
  scopes text[] default '{}'::text[] not null,
  expires_at timestamp with time zone,
  error text,
  granted_by_id uuid,
  granted_at timestamp with time zone default now() not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  asked_scopes text[] default '{}'::text[] not null,
  refresh_lease_until timestamp with time zone,
  refresh_lease_token uuid,
  accounts_listed_at timestamp with time zone,
  is_by_link boolean default false not null,
  is_renewed boolean generated always as ((refresh_token IS NOT NULL)) stored not null
);
alter table public.oauth_connections add constraint oauth_connections_access_token_check CHECK (((octet_length(access_token) >= 33) AND (get_byte(access_token, 0) = 1)));
alter table public.oauth_connections add constraint oauth_connections_granted_by_id_fkey FOREIGN KEY (granted_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.oauth_connections add constraint oauth_connections_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.oauth_connections add constraint oauth_connections_organization_id_platform_native_user_id_key UNIQUE (organization_id, platform, native_user_id);
alter table public.oauth_connections add constraint oauth_connections_pkey PRIMARY KEY (organization_id, id);
alter table public.oauth_connections add constraint oauth_connections_refresh_token_check CHECK (((octet_length(refresh_token) >= 33) AND (get_byte(refresh_token, 0) = 1)));
CREATE INDEX oauth_connections_granted_by ON public.oauth_connections USING btree (granted_by_id);
alter table public.oauth_connections enable row level security;
alter table public.oauth_connections force row level security;
create policy tenant on public.oauth_connections as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.oauth_connections is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.oauth_connections as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (granted_by_id = ( SELECT app.user_id() AS user_id))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (granted_by_id = ( SELECT app.user_id() AS user_id))));
comment on policy visible on public.oauth_connections is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.oauth_connections FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, update on public.oauth_connections to spokestack_app;
grant insert, select, update on public.oauth_connections to spokestack_jobs;
grant select on public.oauth_connections (accounts_listed_at) to spokestack_app;
grant select on public.oauth_connections (asked_scopes) to spokestack_app;
grant select on public.oauth_connections (created_at) to spokestack_app;
grant select on public.oauth_connections (created_at) to spokestack_jobs;
grant select on public.oauth_connections (error) to spokestack_app;
grant select on public.oauth_connections (error) to spokestack_jobs;
grant select on public.oauth_connections (expires_at) to spokestack_app;
grant select on public.oauth_connections (expires_at) to spokestack_jobs;
grant select on public.oauth_connections (granted_at) to spokestack_app;
grant select on public.oauth_connections (granted_at) to spokestack_jobs;
grant select on public.oauth_connections (granted_by_id) to spokestack_app;
grant select on public.oauth_connections (granted_by_id) to spokestack_jobs;
grant select on public.oauth_connections (id) to spokestack_app;
grant select on public.oauth_connections (id) to spokestack_jobs;
grant select on public.oauth_connections (is_by_link) to spokestack_app;
grant select on public.oauth_connections (is_renewed) to spokestack_app;
grant select on public.oauth_connections (native_user_id) to spokestack_app;
grant select on public.oauth_connections (native_user_id) to spokestack_jobs;
grant select on public.oauth_connections (native_user_name) to spokestack_app;
grant select on public.oauth_connections (native_user_name) to spokestack_jobs;
grant select on public.oauth_connections (organization_id) to spokestack_app;
grant select on public.oauth_connections (organization_id) to spokestack_jobs;
grant select on public.oauth_connections (platform) to spokestack_app;
grant select on public.oauth_connections (platform) to spokestack_jobs;
grant select on public.oauth_connections (refresh_lease_token) to spokestack_app;
grant select on public.oauth_connections (refresh_lease_until) to spokestack_app;
grant select on public.oauth_connections (scopes) to spokestack_app;
grant select on public.oauth_connections (scopes) to spokestack_jobs;
grant select on public.oauth_connections (source) to spokestack_app;
grant select on public.oauth_connections (source) to spokestack_jobs;
grant select on public.oauth_connections (state) to spokestack_app;
grant select on public.oauth_connections (state) to spokestack_jobs;
grant select on public.oauth_connections (token_version) to spokestack_app;
grant select on public.oauth_connections (token_version) to spokestack_jobs;
grant select on public.oauth_connections (updated_at) to spokestack_app;
grant select on public.oauth_connections (updated_at) to spokestack_jobs;
grant select on public.oauth_connections (version) to spokestack_app;
grant select on public.oauth_connections (version) to spokestack_jobs;
comment on table public.oauth_connections is 'One person''s grant at a platform; it may serve many ad accounts. Tokens are AES-256-GCM with the row and column as AAD.';
comment on column public.oauth_connections.is_by_link is 'Given through a reconnect link, by somebody who need not be a user here; granted_by_id made the link.';
comment on column public.oauth_connections.is_renewed is 'It holds a refresh token: expires_at is then when the present access token ends, which nobody has to care about.';
comment on column public.oauth_connections.refresh_lease_token is 'Who refreshes now: the answer is written by whoever still holds this, and only over the token version that was read.';

-- public.oauth_states

create table public.oauth_states (
  state_hash text not null,
  session_id text,
  organization_id uuid not null,
  user_id uuid,
  platform public.ad_platform not null,
  redirect_uri text not null,
  return_to text not null,
  code_verifier text,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  reconnect_link_id uuid,
  nonce_hash text
);
alter table public.oauth_states add constraint oauth_states_check CHECK (((user_id IS NOT NULL) OR (reconnect_link_id IS NOT NULL)));
alter table public.oauth_states add constraint oauth_states_check1 CHECK (((reconnect_link_id IS NULL) = (nonce_hash IS NULL)));
alter table public.oauth_states add constraint oauth_states_nonce_hash_check CHECK ((length(nonce_hash) = 64));
alter table public.oauth_states add constraint oauth_states_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.oauth_states add constraint oauth_states_organization_id_reconnect_link_id_fkey FOREIGN KEY (organization_id, reconnect_link_id) REFERENCES public.reconnect_links(organization_id, id) ON DELETE CASCADE;
alter table public.oauth_states add constraint oauth_states_pkey PRIMARY KEY (state_hash);
alter table public.oauth_states add constraint oauth_states_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;
alter table public.oauth_states add constraint oauth_states_state_hash_check CHECK ((length(state_hash) = 64));
alter table public.oauth_states add constraint oauth_states_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
CREATE INDEX oauth_states_organization ON public.oauth_states USING btree (organization_id);
CREATE INDEX oauth_states_reconnect_link ON public.oauth_states USING btree (organization_id, reconnect_link_id);
CREATE INDEX oauth_states_session ON public.oauth_states USING btree (session_id);
CREATE INDEX oauth_states_user ON public.oauth_states USING btree (user_id);
alter table public.oauth_states enable row level security;
alter table public.oauth_states force row level security;
comment on table public.oauth_states is 'One-time states, bound to the session, agency, platform and redirect address that began the flow. An API key has no session: its flow is ended by a person of the agency who may connect.';
comment on column public.oauth_states.nonce_hash is 'SHA-256 of what the browser that began at a reconnect link keeps in a cookie: the flow ends in that browser alone.';

-- public.organizations

create table public.organizations (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  type public.organization_type not null,
  parent_id uuid,
  name text not null,
  slug public.citext not null,
  reporting_currency character(3) default 'USD'::bpchar not null,
  time_zone text default 'UTC'::text not null,
  modules text[] default '{}'::text[] not null,
  settings jsonb default '{}'::jsonb not null,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  value_source public.value_source,
  pacing_tolerance numeric(5,4)
);
alter table public.organizations add constraint organizations_check CHECK (((type = 'BRAND'::public.organization_type) = (organization_id <> id)));
alter table public.organizations add constraint organizations_check1 CHECK (((type <> 'BRAND'::public.organization_type) OR (parent_id = organization_id)));
alter table public.organizations add constraint organizations_id_key UNIQUE (id);
alter table public.organizations add constraint organizations_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table public.organizations add constraint organizations_pacing_tolerance_check CHECK (((pacing_tolerance > (0)::numeric) AND (pacing_tolerance < (1)::numeric)));
alter table public.organizations add constraint organizations_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.organizations(id) ON DELETE RESTRICT;
alter table public.organizations add constraint organizations_pkey PRIMARY KEY (organization_id, id);
alter table public.organizations add constraint organizations_reporting_currency_check CHECK ((reporting_currency ~ '^[A-Z]{3}$'::text));
alter table public.organizations add constraint organizations_slug_check CHECK ((slug OPERATOR(public.~) '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::public.citext));
CREATE INDEX organizations_parent ON public.organizations USING btree (parent_id);
CREATE UNIQUE INDEX organizations_agency_slug ON public.organizations USING btree (slug) WHERE (type <> 'BRAND'::public.organization_type);
CREATE UNIQUE INDEX organizations_brand_slug ON public.organizations USING btree (organization_id, slug) WHERE (type = 'BRAND'::public.organization_type);
alter table public.organizations enable row level security;
alter table public.organizations force row level security;
create policy tenant on public.organizations as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.organizations is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.organizations as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (type <> 'BRAND'::public.organization_type) OR (id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[]))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (type <> 'BRAND'::public.organization_type) OR (id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[]))));
comment on policy visible on public.organizations is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.organizations FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.organizations to spokestack_app;
grant insert, select, update on public.organizations to spokestack_jobs;
comment on table public.organizations is 'Platform, agencies (the tenants) and their brands. A brand''s organization_id is its agency''s; an agency''s is its own.';
comment on column public.organizations.pacing_tolerance is 'How far the pacing ratio may be from 1 before it is told: 0.1 is 10 %. NULL at a brand: the agency’s; NULL at the agency: 0.1.';
comment on column public.organizations.value_source is 'NULL at a brand: the agency’s; NULL at the agency: PLATFORMS.';

-- public.platform_campaigns

create table public.platform_campaigns (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  ad_account_id uuid not null,
  campaign_id uuid,
  native_id text not null,
  name text not null,
  objective public.campaign_objective,
  native_objective text,
  native_status text,
  starts_on date,
  ends_on date,
  daily_budget numeric(18,6),
  lifetime_budget numeric(18,6),
  is_gone boolean default false not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  brand_id uuid,
  labels text[] default '{}'::text[] not null,
  attached_by public.attachment_kind,
  attached_at timestamp with time zone,
  is_boost boolean default false not null,
  campaign_creator_id uuid
);
alter table public.platform_campaigns add constraint platform_campaigns_check CHECK (((campaign_creator_id IS NULL) OR is_boost));
alter table public.platform_campaigns add constraint platform_campaigns_organization_id_ad_account_id_fkey FOREIGN KEY (organization_id, ad_account_id) REFERENCES public.ad_accounts(organization_id, id) ON DELETE CASCADE;
alter table public.platform_campaigns add constraint platform_campaigns_organization_id_ad_account_id_native_id_key UNIQUE (organization_id, ad_account_id, native_id);
alter table public.platform_campaigns add constraint platform_campaigns_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE SET NULL (brand_id);
alter table public.platform_campaigns add constraint platform_campaigns_organization_id_campaign_creator_id_fkey FOREIGN KEY (organization_id, campaign_creator_id) REFERENCES public.campaign_creators(organization_id, id) ON DELETE SET NULL (campaign_creator_id);
alter table public.platform_campaigns add constraint platform_campaigns_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE SET NULL (campaign_id);
alter table public.platform_campaigns add constraint platform_campaigns_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX platform_campaigns_brand ON public.platform_campaigns USING btree (organization_id, brand_id);
CREATE INDEX platform_campaigns_campaign ON public.platform_campaigns USING btree (organization_id, campaign_id);
CREATE INDEX platform_campaigns_campaign_creator ON public.platform_campaigns USING btree (organization_id, campaign_creator_id);
alter table public.platform_campaigns enable row level security;
alter table public.platform_campaigns force row level security;
create policy tenant on public.platform_campaigns as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.platform_campaigns is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.platform_campaigns as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (campaign_id = ANY (ARRAY( SELECT c.id
   FROM public.campaigns c))) OR ((campaign_id IS NULL) AND (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[]))) OR ((campaign_id IS NULL) AND (brand_id IS NULL) AND (ad_account_id = ANY (ARRAY( SELECT a.id
   FROM public.ad_accounts a
  WHERE ((a.brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (a.owner_id = ( SELECT app.person_id() AS person_id)) OR (a.created_by_id = ( SELECT app.person_id() AS person_id)))))))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (campaign_id = ANY (ARRAY( SELECT c.id
   FROM public.campaigns c))) OR ((campaign_id IS NULL) AND (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[]))) OR ((campaign_id IS NULL) AND (brand_id IS NULL) AND (ad_account_id = ANY (ARRAY( SELECT a.id
   FROM public.ad_accounts a
  WHERE ((a.brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (a.owner_id = ( SELECT app.person_id() AS person_id)) OR (a.created_by_id = ( SELECT app.person_id() AS person_id)))))))));
comment on policy visible on public.platform_campaigns is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER follow_brand_rules BEFORE INSERT OR UPDATE OF name, brand_id ON public.platform_campaigns FOR EACH ROW EXECUTE FUNCTION app.follow_brand_rules();
CREATE TRIGGER touch BEFORE UPDATE ON public.platform_campaigns FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.platform_campaigns to spokestack_app;
grant insert, select, update on public.platform_campaigns to spokestack_jobs;
comment on column public.platform_campaigns.attached_by is 'How it came to its campaign; null while it waits for one, and of what came before this was kept.';
comment on column public.platform_campaigns.brand_id is 'The brand that a rule of its ad account gives it; null: the account''s own.';
comment on column public.platform_campaigns.campaign_creator_id is 'The work whose posts it boosts, where that is known.';
comment on column public.platform_campaigns.is_boost is 'It pays for the reach of a creator’s posts: its spend is boost and not media.';
comment on column public.platform_campaigns.is_gone is 'No longer listed by the platform; its figures stay.';
comment on column public.platform_campaigns.labels is 'As the platform names them: Meta’s ad labels, Google’s labels; TikTok has none.';

-- public.platform_settings

create table public.platform_settings (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  platform public.ad_platform not null,
  restatement_days integer,
  is_intraday boolean default true not null,
  backfill_months integer default 37 not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.platform_settings add constraint platform_settings_backfill_months_check CHECK (((backfill_months >= 0) AND (backfill_months <= 37)));
alter table public.platform_settings add constraint platform_settings_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.platform_settings add constraint platform_settings_organization_id_platform_key UNIQUE (organization_id, platform);
alter table public.platform_settings add constraint platform_settings_pkey PRIMARY KEY (organization_id, id);
alter table public.platform_settings add constraint platform_settings_restatement_days_check CHECK (((restatement_days >= 28) AND (restatement_days <= 90)));
alter table public.platform_settings enable row level security;
alter table public.platform_settings force row level security;
create policy tenant on public.platform_settings as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.platform_settings is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
CREATE TRIGGER touch BEFORE UPDATE ON public.platform_settings FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.platform_settings to spokestack_app;
grant insert, select, update on public.platform_settings to spokestack_jobs;
comment on table public.platform_settings is 'What an agency set for a platform; without a row its defaults hold. restatement_days null: the platform''s own.';

-- public.reach_periods

create table public.reach_periods (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  ad_account_id uuid not null,
  platform_campaign_id uuid,
  level public.reach_level not null,
  period_start date not null,
  period_end date not null,
  reach bigint,
  frequency numeric(12,6),
  source public.metric_source not null,
  sync_run_id uuid,
  fetched_at timestamp with time zone not null
);
alter table public.reach_periods add constraint reach_periods_check CHECK (((level = 'CAMPAIGN'::public.reach_level) = (platform_campaign_id IS NOT NULL)));
alter table public.reach_periods add constraint reach_periods_check1 CHECK ((period_end >= period_start));
alter table public.reach_periods add constraint reach_periods_organization_id_ad_account_id_fkey FOREIGN KEY (organization_id, ad_account_id) REFERENCES public.ad_accounts(organization_id, id) ON DELETE CASCADE;
alter table public.reach_periods add constraint reach_periods_organization_id_ad_account_id_platform_campai_key UNIQUE NULLS NOT DISTINCT (organization_id, ad_account_id, platform_campaign_id, period_start, period_end);
alter table public.reach_periods add constraint reach_periods_organization_id_platform_campaign_id_fkey FOREIGN KEY (organization_id, platform_campaign_id) REFERENCES public.platform_campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.reach_periods add constraint reach_periods_organization_id_sync_run_id_fkey FOREIGN KEY (organization_id, sync_run_id) REFERENCES public.sync_runs(organization_id, id) ON DELETE SET NULL (sync_run_id);
alter table public.reach_periods add constraint reach_periods_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX reach_periods_campaign ON public.reach_periods USING btree (organization_id, platform_campaign_id);
CREATE INDEX reach_periods_run ON public.reach_periods USING btree (organization_id, sync_run_id);
alter table public.reach_periods enable row level security;
alter table public.reach_periods force row level security;
create policy tenant on public.reach_periods as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.reach_periods is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.reach_periods as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (platform_campaign_id = ANY (ARRAY( SELECT p.id
   FROM public.platform_campaigns p)))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (platform_campaign_id = ANY (ARRAY( SELECT p.id
   FROM public.platform_campaigns p)))));
comment on policy visible on public.reach_periods is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant select on public.reach_periods to spokestack_app;
grant delete, insert, select, update on public.reach_periods to spokestack_jobs;
comment on table public.reach_periods is 'Reach and frequency as the platform gave them for one period and level. Reach is not additive.';

-- public.reconnect_links

create table public.reconnect_links (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  connection_id uuid not null,
  token_hash text not null,
  created_by_id uuid,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  revoked_at timestamp with time zone
);
alter table public.reconnect_links add constraint reconnect_links_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.reconnect_links add constraint reconnect_links_organization_id_connection_id_fkey FOREIGN KEY (organization_id, connection_id) REFERENCES public.oauth_connections(organization_id, id) ON DELETE CASCADE;
alter table public.reconnect_links add constraint reconnect_links_organization_id_token_hash_key UNIQUE (organization_id, token_hash);
alter table public.reconnect_links add constraint reconnect_links_pkey PRIMARY KEY (organization_id, id);
alter table public.reconnect_links add constraint reconnect_links_token_hash_check CHECK ((length(token_hash) = 64));
CREATE INDEX reconnect_links_connection ON public.reconnect_links USING btree (organization_id, connection_id);
CREATE INDEX reconnect_links_created_by ON public.reconnect_links USING btree (created_by_id);
CREATE INDEX reconnect_links_token ON public.reconnect_links USING btree (token_hash);
alter table public.reconnect_links enable row level security;
alter table public.reconnect_links force row level security;
create policy tenant on public.reconnect_links as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.reconnect_links is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.reconnect_links as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (connection_id = ANY (ARRAY( SELECT c.id
   FROM public.oauth_connections c)))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (connection_id = ANY (ARRAY( SELECT c.id
   FROM public.oauth_connections c)))));
comment on policy visible on public.reconnect_links is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select, update on public.reconnect_links to spokestack_app;
grant delete, insert, select, update on public.reconnect_links to spokestack_jobs;
comment on table public.reconnect_links is 'Links by which somebody without an account here gives a connection its access back. The link''s secret is stored as its SHA-256.';
comment on column public.reconnect_links.revoked_at is 'Somebody of the agency took it back: it opens nothing any more.';

-- public.record_followers

create table public.record_followers (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  user_id uuid not null,
  company_id uuid,
  contact_id uuid,
  deal_id uuid,
  campaign_id uuid,
  created_at timestamp with time zone default now() not null
);
alter table public.record_followers add constraint record_followers_check CHECK ((num_nonnulls(company_id, contact_id, deal_id, campaign_id) = 1));
alter table public.record_followers add constraint record_followers_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.record_followers add constraint record_followers_organization_id_company_id_contact_id_deal_key UNIQUE NULLS NOT DISTINCT (organization_id, company_id, contact_id, deal_id, campaign_id, user_id);
alter table public.record_followers add constraint record_followers_organization_id_company_id_fkey FOREIGN KEY (organization_id, company_id) REFERENCES public.companies(organization_id, id) ON DELETE CASCADE;
alter table public.record_followers add constraint record_followers_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;
alter table public.record_followers add constraint record_followers_organization_id_deal_id_fkey FOREIGN KEY (organization_id, deal_id) REFERENCES public.deals(organization_id, id) ON DELETE CASCADE;
alter table public.record_followers add constraint record_followers_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE CASCADE;
alter table public.record_followers add constraint record_followers_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX record_followers_campaign ON public.record_followers USING btree (organization_id, campaign_id);
CREATE INDEX record_followers_company ON public.record_followers USING btree (organization_id, company_id);
CREATE INDEX record_followers_contact ON public.record_followers USING btree (organization_id, contact_id);
CREATE INDEX record_followers_deal ON public.record_followers USING btree (organization_id, deal_id);
CREATE INDEX record_followers_user ON public.record_followers USING btree (organization_id, user_id);
alter table public.record_followers enable row level security;
alter table public.record_followers force row level security;
create policy tenant on public.record_followers as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.record_followers is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.record_followers as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = record_followers.organization_id) AND (r.id = record_followers.campaign_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = record_followers.organization_id) AND (r.id = record_followers.company_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = record_followers.organization_id) AND (r.id = record_followers.contact_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.deals r
  WHERE ((r.organization_id = record_followers.organization_id) AND (r.id = record_followers.deal_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = record_followers.organization_id) AND (r.id = record_followers.campaign_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = record_followers.organization_id) AND (r.id = record_followers.company_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = record_followers.organization_id) AND (r.id = record_followers.contact_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.deals r
  WHERE ((r.organization_id = record_followers.organization_id) AND (r.id = record_followers.deal_id))
 OFFSET 0))));
comment on policy visible on public.record_followers is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select on public.record_followers to spokestack_app;
grant delete, insert, select on public.record_followers to spokestack_jobs;
comment on table public.record_followers is 'Who is told of what happens to a record that is not theirs.';

-- public.record_keys

create table public.record_keys (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  noun public.record_noun not null,
  company_id uuid,
  contact_id uuid,
  kind public.record_key_kind not null,
  value text collate "C" not null,
  created_at timestamp with time zone default now() not null
);
alter table public.record_keys add constraint record_keys_check CHECK ((num_nonnulls(company_id, contact_id) = 1));
alter table public.record_keys add constraint record_keys_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.record_keys add constraint record_keys_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX record_keys_company ON public.record_keys USING btree (organization_id, company_id) WHERE (company_id IS NOT NULL);
CREATE INDEX record_keys_contact ON public.record_keys USING btree (organization_id, contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX record_keys_value ON public.record_keys USING btree (organization_id, value, kind, noun);
alter table public.record_keys enable row level security;
alter table public.record_keys force row level security;
create policy tenant on public.record_keys as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.record_keys is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.record_keys as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = record_keys.organization_id) AND (r.id = record_keys.company_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = record_keys.organization_id) AND (r.id = record_keys.contact_id))
 OFFSET 0))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = record_keys.organization_id) AND (r.id = record_keys.company_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = record_keys.organization_id) AND (r.id = record_keys.contact_id))
 OFFSET 0))));
comment on policy visible on public.record_keys is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant select on public.record_keys to spokestack_app;
grant select on public.record_keys to spokestack_jobs;
comment on table public.record_keys is 'What may show that two records are one, as it is compared. Kept by triggers; nobody writes here.';

-- public.removed_files

create table public.removed_files (
  organization_id uuid not null,
  storage_key text not null,
  removed_at timestamp with time zone default now() not null
);
alter table public.removed_files add constraint removed_files_pkey PRIMARY KEY (organization_id, storage_key);
CREATE INDEX removed_files_age ON public.removed_files USING btree (removed_at);
alter table public.removed_files enable row level security;
alter table public.removed_files force row level security;
comment on table public.removed_files is 'Bytes that nothing refers to any more and that the jobs have yet to remove. It outlives the agency.';

-- public.saved_view_choices

create table public.saved_view_choices (
  organization_id uuid not null,
  saved_view_id uuid not null,
  user_id uuid not null,
  is_starred boolean default false not null,
  is_default boolean default false not null
);
alter table public.saved_view_choices add constraint saved_view_choices_organization_id_saved_view_id_fkey FOREIGN KEY (organization_id, saved_view_id) REFERENCES public.saved_views(organization_id, id) ON DELETE CASCADE;
alter table public.saved_view_choices add constraint saved_view_choices_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE CASCADE;
alter table public.saved_view_choices add constraint saved_view_choices_pkey PRIMARY KEY (organization_id, saved_view_id, user_id);
CREATE INDEX saved_view_choices_user ON public.saved_view_choices USING btree (organization_id, user_id);
alter table public.saved_view_choices enable row level security;
alter table public.saved_view_choices force row level security;
create policy tenant on public.saved_view_choices as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.saved_view_choices is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.saved_view_choices as restrictive for all to spokestack_app, spokestack_jobs
  using ((user_id = ( SELECT app.user_id() AS user_id)))
  with check ((user_id = ( SELECT app.user_id() AS user_id)));
comment on policy visible on public.saved_view_choices is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select, update on public.saved_view_choices to spokestack_app;
grant delete, insert, select, update on public.saved_view_choices to spokestack_jobs;
comment on table public.saved_view_choices is 'What a person made of a view: starred, or the one that their list opens with.';

-- public.saved_views

create table public.saved_views (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  noun public.record_noun not null,
  name text not null,
  visibility public.view_visibility default 'PRIVATE'::public.view_visibility not null,
  team_id uuid,
  query text default ''::text not null,
  default_for public.member_role[] default '{}'::public.member_role[] not null,
  owner_id uuid not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.saved_views add constraint saved_views_check CHECK (((visibility = 'TEAM'::public.view_visibility) = (team_id IS NOT NULL)));
alter table public.saved_views add constraint saved_views_check1 CHECK (((visibility = 'AGENCY'::public.view_visibility) OR (default_for = '{}'::public.member_role[])));
alter table public.saved_views add constraint saved_views_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table public.saved_views add constraint saved_views_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.saved_views add constraint saved_views_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE CASCADE;
alter table public.saved_views add constraint saved_views_organization_id_team_id_fkey FOREIGN KEY (organization_id, team_id) REFERENCES public.teams(organization_id, id) ON DELETE CASCADE;
alter table public.saved_views add constraint saved_views_pkey PRIMARY KEY (organization_id, id);
alter table public.saved_views add constraint saved_views_query_check CHECK ((length(query) <= 8000));
CREATE INDEX saved_views_noun ON public.saved_views USING btree (organization_id, noun);
CREATE INDEX saved_views_owner ON public.saved_views USING btree (organization_id, owner_id);
CREATE INDEX saved_views_team ON public.saved_views USING btree (organization_id, team_id);
alter table public.saved_views enable row level security;
alter table public.saved_views force row level security;
create policy tenant on public.saved_views as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.saved_views is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.saved_views as restrictive for all to spokestack_app, spokestack_jobs
  using (((owner_id = ( SELECT app.user_id() AS user_id)) OR ((( SELECT app.scope() AS scope) <> 'brand'::text) AND ((visibility = 'AGENCY'::public.view_visibility) OR (team_id = ANY (ARRAY( SELECT m.team_id
   FROM public.team_members m
  WHERE (m.user_id = ( SELECT app.user_id() AS user_id)))))))))
  with check (((owner_id = ( SELECT app.user_id() AS user_id)) OR ((( SELECT app.scope() AS scope) <> 'brand'::text) AND ((visibility = 'AGENCY'::public.view_visibility) OR (team_id = ANY (ARRAY( SELECT m.team_id
   FROM public.team_members m
  WHERE (m.user_id = ( SELECT app.user_id() AS user_id)))))))));
comment on policy visible on public.saved_views is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.saved_views FOR EACH ROW EXECUTE FUNCTION app.touch();
grant delete, insert, select, update on public.saved_views to spokestack_app;
grant delete, insert, select, update on public.saved_views to spokestack_jobs;
comment on column public.saved_views.query is 'The list''s query string: filters, sort and columns, without a page''s cursor.';

-- public.search_entries

create table public.search_entries (
  organization_id uuid not null,
  noun public.search_noun not null,
  record_id uuid not null,
  title text collate "C" not null,
  terms text not null,
  brand_id uuid,
  owner_id uuid,
  created_by_id uuid
);
alter table public.search_entries add constraint search_entries_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.search_entries add constraint search_entries_pkey PRIMARY KEY (organization_id, noun, record_id);
CREATE INDEX search_entries_terms_like ON public.search_entries USING gin (terms public.gin_trgm_ops) WITH (gin_pending_list_limit='1024');
CREATE INDEX search_entries_title ON public.search_entries USING btree (organization_id, title, record_id);
CREATE INDEX search_entries_title_like ON public.search_entries USING gin (title public.gin_trgm_ops) WITH (gin_pending_list_limit='1024');
alter table public.search_entries enable row level security;
alter table public.search_entries force row level security;
comment on table public.search_entries is 'The active records as the search finds them. Triggers of the records write it and app.search() reads it: no serving role reaches it.';
comment on column public.search_entries.terms is 'Every word that it is found by, folded, a space before and after each: names, mail addresses and their domains, handles with and without @, the digits of phones, ids elsewhere.';
comment on column public.search_entries.title is 'The record''s name, folded (see app.fold), as far as an index holds it.';

-- public.sessions

create table public.sessions (
  id text not null,
  user_id uuid not null,
  organization_id uuid,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone default now() not null,
  last_seen_at timestamp with time zone default now() not null,
  user_agent text,
  address text
);
alter table public.sessions add constraint sessions_id_check CHECK ((length(id) = 64));
alter table public.sessions add constraint sessions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE SET NULL;
alter table public.sessions add constraint sessions_pkey PRIMARY KEY (id);
alter table public.sessions add constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
CREATE INDEX sessions_expiry ON public.sessions USING btree (expires_at);
CREATE INDEX sessions_organization ON public.sessions USING btree (organization_id);
CREATE INDEX sessions_user ON public.sessions USING btree (user_id);
alter table public.sessions enable row level security;
alter table public.sessions force row level security;
comment on table public.sessions is 'The id is the SHA-256 of the cookie''s token, so that reading this table steals no session.';

-- public.sync_attempts

create table public.sync_attempts (
  organization_id uuid not null,
  sync_run_id uuid not null,
  attempt integer not null,
  started_at timestamp with time zone default now() not null,
  ended_at timestamp with time zone,
  outcome public.sync_outcome,
  slices_done integer default 0 not null,
  error text,
  error_code text,
  platform_message text
);
alter table public.sync_attempts add constraint sync_attempts_attempt_check CHECK ((attempt > 0));
alter table public.sync_attempts add constraint sync_attempts_check CHECK (((ended_at IS NULL) = (outcome IS NULL)));
alter table public.sync_attempts add constraint sync_attempts_organization_id_sync_run_id_fkey FOREIGN KEY (organization_id, sync_run_id) REFERENCES public.sync_runs(organization_id, id) ON DELETE CASCADE;
alter table public.sync_attempts add constraint sync_attempts_pkey PRIMARY KEY (organization_id, sync_run_id, attempt);
alter table public.sync_attempts enable row level security;
alter table public.sync_attempts force row level security;
create policy tenant on public.sync_attempts as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.sync_attempts is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.sync_attempts as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (sync_run_id = ANY (ARRAY( SELECT r.id
   FROM public.sync_runs r)))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (sync_run_id = ANY (ARRAY( SELECT r.id
   FROM public.sync_runs r)))));
comment on policy visible on public.sync_attempts is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant select on public.sync_attempts to spokestack_app;
grant select on public.sync_attempts to spokestack_jobs;
comment on table public.sync_attempts is 'Every try of a sync run. RETRIED: it failed and is tried again. WAITED: the platform, or a limit, made it wait. YIELDED: it made room. LOST: its worker fell silent.';
comment on column public.sync_attempts.slices_done is 'How many of the run''s slices were in when the try ended.';

-- public.sync_differences

create table public.sync_differences (
  organization_id uuid not null,
  ad_account_id uuid not null,
  date date not null,
  currency character(3) not null,
  account_spend numeric(18,6) not null,
  campaign_spend numeric(18,6) not null,
  account_impressions bigint not null,
  campaign_impressions bigint not null,
  sync_run_id uuid,
  checked_at timestamp with time zone not null
);
alter table public.sync_differences add constraint sync_differences_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text));
alter table public.sync_differences add constraint sync_differences_organization_id_ad_account_id_fkey FOREIGN KEY (organization_id, ad_account_id) REFERENCES public.ad_accounts(organization_id, id) ON DELETE CASCADE;
alter table public.sync_differences add constraint sync_differences_organization_id_sync_run_id_fkey FOREIGN KEY (organization_id, sync_run_id) REFERENCES public.sync_runs(organization_id, id) ON DELETE SET NULL (sync_run_id);
alter table public.sync_differences add constraint sync_differences_pkey PRIMARY KEY (organization_id, ad_account_id, date);
CREATE INDEX sync_differences_run ON public.sync_differences USING btree (organization_id, sync_run_id);
alter table public.sync_differences enable row level security;
alter table public.sync_differences force row level security;
create policy tenant on public.sync_differences as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.sync_differences is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.sync_differences as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (ad_account_id = ANY (ARRAY( SELECT a.id
   FROM public.ad_accounts a)))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (ad_account_id = ANY (ARRAY( SELECT a.id
   FROM public.ad_accounts a)))));
comment on policy visible on public.sync_differences is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant select on public.sync_differences to spokestack_app;
grant delete, insert, select, update on public.sync_differences to spokestack_jobs;
comment on table public.sync_differences is 'Days on which the platform''s total of an account is not the sum of its campaigns. A day that agrees again has no row.';

-- public.sync_runs

create table public.sync_runs (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  kind public.sync_kind default 'AD_METRICS'::public.sync_kind not null,
  trigger public.sync_trigger not null,
  ad_account_id uuid not null,
  slot timestamp with time zone,
  window_start date,
  window_end date,
  status public.sync_status default 'PENDING'::public.sync_status not null,
  attempt integer default 0 not null,
  lease_until timestamp with time zone,
  requested_by_id uuid,
  requested_at timestamp with time zone default now() not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  rows_read integer default 0 not null,
  rows_written integer default 0 not null,
  rows_restated integer default 0 not null,
  rows_removed integer default 0 not null,
  retries integer default 0 not null,
  next_attempt_at timestamp with time zone,
  error text,
  error_code text,
  platform_message text,
  work public.sync_work default 'DAILY'::public.sync_work not null,
  slices_total integer default 0 not null,
  slices_done integer default 0 not null,
  calls integer default 0 not null,
  days_checked integer default 0 not null,
  days_differing integer default 0 not null,
  stop_requested_at timestamp with time zone,
  stopped_by_id uuid,
  failures integer default 0 not null,
  lost_attempts integer default 0 not null,
  note text,
  import_id uuid,
  repeats integer default 0 not null
);
alter table public.sync_runs add constraint sync_runs_organization_id_ad_account_id_fkey FOREIGN KEY (organization_id, ad_account_id) REFERENCES public.ad_accounts(organization_id, id) ON DELETE CASCADE;
alter table public.sync_runs add constraint sync_runs_organization_id_ad_account_id_slot_key UNIQUE (organization_id, ad_account_id, slot);
alter table public.sync_runs add constraint sync_runs_organization_id_import_id_fkey FOREIGN KEY (organization_id, import_id) REFERENCES public.imports(organization_id, id) ON DELETE SET NULL (import_id);
alter table public.sync_runs add constraint sync_runs_pkey PRIMARY KEY (organization_id, id);
alter table public.sync_runs add constraint sync_runs_requested_by_id_fkey FOREIGN KEY (requested_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.sync_runs add constraint sync_runs_stopped_by_id_fkey FOREIGN KEY (stopped_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
CREATE INDEX sync_runs_account ON public.sync_runs USING btree (organization_id, ad_account_id, requested_at DESC);
CREATE INDEX sync_runs_ended ON public.sync_runs USING btree (organization_id, finished_at) WHERE (finished_at IS NOT NULL);
CREATE INDEX sync_runs_import ON public.sync_runs USING btree (organization_id, import_id);
CREATE INDEX sync_runs_recent ON public.sync_runs USING btree (organization_id, requested_at DESC, id DESC);
CREATE INDEX sync_runs_requested_by ON public.sync_runs USING btree (requested_by_id);
CREATE INDEX sync_runs_stopped_by ON public.sync_runs USING btree (stopped_by_id);
CREATE UNIQUE INDEX sync_runs_one_waiting ON public.sync_runs USING btree (organization_id, ad_account_id, ((work = 'BACKFILL'::public.sync_work))) WHERE (status = ANY (ARRAY['PENDING'::public.sync_status, 'SYNCING'::public.sync_status]));
CREATE UNIQUE INDEX sync_runs_one_working ON public.sync_runs USING btree (organization_id, ad_account_id) WHERE (status = 'SYNCING'::public.sync_status);
alter table public.sync_runs enable row level security;
alter table public.sync_runs force row level security;
create policy tenant on public.sync_runs as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.sync_runs is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.sync_runs as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (ad_account_id = ANY (ARRAY( SELECT a.id
   FROM public.ad_accounts a)))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (ad_account_id = ANY (ARRAY( SELECT a.id
   FROM public.ad_accounts a)))));
comment on policy visible on public.sync_runs is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER record_attempt AFTER UPDATE OF status, attempt ON public.sync_runs FOR EACH ROW WHEN (((old.status IS DISTINCT FROM new.status) OR (old.attempt IS DISTINCT FROM new.attempt))) EXECUTE FUNCTION app.record_sync_attempt();
grant insert, select, update on public.sync_runs to spokestack_app;
grant insert, select, update on public.sync_runs to spokestack_jobs;
comment on table public.sync_runs is 'What was fetched, when, for which window, and how it ended. The lease and attempt fence a worker that came back from the dead.';
comment on column public.sync_runs.failures is 'Tries in a row that brought no slice in; retries counts all of the run.';
comment on column public.sync_runs.import_id is 'The file that the run read, in place of a platform; null for every other run.';
comment on column public.sync_runs.lost_attempts is 'Attempts in a row whose worker fell silent before a slice came in: what keeps ending its worker is given up.';
comment on column public.sync_runs.note is 'What a run that succeeded had to leave out, in plain words.';
comment on column public.sync_runs.repeats is 'Calls that were made again within an attempt, after a failure or a pause that the platform asked for. retries counts whole attempts.';
comment on column public.sync_runs.slot is 'The scheduled instant that this run answers: one run per account and slot.';
comment on column public.sync_runs.stop_requested_at is 'Somebody stopped it: it ends as PAUSED at its next safe point and keeps the slices that came in.';
comment on column public.sync_runs.work is 'DAILY: every day that may still change. INTRADAY: today alone, which is partial. RANGE: what somebody asked for. BACKFILL: the past, behind all of these.';

-- public.sync_slices

create table public.sync_slices (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  sync_run_id uuid not null,
  slice_start date not null,
  slice_end date not null,
  status public.slice_status default 'WAITING'::public.slice_status not null,
  report_id text,
  rows_read integer default 0 not null,
  rows_written integer default 0 not null,
  rows_restated integer default 0 not null,
  rows_removed integer default 0 not null,
  fetched_at timestamp with time zone,
  stored_at timestamp with time zone
);
alter table public.sync_slices add constraint sync_slices_check CHECK ((slice_end >= slice_start));
alter table public.sync_slices add constraint sync_slices_organization_id_sync_run_id_fkey FOREIGN KEY (organization_id, sync_run_id) REFERENCES public.sync_runs(organization_id, id) ON DELETE CASCADE;
alter table public.sync_slices add constraint sync_slices_organization_id_sync_run_id_slice_start_key UNIQUE (organization_id, sync_run_id, slice_start);
alter table public.sync_slices add constraint sync_slices_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX sync_slices_waiting ON public.sync_slices USING btree (organization_id, sync_run_id) WHERE (status = 'WAITING'::public.slice_status);
alter table public.sync_slices enable row level security;
alter table public.sync_slices force row level security;
create policy tenant on public.sync_slices as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.sync_slices is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.sync_slices as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.sees_all() AS sees_all) OR (sync_run_id = ANY (ARRAY( SELECT r.id
   FROM public.sync_runs r)))))
  with check ((( SELECT app.sees_all() AS sees_all) OR (sync_run_id = ANY (ARRAY( SELECT r.id
   FROM public.sync_runs r)))));
comment on policy visible on public.sync_slices is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER tell_changed AFTER UPDATE ON public.sync_slices FOR EACH ROW WHEN (((old.status IS DISTINCT FROM new.status) AND (new.status = 'DONE'::public.slice_status))) EXECUTE FUNCTION app.tell_slice_changed();
grant select on public.sync_slices to spokestack_app;
grant delete, insert, select, update on public.sync_slices to spokestack_jobs;
comment on table public.sync_slices is 'The days of a run, cut into ranges that are fetched whole and replaced whole. A run that is taken up again goes on with those that wait.';
comment on column public.sync_slices.report_id is 'The platform''s asynchronous report for this slice, so that whoever goes on asks for no second one.';

-- public.tasks

create table public.tasks (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  brand_id uuid,
  owner_id uuid,
  created_by_id uuid,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  external_id text,
  tags text[] default '{}'::text[] not null,
  custom_fields jsonb default '{}'::jsonb not null,
  company_id uuid,
  contact_id uuid,
  deal_id uuid,
  campaign_id uuid,
  title text not null,
  name text generated always as (title) stored not null,
  name_key text collate "C" generated always as (lower(title)) stored not null,
  description text,
  priority public.task_priority default 'MEDIUM'::public.task_priority not null,
  assignee_id uuid,
  due_on date,
  due_time time(0) without time zone,
  remind_on date,
  remind_time time(0) without time zone,
  recurrence public.task_recurrence,
  series_id uuid,
  series_start_on date,
  audience public.audience default 'AGENCY'::public.audience not null,
  completed_at timestamp with time zone,
  completed_by_id uuid,
  reminded_at timestamp with time zone,
  overdue_at timestamp with time zone,
  next_task_id uuid
);
alter table public.tasks add constraint tasks_audience_check CHECK ((audience <> 'AUTHOR'::public.audience));
alter table public.tasks add constraint tasks_check CHECK (((due_time IS NULL) OR (due_on IS NOT NULL)));
alter table public.tasks add constraint tasks_check1 CHECK (((remind_time IS NULL) OR (remind_on IS NOT NULL)));
alter table public.tasks add constraint tasks_check2 CHECK (((recurrence IS NULL) OR (due_on IS NOT NULL)));
alter table public.tasks add constraint tasks_completed_by_id_fkey FOREIGN KEY (completed_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.tasks add constraint tasks_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.users(id) ON DELETE SET NULL;
alter table public.tasks add constraint tasks_custom_fields_check CHECK ((jsonb_typeof(custom_fields) = 'object'::text));
alter table public.tasks add constraint tasks_external_id_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 255)));
alter table public.tasks add constraint tasks_organization_id_assignee_id_fkey FOREIGN KEY (organization_id, assignee_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (assignee_id);
alter table public.tasks add constraint tasks_organization_id_brand_id_fkey FOREIGN KEY (organization_id, brand_id) REFERENCES public.organizations(organization_id, id) ON DELETE SET NULL (brand_id);
alter table public.tasks add constraint tasks_organization_id_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES public.campaigns(organization_id, id) ON DELETE CASCADE;
alter table public.tasks add constraint tasks_organization_id_company_id_fkey FOREIGN KEY (organization_id, company_id) REFERENCES public.companies(organization_id, id) ON DELETE CASCADE;
alter table public.tasks add constraint tasks_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE CASCADE;
alter table public.tasks add constraint tasks_organization_id_deal_id_fkey FOREIGN KEY (organization_id, deal_id) REFERENCES public.deals(organization_id, id) ON DELETE CASCADE;
alter table public.tasks add constraint tasks_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.tasks add constraint tasks_organization_id_next_task_id_fkey FOREIGN KEY (organization_id, next_task_id) REFERENCES public.tasks(organization_id, id) ON DELETE SET NULL (next_task_id);
alter table public.tasks add constraint tasks_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE SET NULL (owner_id);
alter table public.tasks add constraint tasks_pkey PRIMARY KEY (organization_id, id);
alter table public.tasks add constraint tasks_title_check CHECK (((length(title) >= 1) AND (length(title) <= 1000)));
CREATE INDEX tasks_assigned ON public.tasks USING btree (organization_id, assignee_id);
CREATE INDEX tasks_assignee ON public.tasks USING btree (organization_id, assignee_id, due_on) WHERE (is_active AND (completed_at IS NULL));
CREATE INDEX tasks_author ON public.tasks USING btree (created_by_id);
CREATE INDEX tasks_brand ON public.tasks USING btree (organization_id, brand_id);
CREATE INDEX tasks_campaign ON public.tasks USING btree (organization_id, campaign_id);
CREATE INDEX tasks_company ON public.tasks USING btree (organization_id, company_id);
CREATE INDEX tasks_completed_by ON public.tasks USING btree (completed_by_id);
CREATE INDEX tasks_contact ON public.tasks USING btree (organization_id, contact_id);
CREATE INDEX tasks_created ON public.tasks USING btree (organization_id, created_at DESC, id DESC);
CREATE INDEX tasks_created_by ON public.tasks USING btree (organization_id, created_by_id);
CREATE INDEX tasks_deal ON public.tasks USING btree (organization_id, deal_id);
CREATE INDEX tasks_name ON public.tasks USING btree (organization_id, name_key, id) WHERE is_active;
CREATE INDEX tasks_next ON public.tasks USING btree (organization_id, next_task_id) WHERE (next_task_id IS NOT NULL);
CREATE INDEX tasks_owner ON public.tasks USING btree (organization_id, owner_id);
CREATE INDEX tasks_series ON public.tasks USING btree (organization_id, series_id) WHERE (series_id IS NOT NULL);
CREATE INDEX tasks_to_mark ON public.tasks USING btree (due_on) WHERE (is_active AND (completed_at IS NULL) AND (overdue_at IS NULL));
CREATE INDEX tasks_to_remind ON public.tasks USING btree (remind_on) WHERE (is_active AND (completed_at IS NULL) AND (reminded_at IS NULL));
CREATE INDEX tasks_updated ON public.tasks USING btree (organization_id, updated_at DESC, id DESC);
CREATE UNIQUE INDEX tasks_external ON public.tasks USING btree (organization_id, external_id) WHERE (external_id IS NOT NULL);
alter table public.tasks enable row level security;
alter table public.tasks force row level security;
create policy tenant on public.tasks as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.tasks is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.tasks as restrictive for all to spokestack_app, spokestack_jobs
  using ((((audience = 'EVERYONE'::public.audience) OR ((audience = 'AGENCY'::public.audience) AND (( SELECT app.scope() AS scope) <> 'brand'::text)) OR (created_by_id = ( SELECT app.user_id() AS user_id))) AND (( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id)) OR (assignee_id = ( SELECT app.person_id() AS person_id)) OR (EXISTS ( SELECT
   FROM public.campaigns r
  WHERE ((r.organization_id = tasks.organization_id) AND (r.id = tasks.campaign_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.companies r
  WHERE ((r.organization_id = tasks.organization_id) AND (r.id = tasks.company_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.contacts r
  WHERE ((r.organization_id = tasks.organization_id) AND (r.id = tasks.contact_id))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM public.deals r
  WHERE ((r.organization_id = tasks.organization_id) AND (r.id = tasks.deal_id))
 OFFSET 0)))))
  with check ((((audience = 'EVERYONE'::public.audience) OR ((audience = 'AGENCY'::public.audience) AND (( SELECT app.scope() AS scope) <> 'brand'::text)) OR (created_by_id = ( SELECT app.user_id() AS user_id))) AND (( SELECT app.sees_all() AS sees_all) OR (brand_id = ANY (( SELECT app.brand_ids() AS brand_ids)::uuid[])) OR (owner_id = ( SELECT app.person_id() AS person_id)) OR (created_by_id = ( SELECT app.person_id() AS person_id)) OR (assignee_id = ( SELECT app.person_id() AS person_id)))));
comment on policy visible on public.tasks is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE OF brand_id, owner_id, is_active, external_id, tags, custom_fields, company_id, contact_id, deal_id, campaign_id, title, description, priority, assignee_id, due_on, due_time, remind_on, remind_time, recurrence, series_id, series_start_on, audience, completed_at, completed_by_id, next_task_id ON public.tasks FOR EACH ROW EXECUTE FUNCTION app.touch();
grant insert, select, update on public.tasks to spokestack_app;
grant insert, select, update on public.tasks to spokestack_jobs;
comment on table public.tasks is 'What somebody has to do. Days and times are those of the assignee''s own zone.';
comment on column public.tasks.next_task_id is 'The task that came of completing this one: it comes once, however often this one is completed.';
comment on column public.tasks.overdue_at is 'When it was marked as overdue; NULL again once its due moment moves.';
comment on column public.tasks.series_start_on is 'The first due day of a recurring task: the 31st stays the 31st after a February.';

-- public.team_members

create table public.team_members (
  organization_id uuid not null,
  team_id uuid not null,
  user_id uuid not null,
  created_at timestamp with time zone default now() not null
);
alter table public.team_members add constraint team_members_organization_id_team_id_fkey FOREIGN KEY (organization_id, team_id) REFERENCES public.teams(organization_id, id) ON DELETE CASCADE;
alter table public.team_members add constraint team_members_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.memberships(organization_id, user_id) ON DELETE CASCADE;
alter table public.team_members add constraint team_members_pkey PRIMARY KEY (organization_id, team_id, user_id);
CREATE INDEX team_members_user ON public.team_members USING btree (organization_id, user_id);
alter table public.team_members enable row level security;
alter table public.team_members force row level security;
create policy tenant on public.team_members as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.team_members is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.team_members as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.scope() AS scope) <> 'brand'::text))
  with check ((( SELECT app.scope() AS scope) <> 'brand'::text));
comment on policy visible on public.team_members is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
grant delete, insert, select on public.team_members to spokestack_app;
grant delete, insert, select on public.team_members to spokestack_jobs;

-- public.teams

create table public.teams (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  name text not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.teams add constraint teams_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table public.teams add constraint teams_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.teams add constraint teams_pkey PRIMARY KEY (organization_id, id);
CREATE UNIQUE INDEX teams_name ON public.teams USING btree (organization_id, lower(name));
alter table public.teams enable row level security;
alter table public.teams force row level security;
create policy tenant on public.teams as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.teams is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.teams as restrictive for all to spokestack_app, spokestack_jobs
  using ((( SELECT app.scope() AS scope) <> 'brand'::text))
  with check ((( SELECT app.scope() AS scope) <> 'brand'::text));
comment on policy visible on public.teams is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.teams FOR EACH ROW EXECUTE FUNCTION app.touch();
grant delete, insert, select, update on public.teams to spokestack_app;
grant delete, insert, select, update on public.teams to spokestack_jobs;

-- public.throttle

create table public.throttle (
  key character varying(255) not null,
  points integer default 0 not null,
  expire bigint
);
alter table public.throttle add constraint throttle_pkey PRIMARY KEY (key);
alter table public.throttle enable row level security;
alter table public.throttle force row level security;
create policy door on public.throttle as permissive for all to spokestack_app
  using ((( SELECT app.door() AS door) = 'throttle'::text))
  with check ((( SELECT app.door() AS door) = 'throttle'::text));
comment on policy door on public.throttle is 'Reached only by a statement that was opened for throttling.';
grant delete, insert, select, update on public.throttle to spokestack_app;
comment on table public.throttle is 'Counters of the sign-in and API limits; keys are hashes.';

-- public.users

create table public.users (
  id uuid default app.uuid_v7() not null,
  kind public.user_kind default 'PERSON'::public.user_kind not null,
  email public.citext,
  name text not null,
  password_hash text,
  is_active boolean default true not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  time_zone text
);
alter table public.users add constraint users_check CHECK (((kind = 'SERVICE'::public.user_kind) OR (email IS NOT NULL)));
alter table public.users add constraint users_email_check CHECK ((length((email)::text) <= 254));
alter table public.users add constraint users_email_key UNIQUE (email);
alter table public.users add constraint users_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table public.users add constraint users_pkey PRIMARY KEY (id);
alter table public.users add constraint users_time_zone_check CHECK (((length(time_zone) >= 1) AND (length(time_zone) <= 100)));
alter table public.users enable row level security;
alter table public.users force row level security;
create policy colleagues on public.users as permissive for select to spokestack_app, spokestack_jobs
  using (((id = ANY (ARRAY( SELECT m.user_id
   FROM public.memberships m))) OR (id = ANY (ARRAY( SELECT k.user_id
   FROM public.api_keys k)))));
comment on policy colleagues on public.users is 'Names and addresses of the agency''s own people and keys; the rest goes through functions.';
grant select on public.users (email) to spokestack_app;
grant select on public.users (email) to spokestack_jobs;
grant select on public.users (id) to spokestack_app;
grant select on public.users (id) to spokestack_jobs;
grant select on public.users (is_active) to spokestack_app;
grant select on public.users (is_active) to spokestack_jobs;
grant select on public.users (kind) to spokestack_app;
grant select on public.users (kind) to spokestack_jobs;
grant select on public.users (name) to spokestack_app;
grant select on public.users (name) to spokestack_jobs;
grant select on public.users (time_zone) to spokestack_app;
grant select on public.users (time_zone) to spokestack_jobs;
comment on table public.users is 'People and the service identities of API keys. Outside tenancy: one person may work for several agencies.';
comment on column public.users.time_zone is 'The person''s own zone (IANA); NULL: that of the agency they work in.';

-- public.webhook_deliveries

create table public.webhook_deliveries (
  id uuid default app.uuid_v7() not null,
  batch_id uuid not null,
  source public.webhook_source not null,
  dedupe_key text not null,
  name text not null,
  native_id text not null,
  refs text[] not null,
  payload text,
  is_kept boolean not null,
  received_at timestamp with time zone default now() not null,
  parked_at timestamp with time zone,
  routed_at timestamp with time zone
);
alter table public.webhook_deliveries add constraint webhook_deliveries_check CHECK (((routed_at IS NULL) OR (payload IS NULL)));
alter table public.webhook_deliveries add constraint webhook_deliveries_dedupe_key_check CHECK (((length(dedupe_key) >= 1) AND (length(dedupe_key) <= 700)));
alter table public.webhook_deliveries add constraint webhook_deliveries_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table public.webhook_deliveries add constraint webhook_deliveries_native_id_check CHECK (((length(native_id) >= 1) AND (length(native_id) <= 500)));
alter table public.webhook_deliveries add constraint webhook_deliveries_pkey PRIMARY KEY (id);
alter table public.webhook_deliveries add constraint webhook_deliveries_source_dedupe_key_key UNIQUE (source, dedupe_key);
CREATE INDEX webhook_deliveries_age ON public.webhook_deliveries USING btree (received_at) WHERE (NOT is_kept);
CREATE INDEX webhook_deliveries_batch ON public.webhook_deliveries USING btree (batch_id) WHERE (routed_at IS NULL);
CREATE INDEX webhook_deliveries_waiting ON public.webhook_deliveries USING btree (received_at) WHERE (routed_at IS NULL);
alter table public.webhook_deliveries enable row level security;
alter table public.webhook_deliveries force row level security;
comment on table public.webhook_deliveries is 'Outside tenancy, reached through functions alone: each thing that a sender told of, once however often it came.';
comment on column public.webhook_deliveries.is_kept is 'A lead: its key is kept for ever. Others go after 30 days, when nobody sends them again.';
comment on column public.webhook_deliveries.parked_at is 'Nobody’s so far: it waits for somebody to name the page or account.';
comment on column public.webhook_deliveries.payload is 'What was sent. It moves to the agency’s own row as soon as that is known, or goes with time.';
comment on column public.webhook_deliveries.refs is 'What tells whose it is, each with its kind before it: page:1, ad-account:1, user:…, account:…, key:….';

-- public.webhook_events

create table public.webhook_events (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  source public.webhook_source not null,
  dedupe_key text not null,
  name text not null,
  native_id text not null,
  payload text not null,
  state public.webhook_state default 'RECEIVED'::public.webhook_state not null,
  summary text,
  attempts integer default 0 not null,
  next_attempt_at timestamp with time zone default now(),
  received_at timestamp with time zone default now() not null,
  settled_at timestamp with time zone,
  lead_form_id uuid,
  contact_id uuid,
  creator_id uuid,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);
alter table public.webhook_events add constraint webhook_events_check CHECK (((state = ANY (ARRAY['RECEIVED'::public.webhook_state, 'FAILED'::public.webhook_state])) = (next_attempt_at IS NOT NULL)));
alter table public.webhook_events add constraint webhook_events_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts(organization_id, id) ON DELETE SET NULL (contact_id);
alter table public.webhook_events add constraint webhook_events_organization_id_creator_id_fkey FOREIGN KEY (organization_id, creator_id) REFERENCES public.creators(organization_id, id) ON DELETE SET NULL (creator_id);
alter table public.webhook_events add constraint webhook_events_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;
alter table public.webhook_events add constraint webhook_events_organization_id_lead_form_id_fkey FOREIGN KEY (organization_id, lead_form_id) REFERENCES public.lead_forms(organization_id, id) ON DELETE SET NULL (lead_form_id);
alter table public.webhook_events add constraint webhook_events_organization_id_source_dedupe_key_key UNIQUE (organization_id, source, dedupe_key);
alter table public.webhook_events add constraint webhook_events_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX webhook_events_contact ON public.webhook_events USING btree (organization_id, contact_id);
CREATE INDEX webhook_events_creator ON public.webhook_events USING btree (organization_id, creator_id);
CREATE INDEX webhook_events_dead ON public.webhook_events USING btree (organization_id, source, received_at) WHERE (settled_at IS NOT NULL);
CREATE INDEX webhook_events_lead_form ON public.webhook_events USING btree (organization_id, lead_form_id);
CREATE INDEX webhook_events_native ON public.webhook_events USING btree (organization_id, native_id);
CREATE INDEX webhook_events_open ON public.webhook_events USING btree (next_attempt_at) WHERE (next_attempt_at IS NOT NULL);
CREATE INDEX webhook_events_recent ON public.webhook_events USING btree (organization_id, received_at DESC, id DESC);
alter table public.webhook_events enable row level security;
alter table public.webhook_events force row level security;
create policy tenant on public.webhook_events as permissive for all to spokestack_app, spokestack_jobs
  using ((organization_id = ( SELECT app.organization_id() AS organization_id)))
  with check ((organization_id = ( SELECT app.organization_id() AS organization_id)));
comment on policy tenant on public.webhook_events is 'Rows of the transaction''s own agency; an unset setting is NULL and gives none.';
create policy visible on public.webhook_events as restrictive for all to spokestack_app, spokestack_jobs
  using (( SELECT app.sees_all() AS sees_all))
  with check (( SELECT app.sees_all() AS sees_all));
comment on policy visible on public.webhook_events is 'Within the agency: everything for those who see all, else by brand, ownership and authorship.';
CREATE TRIGGER touch BEFORE UPDATE ON public.webhook_events FOR EACH ROW EXECUTE FUNCTION app.touch();
grant select, update on public.webhook_events to spokestack_app;
grant select, update on public.webhook_events to spokestack_jobs;
comment on table public.webhook_events is 'One thing that a platform told one agency, and what became of it.';
comment on column public.webhook_events.next_attempt_at is 'When it is tried next, or while it is being tried when whoever tries it is given up.';

-- public.worker_heartbeats

create table public.worker_heartbeats (
  worker_id text not null,
  started_at timestamp with time zone default now() not null,
  seen_at timestamp with time zone default now() not null
);
alter table public.worker_heartbeats add constraint worker_heartbeats_pkey PRIMARY KEY (worker_id);
alter table public.worker_heartbeats enable row level security;
alter table public.worker_heartbeats force row level security;
comment on table public.worker_heartbeats is 'Which job workers live; the jobs of one that missed a minute are freed by any other.';
