-- Lets a constraint compare beds for equality beside periods for overlap, without an extension.
create type capacity.uuid_span as range (subtype = uuid);

create table capacity.reservation (
  institution_id uuid not null,
  id uuid not null,
  resident_id uuid not null,
  department_id uuid not null,
  kind text not null check (kind in ('clinic', 'examination', 'bed')),
  source text not null check (source in ('community', 'contracted', 'referral', 'public')),
  thing text not null,
  status text not null,
  slot_id uuid,
  seat int,
  ward_id uuid,
  bed_id uuid,
  name text not null,
  practitioner_id uuid,
  starts_at timestamptz not null,
  ends_at timestamptz,
  held_until timestamptz,
  -- Waiting is counted from the later of the two: what lies before `wanted_from` is the patient's own delay.
  asked_at timestamptz not null,
  wanted_from timestamptz not null,
  by_institution_id uuid,
  by_id text not null,
  made_at timestamptz not null,
  used_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  version int not null default 1,
  primary key (institution_id, id),
  check ((slot_id is null) = (seat is null) and (ward_id is null) = (bed_id is null) and (slot_id is null) <> (bed_id is null)),
  constraint bed_for_one_at_a_time exclude using gist (
    capacity.uuid_span(bed_id, bed_id, '[]') with &&, tstzrange(starts_at, ends_at) with &&
  ) where (bed_id is not null and status in ('held', 'confirmed', 'used'))
);
comment on table capacity.reservation is 'by-institution: who has a seat or a bed, from being held to being used or given back';
comment on column capacity.reservation.status is 'type: ReservationStatus from @tongmai/api/capacity/flow';
create index reservation_id on capacity.reservation (id);
create unique index seat_for_one on capacity.reservation (institution_id, slot_id, seat)
  where slot_id is not null and status in ('held', 'confirmed', 'used');
create unique index resident_once_in_slot on capacity.reservation (institution_id, slot_id, resident_id)
  where slot_id is not null and status in ('held', 'confirmed', 'used');
create index reservation_resident on capacity.reservation (resident_id, starts_at);
create index reservation_thing on capacity.reservation (thing);
create index reservation_here on capacity.reservation (institution_id, starts_at);
create index reservation_by on capacity.reservation (by_institution_id, starts_at);
create index reservation_overdue on capacity.reservation (held_until) where status = 'held';
create index reservation_used on capacity.reservation (used_at) where used_at is not null;
create policy parties on capacity.reservation using (
  kernel.is_system() or institution_id = kernel.my_institution()
  or by_institution_id = kernel.my_institution() or kernel.is_my_resident(resident_id));

create table capacity.waiting (
  institution_id uuid not null,
  id uuid not null,
  department_id uuid not null,
  kind text not null check (kind in ('clinic', 'examination', 'bed')),
  bed_kind text,
  resident_id uuid not null,
  source text not null check (source in ('community', 'contracted', 'referral', 'public')),
  thing text not null,
  urgency text not null check (urgency in ('routine', 'urgent', 'emergency')),
  since timestamptz not null,
  wanted_from timestamptz not null,
  wanted_until timestamptz,
  offered int not null default 0,
  status text not null check (status in ('waiting', 'filled', 'left')),
  reservation_id uuid,
  by_institution_id uuid,
  by_id text not null,
  ended_at timestamptz,
  primary key (institution_id, id),
  check ((kind = 'bed') or bed_kind is null)
);
comment on table capacity.waiting is 'by-institution: who waits for a place at a department';
comment on column capacity.waiting.bed_kind is 'type: BedKind from @tongmai/api/capacity/flow';
create index waiting_id on capacity.waiting (id);
create index waiting_line on capacity.waiting (department_id, kind) where status = 'waiting';
create index waiting_reservation on capacity.waiting (reservation_id) where reservation_id is not null;
create unique index waiting_once on capacity.waiting (institution_id, department_id, kind, resident_id, thing) where status = 'waiting';
create policy parties on capacity.waiting using (
  kernel.is_system() or institution_id = kernel.my_institution()
  or by_institution_id = kernel.my_institution() or kernel.is_my_resident(resident_id));

create table capacity.waiting_time (
  institution_id uuid not null,
  department_id uuid not null,
  kind text not null check (kind in ('clinic', 'examination', 'bed')),
  visits int not null,
  median_days double precision not null,
  ninetieth_days double precision not null,
  waiting_now int not null,
  counted_at timestamptz not null,
  primary key (institution_id, department_id, kind)
);
comment on table capacity.waiting_time is 'by-institution: how long patients have waited for each department, counted every night';
create policy all_read on capacity.waiting_time for select using (true);
create policy system_writes on capacity.waiting_time using (kernel.is_system());

create table capacity.calendar_link (
  institution_id uuid not null,
  id uuid not null,
  practitioner_id uuid,
  department_id uuid,
  made_by text not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  primary key (institution_id, id),
  check ((practitioner_id is null) <> (department_id is null))
);
comment on table capacity.calendar_link is 'by-institution: private addresses under which a calendar is published';
create index calendar_link_id on capacity.calendar_link (id);
create policy own on capacity.calendar_link using (kernel.is_system() or institution_id = kernel.my_institution());
