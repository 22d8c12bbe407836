-- Home visits 上门服务 as somebody's day: planned, ordered by travel, started and finished with place and time.
create table contract.home_visit (
  resident_id uuid not null,
  id uuid not null,
  contract_id uuid not null,
  community_id uuid not null,
  practitioner_id uuid not null,
  status text not null,
  on_day date not null,
  reason text not null,
  wanted_from text,
  wanted_until text,
  minutes int not null check (minutes > 0),
  place jsonb,
  seq int,
  arrives_at timestamptz,
  travel_minutes int,
  started_at timestamptz,
  start_place jsonb,
  finished_at timestamptz,
  finish_place jsonb,
  note text,
  service_id uuid,
  planned_by text not null,
  planned_at timestamptz not null,
  version int not null default 1,
  primary key (resident_id, id),
  check (wanted_from is null or wanted_until is null or wanted_from < wanted_until)
);
comment on table contract.home_visit is 'by-resident: visits of the team to homes, their place in a day''s route, and when and where they began and ended';
comment on column contract.home_visit.status is 'type: VisitStatus from @tongmai/api/contract/visit';
create index home_visit_id on contract.home_visit (id);
create index home_visit_day on contract.home_visit (community_id, practitioner_id, on_day);
create index home_visit_status on contract.home_visit (community_id, status, on_day);
create index home_visit_contract on contract.home_visit (contract_id);
create policy parties_read on contract.home_visit for select using (
  kernel.is_system() or community_id = kernel.my_institution() or kernel.is_my_resident(resident_id));
create policy community_adds on contract.home_visit for insert
  with check (kernel.is_system() or community_id = kernel.my_institution());
create policy community_changes on contract.home_visit for update
  using (kernel.is_system() or community_id = kernel.my_institution());
