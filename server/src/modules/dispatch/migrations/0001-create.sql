-- Vehicles belong to an institution and every dispatch desk must see them: reference, readable by all.
create table dispatch.vehicle (
  id uuid primary key,
  institution_id uuid not null,
  plate text not null unique,
  name text not null,
  kind text not null check (kind in ('ambulance', 'isolationVehicle', 'helicopter', 'shuttle')),
  equipment text[] not null,
  crew jsonb not null,
  speed_kmh double precision,
  start_minutes int not null check (start_minutes >= 0),
  state text not null check (state in ('ready', 'onMission', 'disinfecting', 'offDuty', 'outOfService')),
  longitude double precision,
  latitude double precision,
  located_at timestamptz,
  contaminated_by text check (contaminated_by in ('suspected', 'confirmed', 'recovering')),
  -- The one mission it is on; the row's lock makes it one.
  mission_id uuid,
  version int not null default 1,
  check ((kind = 'helicopter') = (speed_kmh is not null)),
  check ((mission_id is not null) = (state in ('onMission', 'disinfecting')))
);
comment on table dispatch.vehicle is 'reference: ambulances, isolation vehicles, helicopters and shuttles, where they are and what they do';
comment on column dispatch.vehicle.equipment is 'type: Equipment from @tongmai/api/dispatch/fleet';
create index vehicle_institution on dispatch.vehicle (institution_id);
create index vehicle_state on dispatch.vehicle (state);
create policy all_read on dispatch.vehicle for select using (true);
create policy own_add on dispatch.vehicle for insert with check (kernel.is_system() or institution_id = kernel.my_institution());
create policy own_change on dispatch.vehicle for update using (kernel.is_system() or institution_id = kernel.my_institution());

create table dispatch.landing_site (
  institution_id uuid primary key,
  id uuid not null,
  name text not null,
  longitude double precision not null,
  latitude double precision not null,
  at_night boolean not null,
  note text not null,
  closed_reason text
);
comment on table dispatch.landing_site is 'reference: where a helicopter may land at an institution';
create policy all_read on dispatch.landing_site for select using (true);
create policy own_write on dispatch.landing_site using (kernel.is_system() or institution_id = kernel.my_institution());

create table dispatch.desk (
  institution_id uuid primary key,
  desk_id uuid not null
);
comment on table dispatch.desk is 'reference: which dispatch desk an institution calls; its own where nothing is said';
create index desk_of on dispatch.desk (desk_id);
create policy all_read on dispatch.desk for select using (true);
create policy desk_write on dispatch.desk using (kernel.is_system() or desk_id = kernel.my_institution());

create table dispatch.mission (
  resident_id uuid not null,
  id uuid not null,
  number text collate "C" not null,
  kind text not null check (kind in ('emergency', 'transfer', 'isolation', 'return', 'shuttle')),
  urgency text not null check (urgency in ('routine', 'urgent', 'emergency')),
  status text not null,
  thing text,
  from_institution_id uuid not null,
  to_institution_id uuid not null,
  desk_id uuid not null,
  carrier_id uuid,
  vehicle_id uuid,
  needs jsonb not null,
  note text not null,
  caller_id text not null,
  called_at timestamptz not null,
  since timestamptz not null,
  due timestamptz,
  expected_at timestamptz,
  flight jsonb,
  handed_by_crew jsonb,
  taken_by_receiver jsonb,
  disinfection jsonb,
  entitlement jsonb,
  ending jsonb,
  ended_at timestamptz,
  version int not null default 1,
  primary key (resident_id, id),
  check (from_institution_id <> to_institution_id),
  check ((carrier_id is null) = (vehicle_id is null))
);
comment on table dispatch.mission is 'by-resident: transports, one row each, from the call to the vehicle that is ready again';
comment on column dispatch.mission.status is 'type: MissionStatus from @tongmai/api/dispatch/flow';
create index mission_id on dispatch.mission (id);
create index mission_thing on dispatch.mission (thing) where thing is not null;
create index mission_from on dispatch.mission (from_institution_id, called_at desc);
create index mission_to on dispatch.mission (to_institution_id, called_at desc);
create index mission_desk on dispatch.mission (desk_id, called_at desc);
create index mission_carrier on dispatch.mission (carrier_id, called_at desc) where carrier_id is not null;
create policy parties on dispatch.mission using (
  kernel.is_system() or from_institution_id = kernel.my_institution() or to_institution_id = kernel.my_institution()
  or desk_id = kernel.my_institution() or carrier_id = kernel.my_institution());
