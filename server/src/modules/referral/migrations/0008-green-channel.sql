-- The links of a green channel and the time that each may take, with the source; without a target where no source gives one.
create table referral.green_link (
  kind text not null check (kind in ('chestPain', 'stroke', 'trauma', 'highRiskPregnancy', 'criticalChild', 'priority')),
  code text not null,
  sort int not null,
  since date not null,
  until date,
  -- Counted from this link; the arrival where nothing is said.
  from_code text not null,
  target_minutes int check (target_minutes > 0),
  source text,
  primary key (kind, code, since),
  check ((target_minutes is null) = (source is null))
);
comment on table referral.green_link is 'reference: the links of each kind of green channel in their order, their targets and where these come from';
create policy all_read on referral.green_link for select using (true);
create policy system_writes on referral.green_link using (kernel.is_system());
insert into referral.green_link (kind, code, sort, since, from_code, target_minutes, source) values
  ('chestPain', 'firstContact', 1, '2020-01-01', 'opened', null, null),
  ('chestPain', 'firstEcg', 2, '2020-01-01', 'firstContact', 10, '领域参考 12.2:FMC→首份心电≤10 min'),
  ('chestPain', 'arrived', 3, '2020-01-01', 'firstContact', null, null),
  ('chestPain', 'thrombolysis', 4, '2020-01-01', 'arrived', 30, '领域参考 12.2:溶栓 D-to-N≤30 min(胸痛)'),
  ('chestPain', 'wire', 5, '2020-01-01', 'arrived', 90, '领域参考 12.2:D-to-W≤90 min'),
  ('stroke', 'firstContact', 1, '2020-01-01', 'opened', null, null),
  ('stroke', 'arrived', 2, '2020-01-01', 'firstContact', null, null),
  ('stroke', 'ct', 3, '2020-01-01', 'arrived', 25, '领域参考 12.2:D-to-CT≤25 min'),
  ('stroke', 'thrombolysis', 4, '2020-01-01', 'arrived', 60, '领域参考 12.2:DNT≤60 min(卒中)'),
  ('trauma', 'firstContact', 1, '2020-01-01', 'opened', null, null),
  ('trauma', 'arrived', 2, '2020-01-01', 'firstContact', null, null),
  ('trauma', 'resuscitation', 3, '2020-01-01', 'arrived', 5, 'S86 示例:开始抢救≤5 min'),
  ('trauma', 'bloodReport', 4, '2020-01-01', 'arrived', 20, 'S86 示例:血常规+血型报告≤20 min'),
  ('trauma', 'imaging', 5, '2020-01-01', 'arrived', 45, 'S86 示例:主要影像≤45 min'),
  ('trauma', 'operatingRoom', 6, '2020-01-01', 'arrived', 60, 'S86 示例:到手术室≤60 min'),
  ('highRiskPregnancy', 'firstContact', 1, '2020-01-01', 'opened', null, null),
  ('highRiskPregnancy', 'arrived', 2, '2020-01-01', 'firstContact', null, null),
  ('highRiskPregnancy', 'obstetrician', 3, '2020-01-01', 'arrived', null, null),
  ('criticalChild', 'firstContact', 1, '2020-01-01', 'opened', null, null),
  ('criticalChild', 'arrived', 2, '2020-01-01', 'firstContact', null, null),
  ('criticalChild', 'paediatrician', 3, '2020-01-01', 'arrived', null, null),
  ('priority', 'arrived', 1, '2020-01-01', 'opened', null, null),
  ('priority', 'doctor', 2, '2020-01-01', 'arrived', null, null);

create table referral.green_channel (
  resident_id uuid not null,
  id uuid not null,
  referral_id uuid not null,
  kind text not null check (kind in ('chestPain', 'stroke', 'trauma', 'highRiskPregnancy', 'criticalChild', 'priority')),
  opened_at timestamptz not null,
  from_institution_id uuid not null,
  to_institution_id uuid not null,
  department_id uuid,
  critical boolean not null,
  summary text not null,
  expected_at timestamptz,
  entitlements jsonb not null,
  reservation_id uuid,
  acknowledged_at timestamptz,
  acknowledged_by text,
  stamps jsonb not null default '{}',
  closed_at timestamptz,
  version int not null default 1,
  primary key (resident_id, id),
  unique (resident_id, referral_id)
);
comment on table referral.green_channel is 'by-resident: green channels opened on referrals: the warning, its acknowledgement, the entitlements, the time of every link';
create index green_channel_id on referral.green_channel (id);
create index green_channel_referral on referral.green_channel (referral_id);
create index green_channel_to on referral.green_channel (to_institution_id, opened_at desc) where closed_at is null;
create policy parties on referral.green_channel using (
  kernel.is_system() or from_institution_id = kernel.my_institution() or to_institution_id = kernel.my_institution());
