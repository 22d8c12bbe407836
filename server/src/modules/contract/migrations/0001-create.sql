-- One row per published version; who has signed one keeps it as it was (contract.contract.packages).
create table contract.service_package (
  institution_id uuid not null,
  id uuid not null,
  code text not null,
  version int not null,
  name text not null,
  level text not null,
  priority_group text,
  fee jsonb not null,
  items jsonb not null,
  since date not null,
  until date,
  published_at timestamptz not null,
  published_by text not null,
  primary key (institution_id, id),
  unique (institution_id, code, version),
  check (until is null or until >= since)
);
comment on table contract.service_package is 'by-institution: the service packages an institution offers, every version with the days on which it could be signed';
comment on column contract.service_package.level is 'type: PackageLevel from @tongmai/api/contract/package';
comment on column contract.service_package.priority_group is 'type: PriorityGroup from @tongmai/api/contract/package';
create index service_package_id on contract.service_package (id);
create policy all_read on contract.service_package for select using (true);
create policy own_add on contract.service_package for insert
  with check (kernel.is_system() or institution_id = kernel.my_institution());
create policy own_change on contract.service_package for update
  using (kernel.is_system() or institution_id = kernel.my_institution());

create table contract.contract (
  resident_id uuid not null,
  id uuid not null,
  number text collate "C" not null,
  status text not null,
  upcoming boolean not null default false,
  community_id uuid not null,
  team_id uuid not null,
  doctor_id uuid not null,
  secondary_id uuid,
  tertiary_id uuid,
  act_id uuid not null,
  packages jsonb not null,
  package_names text[] not null,
  levels text[] not null,
  fee jsonb not null,
  fee_fen int not null,
  months int not null,
  starts_on date not null,
  ends_on date not null,
  channel text not null,
  consent_version text not null,
  consent_hash text not null,
  signature jsonb,
  author_id text not null,
  prev_id uuid,
  since timestamptz not null,
  applied_at timestamptz,
  signed_at timestamptz,
  ended_on date,
  ending jsonb,
  version int not null default 1,
  primary key (resident_id, id),
  check (ends_on > starts_on),
  check (secondary_id is null or secondary_id <> tertiary_id)
);
comment on table contract.contract is 'by-resident: family-doctor contracts from application to end, with the packages as they were when signed';
comment on column contract.contract.status is 'type: ContractStatus from @tongmai/api/contract/flow';
comment on column contract.contract.channel is 'type: Channel from @tongmai/api/contract/shape';
-- One contract in force, one that follows it and one application at a time, whatever the code believes.
create unique index contract_one_in_force on contract.contract (resident_id)
  where status in ('active', 'expiring') and not upcoming;
create unique index contract_one_upcoming on contract.contract (resident_id) where status = 'active' and upcoming;
create unique index contract_one_application on contract.contract (resident_id) where status = 'pendingReview';
create index contract_id on contract.contract (id);
create index contract_number on contract.contract (number);
create index contract_act on contract.contract (act_id);
create index contract_prev on contract.contract (prev_id) where prev_id is not null;
create index contract_community on contract.contract (community_id, status, ends_on);
create index contract_community_newest on contract.contract (community_id, since desc);
create index contract_doctor on contract.contract (doctor_id) where status in ('active', 'expiring');
create index contract_secondary on contract.contract (secondary_id, since desc) where secondary_id is not null;
create index contract_tertiary on contract.contract (tertiary_id, since desc) where tertiary_id is not null;
create index contract_ends on contract.contract (ends_on) where status in ('active', 'expiring');
create index contract_starts on contract.contract (starts_on) where upcoming;
create policy parties_read on contract.contract for select using (
  kernel.is_system() or community_id = kernel.my_institution()
  or (signed_at is not null and (secondary_id = kernel.my_institution() or tertiary_id = kernel.my_institution()))
  or kernel.is_my_resident(resident_id) or (signed_at is not null and kernel.may_open(resident_id)));
create policy community_adds on contract.contract for insert
  with check (kernel.is_system() or community_id = kernel.my_institution());
