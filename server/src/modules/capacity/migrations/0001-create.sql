create table capacity.schedule (
  institution_id uuid not null,
  id uuid not null,
  department_id uuid not null,
  practitioner_id uuid,
  kind text not null check (kind in ('clinic', 'examination')),
  name text not null,
  item text,
  device text,
  room text not null,
  sessions jsonb not null,
  slot_minutes int not null check (slot_minutes > 0),
  seats_per_slot int not null check (seats_per_slot > 0),
  since date not null,
  until date,
  on_holidays boolean not null,
  version int not null default 1,
  primary key (institution_id, id)
);
comment on table capacity.schedule is 'by-institution: when a clinic or an examination is held in a week, and in how many seats';
create index schedule_id on capacity.schedule (id);
create index schedule_department on capacity.schedule (department_id);
create policy all_read on capacity.schedule for select using (true);
create policy own_write on capacity.schedule using (kernel.is_system() or institution_id = kernel.my_institution());

-- A set of shares holds from its day until the next set of the same schedule.
create table capacity.quota (
  institution_id uuid not null,
  schedule_id uuid not null,
  since date not null,
  source text not null check (source in ('community', 'contracted', 'referral')),
  percent int not null check (percent between 0 and 100),
  release_minutes int not null check (release_minutes >= 0),
  primary key (institution_id, schedule_id, since, source)
);
comment on table capacity.quota is 'by-institution: which share of a session each source has, by day, and how long before the session it is released';
create policy all_read on capacity.quota for select using (true);
create policy own_write on capacity.quota using (kernel.is_system() or institution_id = kernel.my_institution());

create table capacity.exception (
  institution_id uuid not null,
  schedule_id uuid not null,
  day date not null,
  kind text not null check (kind in ('closed', 'open')),
  reason text not null,
  primary key (institution_id, schedule_id, day)
);
comment on table capacity.exception is 'by-institution: days on which a schedule is not held, or is held although it is a holiday';
create policy all_read on capacity.exception for select using (true);
create policy own_write on capacity.exception using (kernel.is_system() or institution_id = kernel.my_institution());

create table capacity.slot (
  institution_id uuid not null,
  id uuid not null,
  schedule_id uuid not null,
  department_id uuid not null,
  practitioner_id uuid,
  kind text not null check (kind in ('clinic', 'examination')),
  name text not null,
  room text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  seats int not null,
  beside_plan boolean not null default false,
  primary key (institution_id, id),
  check (ends_at > starts_at)
);
comment on table capacity.slot is 'by-institution: one stretch of time of a session; its seats can be reserved';
create index slot_id on capacity.slot (id);
create unique index slot_once on capacity.slot (institution_id, schedule_id, starts_at);
create index slot_department on capacity.slot (department_id, starts_at);
create index slot_practitioner on capacity.slot (practitioner_id, starts_at) where practitioner_id is not null;
create policy all_read on capacity.slot for select using (true);
create policy own_write on capacity.slot using (kernel.is_system() or institution_id = kernel.my_institution());

-- The seat carries its reservation: who takes it updates this row, and whoever comes at the same moment skips it.
create table capacity.seat (
  institution_id uuid not null,
  slot_id uuid not null,
  number int not null,
  department_id uuid not null,
  kind text not null check (kind in ('clinic', 'examination')),
  starts_at timestamptz not null,
  source text not null check (source in ('community', 'contracted', 'referral', 'public')),
  released_at timestamptz not null,
  reservation_id uuid,
  held_until timestamptz,
  primary key (institution_id, slot_id, number)
);
comment on table capacity.seat is 'by-institution: the seats of a slot, whose share each is, from when it is everybody’s, and who has it';
create index seat_slot on capacity.seat (slot_id);
create index seat_open on capacity.seat (department_id, starts_at) where reservation_id is null or held_until is not null;
create policy all_read on capacity.seat for select using (true);
create policy own_write on capacity.seat using (kernel.is_system() or institution_id = kernel.my_institution());

