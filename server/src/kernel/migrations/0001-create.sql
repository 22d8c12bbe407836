-- Who is asking, as row-level security sees it: scalar settings of the session, set when a connection is taken.
create function kernel.is_system() returns boolean language sql stable parallel safe
  as $$ select current_setting('app.kind', true) = 'system' $$;
create function kernel.my_institution() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.institution', true), '')::uuid $$;
create function kernel.my_id() returns text language sql stable parallel safe
  as $$ select current_setting('app.id', true) $$;
create function kernel.my_practitioner() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.practitioner', true), '')::uuid $$;
-- Residents act for themselves and for those they stand for.
create function kernel.is_my_resident(resident uuid) returns boolean language sql stable parallel safe
  as $$ select resident = any (string_to_array(nullif(current_setting('app.residents', true), ''), ',')::uuid[]) $$;

create table kernel.clock (
  only_row boolean primary key default true check (only_row),
  offset_ms bigint not null default 0
);
comment on table kernel.clock is 'local: the test offset of the clock';
insert into kernel.clock default values;
create policy all_read on kernel.clock for select using (true);
create policy system_writes on kernel.clock for update using (kernel.is_system());

create table kernel.installation (
  only_row boolean primary key default true check (only_row),
  demo_at timestamptz
);
comment on table kernel.installation is 'local: one row about this installation; when its demonstration region was made';
insert into kernel.installation default values;
create policy system_only on kernel.installation using (kernel.is_system());

create table kernel.event (
  id uuid primary key,
  name text not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  institution_id uuid,
  resident_id uuid,
  thing text not null,
  audience uuid[] not null default '{}',
  data jsonb not null,
  request_id text not null
);
comment on table kernel.event is 'local, append-only: everything that happened; audit trail and outbox at once';
create index event_thing on kernel.event (thing, at);
create policy system_reads on kernel.event for select using (kernel.is_system());
create policy all_tell on kernel.event for insert with check (true);

