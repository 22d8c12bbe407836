create table network.grid_cell (
  id uuid primary key,
  code text not null unique,
  name text not null,
  alliance_id uuid not null references network.alliance (id),
  colour text not null,
  dissolved_at timestamptz,
  version int not null default 1,
  added_at timestamptz not null
);
comment on table network.grid_cell is 'reference: grid cells and the one alliance responsible for each';
create policy all_read on network.grid_cell for select using (true);
create policy lead_adds on network.grid_cell for insert with check (kernel.is_system() or network.leads(alliance_id));
create policy lead_changes on network.grid_cell for update using (kernel.is_system() or network.leads(alliance_id));

-- Nothing forbids a division in two cells: two alliances may claim it, and the overlap must be seen to be settled.
create table network.grid_division (
  grid_id uuid not null references network.grid_cell (id),
  division_code text collate "C" not null,
  since timestamptz not null,
  primary key (grid_id, division_code)
);
comment on table network.grid_division is 'reference: which divisions make up a grid cell, and since when';
create index grid_division_code on network.grid_division (division_code);
create policy all_read on network.grid_division for select using (true);
create policy lead_adds on network.grid_division for insert with check (kernel.is_system()
  or exists (select from network.grid_cell g where g.id = grid_id and network.leads(g.alliance_id)));
create policy lead_removes on network.grid_division for delete using (kernel.is_system()
  or exists (select from network.grid_cell g where g.id = grid_id and network.leads(g.alliance_id)));

create table network.resolution (
  id uuid primary key,
  alliance_id uuid not null references network.alliance (id),
  number text not null,
  title text not null,
  text text not null,
  votes_for int not null,
  votes_against int not null,
  votes_abstained int not null,
  adopted_on date not null,
  added_at timestamptz not null,
  unique (alliance_id, number)
);
comment on table network.resolution is 'reference, append-only: resolutions of the councils';
create policy members_read on network.resolution for select
  using (kernel.is_system() or network.belongs(alliance_id) or network.oversees());
create policy lead_adds on network.resolution for insert with check (kernel.is_system() or network.leads(alliance_id));

create table network.duty (
  id uuid primary key,
  resolution_id uuid not null references network.resolution (id),
  alliance_id uuid not null,
  title text not null,
  institution_id uuid not null references network.institution (id),
  department_id uuid references network.department (id),
  person_name text,
  due date not null,
  done_at timestamptz,
  done_by text,
  evidence text,
  version int not null default 1
);
comment on table network.duty is 'reference: duties that arose from resolutions, down to department and person';
create index duty_institution on network.duty (institution_id, done_at);
create index duty_resolution on network.duty (resolution_id);
create policy members_read on network.duty for select
  using (kernel.is_system() or network.belongs(alliance_id) or network.oversees());
create policy lead_adds on network.duty for insert with check (kernel.is_system() or network.leads(alliance_id));
create policy own_change on network.duty for update using (kernel.is_system() or institution_id = kernel.my_institution());

create table network.area_duty (
  id uuid primary key,
  alliance_id uuid not null references network.alliance (id),
  institution_id uuid not null references network.institution (id),
  department_id uuid not null references network.department (id),
  practitioner_id uuid,
  person_name text not null,
  person_phone text,
  community_id uuid references network.institution (id),
  division_code text,
  task text not null,
  since date not null,
  until date,
  evidence text,
  version int not null default 1,
  check (until is null or until >= since),
  check (community_id is not null or division_code is not null)
);
comment on table network.area_duty is 'reference: which department and person answers for which community, from when to when';
create index area_duty_alliance on network.area_duty (alliance_id);
create index area_duty_community on network.area_duty (community_id);
create index area_duty_department on network.area_duty (department_id);
create policy all_read on network.area_duty for select using (true);
create policy own_add on network.area_duty for insert with check (kernel.is_system() or institution_id = kernel.my_institution());
create policy own_change on network.area_duty for update using (kernel.is_system() or institution_id = kernel.my_institution());
