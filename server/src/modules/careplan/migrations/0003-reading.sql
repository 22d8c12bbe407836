create table careplan.device (
  institution_id uuid not null,
  id uuid not null,
  serial text not null,
  model text not null,
  kinds text[] not null,
  token_digest text not null,
  status text not null default 'stock' check (status in ('stock', 'lent', 'retired')),
  added_at timestamptz not null,
  primary key (institution_id, id),
  unique (institution_id, serial)
);
comment on table careplan.device is 'by-institution: devices that residents may borrow to measure themselves';
comment on column careplan.device.kinds is 'type: ReadingKind from @tongmai/api/careplan/reading';
create index device_id on careplan.device (id);
create unique index device_token on careplan.device (token_digest);
create policy own on careplan.device using (kernel.is_system() or institution_id = kernel.my_institution());

create table careplan.loan (
  resident_id uuid not null,
  id uuid not null,
  device_id uuid not null,
  institution_id uuid not null,
  practitioner_id uuid,
  since timestamptz not null,
  until timestamptz,
  agreement text not null,
  lent_by text not null,
  last_at timestamptz,
  primary key (resident_id, id)
);
comment on table careplan.loan is 'by-resident: who has borrowed which device, since when, under which agreement';
create index loan_id on careplan.loan (id);
create unique index loan_of_device on careplan.loan (device_id) where until is null;
create index loan_institution on careplan.loan (institution_id, since desc);
create index loan_resident on careplan.loan (resident_id, since desc);
create policy parties_read on careplan.loan for select using (
  kernel.is_system() or institution_id = kernel.my_institution() or kernel.is_my_resident(resident_id)
  or kernel.may_open(resident_id));
create policy own_adds on careplan.loan for insert
  with check (kernel.is_system() or institution_id = kernel.my_institution());
create policy own_changes on careplan.loan for update
  using (kernel.is_system() or institution_id = kernel.my_institution());

-- One part per month, made ahead; what fits no month yet (a restored backup) lies in the rest.
create table careplan.reading (
  resident_id uuid not null,
  device_id uuid not null,
  seq bigint not null,
  at timestamptz not null,
  kind text not null,
  value real not null,
  value2 real,
  received_at timestamptz not null,
  primary key (resident_id, device_id, seq, at)
) partition by range (at);
comment on table careplan.reading is 'by-resident: what devices and residents measured, as it came';
comment on column careplan.reading.kind is 'type: ReadingKind from @tongmai/api/careplan/reading';
create index reading_series on careplan.reading (resident_id, kind, at);
create policy parties_read on careplan.reading for select using (
  kernel.is_system() or kernel.is_my_resident(resident_id) or kernel.may_open(resident_id));
create policy system_writes on careplan.reading using (kernel.is_system());
create table careplan.reading_rest partition of careplan.reading default;
comment on table careplan.reading_rest is 'by-resident: readings of months that have no part of their own';
create policy system_only on careplan.reading_rest using (kernel.is_system());

-- Makes the part of a month; false where it is there already or the rest holds readings of that month.
create function careplan.make_part(month date) returns boolean language plpgsql security definer set search_path = '' as $$
declare
  first_day date := date_trunc('month', month);
  part text := 'reading_' || to_char(first_day, 'YYYY_MM');
begin
  if to_regclass('careplan.' || part) is not null then return false; end if;
  execute format('create table careplan.%I partition of careplan.reading for values from (%L) to (%L)', part,
    first_day::timestamp at time zone 'UTC', (first_day + interval '1 month') at time zone 'UTC');
  execute format('comment on table careplan.%I is %L', part, 'by-resident: readings of one month');
  execute format('alter table careplan.%I enable row level security, force row level security', part);
  execute format('create policy system_only on careplan.%I using (kernel.is_system())', part);
  return true;
exception when check_violation or duplicate_table then return false;
end $$;

-- Drops the parts whose month ended before a day; the roll-ups stay.
create function careplan.drop_parts(before date) returns int language plpgsql security definer set search_path = '' as $$
declare
  part record;
  dropped int := 0;