create policy own_person on dispatch.mission for select using (kernel.is_my_resident(resident_id));

create table dispatch.step (
  resident_id uuid not null,
  mission_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  move text not null,
  from_status text,
  to_status text not null,
  actor_id text not null,
  practitioner_id uuid,
  institution_id uuid,
  comment text,
  primary key (resident_id, mission_id, id)
);
comment on table dispatch.step is 'by-resident, append-only: who moved a mission, when, and what they said';
comment on column dispatch.step.from_status is 'type: MissionStatus from @tongmai/api/dispatch/flow';
comment on column dispatch.step.to_status is 'type: MissionStatus from @tongmai/api/dispatch/flow';
create index step_id on dispatch.step (id);
create index step_mission on dispatch.step (mission_id, at);
create policy parties_read on dispatch.step for select using (
  kernel.is_system() or exists (select from dispatch.mission m where m.id = mission_id));
create policy actors_add on dispatch.step for insert with check (
  kernel.is_system() or institution_id = kernel.my_institution());

create table dispatch.vital (
  resident_id uuid not null,
  mission_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  practitioner_id uuid,
  institution_id uuid not null,
  heart_rate double precision,
  systolic double precision,
  diastolic double precision,
  spo2 double precision,
  breaths double precision,
  temperature double precision,
  glucose double precision,
  consciousness text check (consciousness in ('alert', 'voice', 'pain', 'unresponsive')),
  note text not null,
  primary key (resident_id, mission_id, id)
);
comment on table dispatch.vital is 'by-resident, append-only: vital signs measured on the way';
create index vital_id on dispatch.vital (id);
create index vital_mission on dispatch.vital (mission_id, at);
create policy parties_read on dispatch.vital for select using (
  kernel.is_system() or exists (select from dispatch.mission m where m.id = mission_id));
create policy carrier_adds on dispatch.vital for insert with check (
  kernel.is_system() or institution_id = kernel.my_institution());

-- How long each step may take. No known rule of the state gives these, so an operator changes them by adding rows.
create table dispatch.deadline_rule (
  step text not null,
  urgency text not null check (urgency in ('*', 'routine', 'urgent', 'emergency')),
  since date not null,
  until date,
  minutes int not null check (minutes > 0),
  source text not null,
  primary key (step, urgency, since)
);
comment on table dispatch.deadline_rule is 'reference: minutes that each step of a mission may take, beyond the travel time where it drives';
create policy all_read on dispatch.deadline_rule for select using (true);
create policy system_writes on dispatch.deadline_rule using (kernel.is_system());
insert into dispatch.deadline_rule (step, urgency, since, minutes, source) values
  ('called', 'emergency', '2020-01-01', 3, '默认值'),
  ('called', 'urgent', '2020-01-01', 15, '默认值'),
  ('called', 'routine', '2020-01-01', 120, '默认值'),
  ('dispatched', 'emergency', '2020-01-01', 3, '默认值'),
  ('dispatched', 'urgent', '2020-01-01', 10, '默认值'),
  ('dispatched', 'routine', '2020-01-01', 60, '默认值'),
  ('departed', '*', '2020-01-01', 10, '默认值:预计到达时间后 10 分钟'),
  ('onScene', 'emergency', '2020-01-01', 20, '默认值'),
  ('onScene', '*', '2020-01-01', 45, '默认值'),
  ('leftScene', '*', '2020-01-01', 15, '默认值:预计到院时间后 15 分钟'),
  ('arrived', 'emergency', '2020-01-01', 15, '默认值'),
  ('arrived', '*', '2020-01-01', 30, '默认值'),
  ('handedOver', '*', '2020-01-01', 60, '默认值'),
  ('aborted', '*', '2020-01-01', 60, '默认值');

create function dispatch.minutes_for(of_step text, of_urgency text, on_day date) returns int
  language sql stable parallel safe as $$
  select r.minutes from dispatch.deadline_rule r
  where r.step = of_step and r.urgency in (of_urgency, '*')
    and r.since <= on_day and (r.until is null or r.until >= on_day)
  order by (r.urgency = '*'), r.since desc limit 1 $$;