create table capacity.ward (
  institution_id uuid not null,
  id uuid not null,
  department_id uuid not null,
  name text not null,
  bed_kind text not null,
  confirmed_at timestamptz not null,
  confirmed_by text,
  primary key (institution_id, id)
);
comment on table capacity.ward is 'by-institution: the beds of one kind in a ward, and when their figures were last said to be true';
comment on column capacity.ward.bed_kind is 'type: BedKind from @tongmai/api/capacity/flow';
create index ward_id on capacity.ward (id);
create index ward_department on capacity.ward (department_id);
create policy all_read on capacity.ward for select using (true);
create policy own_write on capacity.ward using (kernel.is_system() or institution_id = kernel.my_institution());

create table capacity.bed (
  institution_id uuid not null,
  id uuid not null,
  ward_id uuid not null,
  department_id uuid not null,
  label text not null,
  state text not null check (state in ('free', 'occupied', 'cleaning', 'closed')),
  reservation_id uuid,
  held_until timestamptz,
  changed_at timestamptz not null,
  version int not null default 1,
  primary key (institution_id, id)
);
comment on table capacity.bed is 'by-institution: beds, what their ward says of each, and who has it';
create index bed_id on capacity.bed (id);
create index bed_ward on capacity.bed (ward_id, state);
create policy all_read on capacity.bed for select using (true);
create policy own_write on capacity.bed using (kernel.is_system() or institution_id = kernel.my_institution());

create table capacity.rule (
  code text not null,
  since date not null,
  value int not null,
  origin text not null,
  primary key (code, since)
);
comment on table capacity.rule is 'reference: numbers that the module goes by, by date';
create policy all_read on capacity.rule for select using (true);
create policy system_writes on capacity.rule using (kernel.is_system());
insert into capacity.rule (code, since, value, origin) values
  ('layDays', '2020-01-01', 14, '本平台默认:提前放号天数'),
  ('holdMinutes', '2020-01-01', 15, '本平台默认:占号后须在此时间内确认'),
  ('offerMinutes', '2020-01-01', 720, '本平台默认:候补到号后须在此时间内确认'),
  ('bedHoldMinutes', '2020-01-01', 240, '本平台默认:床位预留后须在此时间内确认'),
  ('ownBookingsMost', '2020-01-01', 5, '本平台默认:居民自己同时持有的预约数'),
  ('cancelHours', '2020-01-01', 2, '本平台默认:居民可自行取消的最晚时间'),
  ('confidenceHalfMinutes', '2020-01-01', 240, '本平台默认:床位数字每过此时间可信度减半'),
  ('waitingDays', '2020-01-01', 180, '候诊时间按最近六个月的实际就诊计算');

-- The newest value not after a day.
create function capacity.rule_on(of_code text, on_day date) returns int language sql stable parallel safe as $$
  select value from capacity.rule where code = of_code and since <= on_day order by since desc limit 1 $$;

-- For lists of later modules. Who reads it compares the times with their own: slots are open from now on where their
-- share is the reader's or has been released; what is held does not count. A slot's figure is always true, a bed's is as
-- old as its ward says.
create view capacity.open_place with (security_invoker = true) as
  select institution_id, department_id, kind, count(*)::int as free, starts_at as next_at, null::timestamptz as confirmed_at,
    slot_id as place_id, source, released_at
    from capacity.seat where reservation_id is null
    group by institution_id, department_id, kind, slot_id, starts_at, source, released_at
  union all
  select b.institution_id, b.department_id, 'bed', count(*)::int, null, w.confirmed_at, w.id, 'public', null
    from capacity.bed b join capacity.ward w on w.institution_id = b.institution_id and w.id = b.ward_id
    where b.state = 'free' and b.reservation_id is null
    group by b.institution_id, b.department_id, w.id, w.confirmed_at;