begin
  for part in select c.relname as name from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'careplan.reading'::regclass and c.relname ~ '^reading_\d{4}_\d{2}$'
      and to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= before
  loop
    execute format('drop table careplan.%I', part.name);
    dropped := dropped + 1;
  end loop;
  return dropped;
end $$;

create table careplan.reading_hour (
  resident_id uuid not null,
  kind text not null,
  hour timestamptz not null,
  n int not null,
  least real not null,
  most real not null,
  total double precision not null,
  least2 real,
  most2 real,
  total2 double precision,
  primary key (resident_id, kind, hour)
);
comment on table careplan.reading_hour is 'by-resident: readings rolled up by the hour';
comment on column careplan.reading_hour.kind is 'type: ReadingKind from @tongmai/api/careplan/reading';
create policy parties_read on careplan.reading_hour for select using (
  kernel.is_system() or kernel.is_my_resident(resident_id) or kernel.may_open(resident_id));
create policy system_writes on careplan.reading_hour using (kernel.is_system());

create table careplan.reading_day (
  resident_id uuid not null,
  kind text not null,
  day date not null,
  n int not null,
  least real not null,
  most real not null,
  total double precision not null,
  least2 real,
  most2 real,
  total2 double precision,
  primary key (resident_id, kind, day)
);
comment on table careplan.reading_day is 'by-resident: readings rolled up by the day in China';
comment on column careplan.reading_day.kind is 'type: ReadingKind from @tongmai/api/careplan/reading';
create policy parties_read on careplan.reading_day for select using (
  kernel.is_system() or kernel.is_my_resident(resident_id) or kernel.may_open(resident_id));
create policy system_writes on careplan.reading_day using (kernel.is_system());

create table careplan.strip (
  resident_id uuid not null,
  device_id uuid not null,
  seq bigint not null,
  at timestamptz not null,
  hertz int not null,
  samples int[] not null,
  received_at timestamptz not null,
  primary key (resident_id, device_id, seq)
);
comment on table careplan.strip is 'by-resident: ECG strips, in microvolts';
create index strip_at on careplan.strip (resident_id, at desc);
create policy parties_read on careplan.strip for select using (
  kernel.is_system() or kernel.is_my_resident(resident_id) or kernel.may_open(resident_id));
create policy system_writes on careplan.strip using (kernel.is_system());

create table careplan.refused_reading (
  resident_id uuid not null,
  id uuid not null,
  device_id uuid not null,
  received_at timestamptz not null,
  raw jsonb not null,
  problem text not null,
  primary key (resident_id, id)
);
comment on table careplan.refused_reading is 'by-resident: readings that cannot be, as they came, with what is wrong';
create index refused_reading_id on careplan.refused_reading (id);
create index refused_reading_device on careplan.refused_reading (device_id, received_at desc);
create policy parties_read on careplan.refused_reading for select using (
  kernel.is_system() or kernel.may_open(resident_id));
create policy system_writes on careplan.refused_reading using (kernel.is_system());