create table kernel.fresh (
  n bigint generated always as identity,
  kind text not null check (kind in ('event', 'access')),
  ref uuid not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
comment on table kernel.fresh is 'local: committed and not yet sealed; emptied by the sequencer';
create policy all_add on kernel.fresh for insert with check (true);
create policy system_reads on kernel.fresh for select using (kernel.is_system());
create policy system_removes on kernel.fresh for delete using (kernel.is_system());

create table kernel.sealed (
  number bigint primary key,
  kind text not null,
  ref uuid not null,
  digest bytea not null,
  hash bytea not null,
  at timestamptz not null
);
comment on table kernel.sealed is 'local, append-only: the order of all that happened, each hash chained to the one before';
create index sealed_ref on kernel.sealed (ref);
create policy system_only on kernel.sealed using (kernel.is_system());

create table kernel.cursor (reaction text primary key, number bigint not null);
comment on table kernel.cursor is 'local: how far each reaction has come';
create policy system_only on kernel.cursor using (kernel.is_system());

create table kernel.parked (
  reaction text not null,
  number bigint not null,
  thing text not null,
  tries int not null,
  next_try_at timestamptz not null,
  problem text not null,
  state text not null default 'waiting' check (state in ('waiting', 'parked', 'done')),
  primary key (reaction, number)
);
comment on table kernel.parked is 'local: events whose reaction failed, and later ones of the same thing';
create index parked_thing on kernel.parked (reaction, thing) where state <> 'done';
create policy system_only on kernel.parked using (kernel.is_system());

create table kernel.access (
  resident_id uuid not null,
  id uuid not null,
  batch_id uuid not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  practitioner_id uuid,
  institution_id uuid,
  basis text not null,
  thing text not null,
  purpose text,
  request_id text not null,
  primary key (resident_id, id)
);
create index access_batch_lines on kernel.access (batch_id);
comment on table kernel.access is 'by-resident, append-only: who opened what of whom, when, on which basis';
create policy system_reads on kernel.access for select using (kernel.is_system());
create policy resident_reads on kernel.access for select using (kernel.is_my_resident(resident_id));
create policy all_add on kernel.access for insert with check (true);

create table kernel.access_batch (
  id uuid primary key,
  at timestamptz not null,
  lines int not null,
  digest bytea not null
);
comment on table kernel.access_batch is 'local, append-only: one digest per committed batch of the access log';
create policy all_add on kernel.access_batch for insert with check (true);
create policy system_reads on kernel.access_batch for select using (kernel.is_system());

create table kernel.idempotency (
  actor text not null,
  key text not null,
  request bytea not null,
  status int not null,
  body text not null,
  at timestamptz not null,
  primary key (actor, key)
);
comment on table kernel.idempotency is 'local: answers already given, kept 24 hours';
create index idempotency_at on kernel.idempotency (at);
create policy own on kernel.idempotency using (kernel.is_system() or actor = kernel.my_id());

create table kernel."case" (
  institution_id uuid not null,
  id uuid not null,
  kind text not null,
  thing text not null,
  resident_id uuid,
  duty text not null,
  practitioner_id uuid,
  step text not null,
  due timestamptz not null,
  opened_at timestamptz not null,
  escalated int not null default 0,
  escalate_at timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  primary key (institution_id, id)
);
comment on table kernel."case" is 'by-institution: who owns which thing until when; a passed deadline stays until a person closes it';
create index case_thing on kernel."case" (thing) where closed_at is null;
create index case_open on kernel."case" (institution_id, duty, due) where closed_at is null;
create index case_escalate on kernel."case" (escalate_at) where closed_at is null;
create policy system_all on kernel."case" using (kernel.is_system());
create policy own_reads on kernel."case" for select using (institution_id = kernel.my_institution());
-- Handing over closes one's own row and opens one elsewhere, inside the owning module's action.
create policy parties_write on kernel."case" for insert with check (true);
create policy parties_close on kernel."case" for update using (true);

create table kernel.escalation (
  kind text not null,
  level int not null,
  duty text not null,
  after_minutes int not null,
  primary key (kind, level)
);
comment on table kernel.escalation is 'reference: to whom a passed deadline goes, level by level';
create policy all_read on kernel.escalation for select using (true);
create policy system_writes on kernel.escalation using (kernel.is_system());
insert into kernel.escalation values ('*', 1, 'office.head', 0), ('*', 2, 'duty.officer', 60), ('*', 3, 'alliance.office', 240),
  ('referral.emergency', 1, 'duty.officer', 0), ('referral.emergency', 2, 'alliance.office', 15);

create table kernel.file (
  hash text primary key,
  size bigint not null,
  media text not null,
  uploader text not null,
  at timestamptz not null,
  attached_at timestamptz
);
comment on table kernel.file is 'local: what lies in the file store by content hash; unattached ones are swept after a day';
create index file_unattached on kernel.file (at) where attached_at is null;
create policy system_all on kernel.file using (kernel.is_system());
create policy all_read on kernel.file for select using (true);
create policy own_add on kernel.file for insert with check (uploader = kernel.my_id());
create policy attach on kernel.file for update using (true);

create table kernel.access_grant (
  resident_id uuid not null,
  institution_id uuid not null,
  basis text not null,
  source text not null,
  depth text not null default 'full' check (depth in ('summary', 'full')),
  since timestamptz not null,
  until timestamptz,
  via_institution_id uuid,
  suspended boolean not null default false,
  primary key (resident_id, institution_id, basis, source)
);
comment on table kernel.access_grant is 'by-resident: which institution may open whose record, on which basis, until when';
create index access_grant_institution on kernel.access_grant (institution_id, resident_id);
create index access_grant_source on kernel.access_grant (source);
create policy own_reads on kernel.access_grant for select using (institution_id = kernel.my_institution());
create policy resident_reads on kernel.access_grant for select using (kernel.is_my_resident(resident_id));
create policy system_all on kernel.access_grant using (kernel.is_system());
create policy modules_add on kernel.access_grant for insert with check (true);
create policy modules_change on kernel.access_grant for update using (true);
create policy modules_end on kernel.access_grant for delete using (true);

-- The second wall of law 6: true where the acting institution holds a live grant for this resident.
create function kernel.may_open(resident uuid) returns boolean language sql stable parallel safe
  as $$ select exists (select from kernel.access_grant g where g.resident_id = resident
    and g.institution_id = kernel.my_institution() and not g.suspended and (g.until is null or g.until > now())) $$;

create table kernel.resource (
  resident_id uuid not null,
  type text not null,
  id text not null,
  -- The owning module's own id, where a caller chose another for FHIR.
  own_id text,
  version int not null,
  updated_at timestamptz not null,
  -- When it happened, as the resource itself says; what a time line is ordered by.
  happened_at timestamptz,
  institution_id uuid,
  audience uuid[],
  sensitivity smallint not null default 0,
  deleted boolean not null default false,
  content text not null,
  -- Elements that came in over FHIR and that the owning module does not model.
  extra text,
  primary key (resident_id, type, id)
);
comment on table kernel.resource is 'by-resident: FHIR resources as they are now; what concerns no resident lies under the zero uuid';
create index resource_id on kernel.resource (type, id);
create index resource_own_id on kernel.resource (type, own_id) where own_id is not null;
create table kernel.resource_history (like kernel.resource including defaults, primary key (resident_id, type, id, version));
comment on table kernel.resource_history is 'by-resident, append-only: earlier versions of FHIR resources';
create index resource_history_id on kernel.resource_history (type, id, version);

create table kernel.resource_identifier (
  resident_id uuid not null,
  type text not null,
  value text not null,
  id text not null,
  bare text not null generated always as (substr(value, strpos(value, '|') + 1)) stored,
  primary key (resident_id, type, value, id)
);
comment on table kernel.resource_identifier is 'by-resident: identifiers of FHIR resources as system|value, for search and conditional references';
create index resource_identifier_id on kernel.resource_identifier (type, id);
create index resource_identifier_value on kernel.resource_identifier (type, value);
create index resource_identifier_bare on kernel.resource_identifier (type, bare);

-- Law 6: parties only, where a resource names parties; what concerns no resident is open; all else on a live grant.
-- Written out in each policy, because a function with a query in it is planned anew at every call.
create policy lawful on kernel.resource for select using (kernel.is_system()
  or (audience is null and (resident_id = '00000000-0000-0000-0000-000000000000'
    or exists (select from kernel.access_grant g where g.resident_id = resource.resident_id
      and g.institution_id = kernel.my_institution() and not g.suspended and (g.until is null or g.until > now()))))
  or (audience is not null and kernel.my_institution() = any (audience))
  or kernel.is_my_resident(resident_id));
create policy modules_add on kernel.resource for insert with check (true);
create policy modules_change on kernel.resource for update using (true);
create policy lawful on kernel.resource_history for select using (kernel.is_system()
  or (audience is null and (resident_id = '00000000-0000-0000-0000-000000000000'
    or exists (select from kernel.access_grant g where g.resident_id = resource_history.resident_id
      and g.institution_id = kernel.my_institution() and not g.suspended and (g.until is null or g.until > now()))))
  or (audience is not null and kernel.my_institution() = any (audience))
  or kernel.is_my_resident(resident_id));
create policy modules_add on kernel.resource_history for insert with check (true);
create policy lawful on kernel.resource_identifier for select using (exists (select from kernel.resource r
  where r.resident_id = resource_identifier.resident_id and r.type = resource_identifier.type and r.id = resource_identifier.id));
create policy modules_add on kernel.resource_identifier for insert with check (true);
create policy modules_change on kernel.resource_identifier for update using (true);
create policy modules_remove on kernel.resource_identifier for delete using (true);

create table kernel.resource_alias (
  institution_id uuid not null,
  key text not null,
  type text not null,
  id text not null,
  primary key (institution_id, key)
);
comment on table kernel.resource_alias is 'by-institution: the names under which a source knows a resource, so that an import run twice adds nothing';
create index resource_alias_id on kernel.resource_alias (type, id);
create policy own on kernel.resource_alias using (kernel.is_system() or institution_id = kernel.my_institution());

create table kernel.resource_rebuild (
  type text primary key,
  after text not null
);
comment on table kernel.resource_rebuild is 'local: how far each running rebuild of FHIR projections has come';
create policy system_only on kernel.resource_rebuild using (kernel.is_system());

-- Work enqueued in the same transaction; the queue itself belongs to the owner.
create function kernel.enqueue(job text, payload json, run_at timestamptz, job_key text) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.add_job(job, payload, run_at => run_at, job_key => job_key, max_attempts => 8);
end $$;
