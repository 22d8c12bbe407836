create table network.junction (
  code text collate "C" primary key,
  name text not null,
  longitude double precision not null,
  latitude double precision not null
);
comment on table network.junction is 'reference: where roads meet';
create policy all_read on network.junction for select using (true);
create policy staff_add on network.junction for insert with check (kernel.is_system() or kernel.my_institution() is not null);
create policy staff_change on network.junction for update using (kernel.is_system() or kernel.my_institution() is not null);
create policy staff_remove on network.junction for delete using (kernel.is_system() or kernel.my_institution() is not null);

create table network.road (
  id uuid primary key,
  from_code text collate "C" not null references network.junction (code),
  to_code text collate "C" not null references network.junction (code),
  name text not null,
  minutes double precision not null check (minutes > 0),
  one_way boolean not null default false,
  closed_at timestamptz,
  closed_reason text,
  version int not null default 1,
  unique (from_code, to_code),
  check (from_code <> to_code),
  check ((closed_at is null) = (closed_reason is null))
);
comment on table network.road is 'reference: roads between junctions with their minutes, open or closed';
create index road_to on network.road (to_code);
create policy all_read on network.road for select using (true);
create policy staff_add on network.road for insert with check (kernel.is_system() or kernel.my_institution() is not null);
create policy staff_change on network.road for update using (kernel.is_system() or kernel.my_institution() is not null);
create policy staff_remove on network.road for delete using (kernel.is_system() or kernel.my_institution() is not null);

-- What a routing service measured, where one is configured: it goes before the road network.
create table network.travel_time (
  from_id uuid primary key,
  to_ids uuid[] not null,
  seconds int[] not null,
  measured_at timestamptz not null,
  check (cardinality(to_ids) = cardinality(seconds))
);
comment on table network.travel_time is 'reference: minutes from an institution to others as a routing service measured them';
create policy all_read on network.travel_time for select using (true);
create policy system_writes on network.travel_time using (kernel.is_system());
