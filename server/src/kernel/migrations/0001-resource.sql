-- The second half of the first step: who may open whose record, and the store of FHIR resources under the same rule.
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
