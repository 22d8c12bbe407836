create table resident.consent (
  resident_id uuid not null,
  id uuid not null,
  version int not null,
  state text not null check (state in ('active', 'withdrawn')),
  institution_id uuid not null,
  purpose text not null check (purpose in ('treatment', 'consultation', 'insurance', 'research', 'other')),
  depth text not null check (depth in ('summary', 'full')),
  sensitive smallint not null default 0,
  since timestamptz not null,
  until timestamptz,
  words text not null,
  words_hash text not null,
  signed text not null check (signed in ('phone', 'paper', 'pad')),
  file_hash text,
  at timestamptz not null,
  by_id text not null,
  practitioner_id uuid,
  by_institution_id uuid,
  reason text,
  primary key (resident_id, id, version)
);
comment on table resident.consent is 'by-resident, append-only: every version of every consent; the last one holds';
comment on column resident.consent.state is 'type: ConsentState from @tongmai/api/resident/consent';
comment on column resident.consent.purpose is 'type: ConsentPurpose from @tongmai/api/resident/consent';
comment on column resident.consent.signed is 'type: ConsentSigned from @tongmai/api/resident/consent';
create index consent_id on resident.consent (id, version);
create policy parties_read on resident.consent for select using (kernel.is_system()
  or kernel.is_my_resident(resident_id) or institution_id = kernel.my_institution() or kernel.may_open(resident_id));
create policy parties_add on resident.consent for insert
  with check (kernel.is_system() or kernel.is_my_resident(resident_id) or kernel.may_open(resident_id));

create table resident.emergency_access (
  resident_id uuid not null,
  id uuid not null,
  institution_id uuid not null,
  actor_id text not null,
  practitioner_id uuid,
  reason text not null,
  at timestamptz not null,
  until timestamptz not null,
  state text not null default 'open' check (state in ('open', 'justified', 'unjustified')),
  note text,
  closed_at timestamptz,
  closed_by text,
  primary key (resident_id, id)
);
comment on table resident.emergency_access is 'by-resident: records opened in an emergency without another basis, until a person has judged each';
comment on column resident.emergency_access.state is 'type: EmergencyState from @tongmai/api/resident/consent';
create index emergency_access_id on resident.emergency_access (id);
create index emergency_access_institution on resident.emergency_access (institution_id, state, at);
create policy own on resident.emergency_access using (kernel.is_system() or institution_id = kernel.my_institution());
create policy resident_reads on resident.emergency_access for select using (kernel.is_my_resident(resident_id));

insert into resident.rule values
  ('emergencyHours', '2020-01-01', 24, '本平台默认:紧急调阅的有效时长(小时)'),
  ('emergencyReviewHours', '2020-01-01', 72, '本平台默认:紧急调阅的复核期限(小时)');