create policy community_changes on contract.contract for update
  using (kernel.is_system() or community_id = kernel.my_institution());

create view contract.current with (security_invoker = true) as
  select resident_id, id as contract_id, community_id, team_id, doctor_id, secondary_id, tertiary_id, starts_on, ends_on
  from contract.contract where status in ('active', 'expiring') and not upcoming;

create table contract.step (
  resident_id uuid not null,
  contract_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  move text not null,
  from_status text,
  to_status text not null,
  actor_kind text not null,
  actor_id text not null,
  practitioner_id uuid,
  institution_id uuid,
  comment text,
  primary key (resident_id, contract_id, id)
);
comment on table contract.step is 'by-resident, append-only: who moved a contract, when, from which state to which';
comment on column contract.step.from_status is 'type: ContractStatus from @tongmai/api/contract/flow';
comment on column contract.step.to_status is 'type: ContractStatus from @tongmai/api/contract/flow';
create index step_id on contract.step (id);
create index step_contract on contract.step (contract_id, at);
create policy parties_read on contract.step for select using (
  kernel.is_system() or exists (select from contract.contract c where c.id = contract_id));
create policy actors_add on contract.step for insert
  with check (kernel.is_system() or institution_id = kernel.my_institution());

-- The row that is held while a doctor's panel is counted, and a limit of its own where one is set.
create table contract.panel (
  institution_id uuid not null,
  doctor_id uuid not null,
  own_limit int,
  primary key (institution_id, doctor_id)
);
comment on table contract.panel is 'by-institution: whose panels there are, and limits other than the rule';
create policy all_read on contract.panel for select using (kernel.is_system() or kernel.my_institution() is not null);
create policy own_write on contract.panel using (kernel.is_system() or institution_id = kernel.my_institution());

create table contract.signing_code (
  resident_id uuid primary key,
  digest text not null,
  until timestamptz not null,
  failures int not null default 0,
  sent_at timestamptz not null,
  day date not null,
  sent_today int not null
);
comment on table contract.signing_code is 'by-resident: the code last sent to a telephone, by which its owner signs';
create policy system_only on contract.signing_code using (kernel.is_system());

create table contract.rule (
  code text not null,
  since date not null,
  value int not null,
  source text not null,
  primary key (code, since)
);
comment on table contract.rule is 'reference: numbers that the module goes by, by date';
create policy all_read on contract.rule for select using (true);
create policy system_writes on contract.rule using (kernel.is_system());
insert into contract.rule values
  ('panelLimit', '2018-10-08', 2000, '国卫基层发〔2018〕35 号:每名家庭医生签约人数原则上不超过 2000 人'),
  ('renewalDays', '2020-01-01', 30, '本平台默认:期满前 30 天起可续约'),
  ('answerHours', '2020-01-01', 72, '本平台默认:居民申请须在 72 小时内答复');

create table contract.consent_text (
  version text primary key,
  since date not null,
  title text not null,
  text text not null
);
comment on table contract.consent_text is 'reference: the text that is signed, by version; never changed, only followed by another';
create policy all_read on contract.consent_text for select using (true);
create policy system_writes on contract.consent_text using (kernel.is_system());
insert into contract.consent_text values ('2026-1', '2020-01-01', '家庭医生签约服务协议', '一、本协议由居民自愿签订。居民选择一个社区家庭医生团队,并可选择一家二级医院、一家三级医院,组成签约医疗机构组合。
二、团队按所选服务包提供服务,服务项目、次数和费用以本协议签订时所列为准,协议期内不变。
三、居民同意签约的社区卫生服务机构为提供服务查阅其健康档案,同意所选医院查阅健康档案摘要。每次查阅都有记录,居民可以随时查看并提出异议。
四、居民同一时间只签一份协议。居民可以随时要求更换团队或解除协议;已付费而未提供的服务按实际情况处理。
五、协议期满前三十天起可以续约。居民去世或迁出服务区域的,协议自动终止。
六、居民享有优先预约、优先转诊、慢性病长期处方以及当地规定的医保优惠等签约权益。');
