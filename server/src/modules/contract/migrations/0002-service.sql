-- One row per service that a contract owes, laid when it is signed; as-needed ones are added when they are delivered.
create table contract.service (
  resident_id uuid not null,
  contract_id uuid not null,
  id uuid not null,
  community_id uuid not null,
  team_id uuid not null,
  package_code text not null,
  item_code text not null,
  item_name text not null,
  seq int not null,
  performer text not null,
  evidence text[] not null,
  price_fen int not null,
  due_from date not null,
  due_on date not null,
  assignee_id uuid,
  status text not null check (status in ('due', 'done', 'refused', 'lapsed')),
  done_at timestamptz,
  done_by uuid,
  recorded_at timestamptz,
  note text,
  proof jsonb,
  primary key (resident_id, contract_id, id)
);
comment on table contract.service is 'by-resident: what a contract owes and what was delivered of it, with the evidence';
comment on column contract.service.performer is 'type: Performer from @tongmai/api/contract/package';
comment on column contract.service.evidence is 'type: EvidenceKind from @tongmai/api/contract/package';
create index service_id on contract.service (id);
create index service_contract on contract.service (contract_id, status, due_on);
create index service_community on contract.service (community_id, status, due_on);
create index service_assignee on contract.service (assignee_id, due_on) where status = 'due';
create index service_done on contract.service (done_by, done_at) where status = 'done';
create policy parties_read on contract.service for select using (
  kernel.is_system() or community_id = kernel.my_institution() or kernel.is_my_resident(resident_id)
  or kernel.may_open(resident_id));
create policy community_adds on contract.service for insert
  with check (kernel.is_system() or community_id = kernel.my_institution());
create policy community_changes on contract.service for update
  using (kernel.is_system() or community_id = kernel.my_institution());

create table contract.flag (
  resident_id uuid not null,
  service_id uuid not null,
  id uuid not null,
  community_id uuid not null,
  practitioner_id uuid,
  kind text not null check (kind in ('twoPlaces', 'sameReadings', 'neverLeft')),
  details jsonb not null,
  raised_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'upheld', 'dismissed')),
  reviewed_by text,
  reviewed_at timestamptz,
  review_note text,
  primary key (resident_id, id)
);
comment on table contract.flag is 'by-resident: deliveries that look odd, until a person has looked at them; they block nothing';
create index flag_id on contract.flag (id);
create index flag_community on contract.flag (community_id, state, raised_at desc);
create unique index flag_once on contract.flag (resident_id, service_id, kind);
create policy community on contract.flag
  using (kernel.is_system() or community_id = kernel.my_institution());

insert into contract.rule values
  ('unservedDays', '2020-01-01', 90, '本平台默认:签约满 90 天没有任何服务即为签而不约'),
  ('neverLeftMetres', '2020-01-01', 150, '本平台默认:上门服务定位距本中心 150 米以内即提示'),
  ('twoPlacesMetres', '2020-01-01', 500, '本平台默认:同一分钟两处相距 500 米以上即提示'),
  ('sameReadingsCount', '2020-01-01', 3, '本平台默认:同一人同一天 3 名居民测量值完全相同即提示');