create table careplan.alert_rule (
  code text not null,
  since date not null,
  kind text not null,
  way text not null check (way in ('threshold', 'duration', 'baseline', 'trend', 'silence')),
  part int not null default 1 check (part in (1, 2)),
  level text not null check (level in ('warn', 'critical')),
  least real,
  most real,
  span_hours int not null default 0,
  amount real,
  minutes int not null,
  name text not null,
  source text not null,
  primary key (code, since)
);
comment on table careplan.alert_rule is 'reference: when readings raise an alert, and within how many minutes somebody must answer';
comment on column careplan.alert_rule.kind is 'type: ReadingKind from @tongmai/api/careplan/reading';
create policy all_read on careplan.alert_rule for select using (true);
create policy system_writes on careplan.alert_rule using (kernel.is_system());
insert into careplan.alert_rule (code, since, kind, way, part, level, least, most, span_hours, amount, minutes, name, source) values
  ('systolic-critical', '2017-02-28', 'bloodPressure', 'threshold', 1, 'critical', null, 179.9, 0, null, 30, '收缩压 180 或以上', '国家基本公共卫生服务规范（第三版）：≥180/110 mmHg 紧急转诊'),
  ('diastolic-critical', '2017-02-28', 'bloodPressure', 'threshold', 2, 'critical', null, 109.9, 0, null, 30, '舒张压 110 或以上', '国家基本公共卫生服务规范（第三版）：≥180/110 mmHg 紧急转诊'),
  ('glucose-high', '2017-02-28', 'glucose', 'threshold', 1, 'critical', null, 16.6, 0, null, 30, '血糖 16.7 或以上', '国家基本公共卫生服务规范（第三版）：≥16.7 mmol/L 紧急转诊'),
  ('glucose-low', '2017-02-28', 'glucose', 'threshold', 1, 'critical', 3.95, null, 0, null, 30, '血糖 3.9 或以下', '国家基本公共卫生服务规范（第三版）：≤3.9 mmol/L 紧急转诊'),
  ('oxygen-low', '2020-01-01', 'oxygen', 'threshold', 1, 'critical', 90, null, 0, null, 30, '血氧低于 90%', '转诊方案模板（SpO₂＜90%），本平台默认'),
  ('systolic-week', '2020-01-01', 'bloodPressure', 'duration', 1, 'warn', null, 150, 168, null, 1440, '收缩压一周都在 150 以上', '本平台默认，可由临床调整'),
  ('heart-baseline', '2020-01-01', 'heartRate', 'baseline', 1, 'warn', null, null, 336, 30, 1440, '心率偏离本人两周均值 30%', '本平台默认，可由临床调整'),
  ('weight-trend', '2020-01-01', 'weight', 'trend', 1, 'warn', null, null, 72, 2, 1440, '三天体重增加 2 公斤', '本平台默认，可由临床调整'),
  ('pressure-silence', '2020-01-01', 'bloodPressure', 'silence', 1, 'warn', null, null, 168, null, 2880, '一周没有收到血压', '本平台默认，可由临床调整');

create table careplan.alert (
  resident_id uuid not null,
  id uuid not null,
  rule text not null,
  name text not null,
  source text not null,
  kind text not null,
  level text not null check (level in ('warn', 'critical')),
  institution_id uuid not null,
  practitioner_id uuid,
  device_id uuid,
  raised_at timestamptz not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  value real,
  value2 real,
  times int not null default 1,
  status text not null default 'open' check (status in ('open', 'answered')),
  response text check (response in ('called', 'visited', 'adjusted', 'referred', 'falseAlarm')),
  note text,
  answered_by uuid,
  answered_at timestamptz,
  primary key (resident_id, id)
);
comment on table careplan.alert is 'by-resident: what rules found in readings, and what was done about it';
comment on column careplan.alert.kind is 'type: ReadingKind from @tongmai/api/careplan/reading';
create index alert_id on careplan.alert (id);
create index alert_institution on careplan.alert (institution_id, status, raised_at desc);
create index alert_resident on careplan.alert (resident_id, raised_at desc);
-- While nobody has answered, the same finding is the same alert.
create unique index alert_once on careplan.alert (resident_id, rule) where status = 'open';
create policy parties_read on careplan.alert for select using (
  kernel.is_system() or institution_id = kernel.my_institution() or kernel.may_open(resident_id));
create policy own_changes on careplan.alert for update
  using (kernel.is_system() or institution_id = kernel.my_institution());
create policy system_adds on careplan.alert for insert with check (kernel.is_system());

insert into careplan.rule values
  ('alertAgeHours', '2020-01-01', 72, '本平台默认:迟到超过 72 小时的读数只入库,不报警'),
  ('rawMonths', '2020-01-01', 24, '本平台默认:原始读数保留 24 个月,小时和日汇总长期保留');
