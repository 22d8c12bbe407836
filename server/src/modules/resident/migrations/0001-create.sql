-- What every list may show of a resident: masked. The person behind it lies in resident.person, behind law 6.
create table resident.resident (
  resident_id uuid primary key,
  name_masked text not null,
  sex text not null check (sex in ('male', 'female', 'unknown', 'unspecified')),
  birth_date date,
  id_masked text,
  created_at timestamptz not null
);
comment on table resident.resident is 'by-resident: the index of residents, masked';
create policy staff_read on resident.resident for select
  using (kernel.is_system() or kernel.my_institution() is not null or kernel.is_my_resident(resident_id));
create policy modules_add on resident.resident for insert with check (kernel.is_system() or kernel.my_institution() is not null);
create policy lawful_change on resident.resident for update
  using (kernel.is_system() or kernel.may_open(resident_id));

create view resident.card with (security_invoker = true) as
  select resident_id as id, name_masked, sex, birth_date, id_masked from resident.resident;

create table resident.person (
  resident_id uuid primary key,
  name text not null,
  names jsonb,
  birth_said text,
  phone_sealed text,
  phone_masked text,
  phone_blind text,
  telecom_sealed text,
  address text,
  addresses jsonb,
  address_masked text,
  division_code text,
  unknown boolean not null default false,
  found_at timestamptz,
  found_place text,
  note text,
  version int not null default 1,
  institution_id uuid
);
comment on table resident.person is 'by-resident: name, telephone (sealed) and address in full; names, telecom and addresses keep what FHIR said beyond that';
create index person_name on resident.person (name);
create index person_phone on resident.person (phone_blind) where phone_blind is not null;
create policy lawful_read on resident.person for select
  using (kernel.is_system() or kernel.is_my_resident(resident_id) or kernel.may_open(resident_id));
create policy modules_add on resident.person for insert with check (kernel.is_system() or kernel.my_institution() is not null);
create policy lawful_change on resident.person for update
  using (kernel.is_system() or kernel.may_open(resident_id));

create table resident.identifier (
  resident_id uuid not null,
  blind text not null,
  system text not null,
  kind text,
  country text,
  value_sealed text not null,
  value_masked text not null,
  derived boolean not null default false,
  about jsonb,
  since timestamptz not null,
  primary key (resident_id, blind)
);
comment on table resident.identifier is 'by-resident: documents and numbers, sealed; derived is the 18-digit form of a 15-digit number';
comment on column resident.identifier.kind is 'type: DocumentKind from @tongmai/api/resident/person';
create policy lawful_read on resident.identifier for select
  using (kernel.is_system() or kernel.is_my_resident(resident_id) or kernel.may_open(resident_id));
create policy modules_add on resident.identifier for insert with check (kernel.is_system() or kernel.my_institution() is not null);

create table resident.identifier_index (
  blind text primary key,
  number_blind text not null,
  resident_id uuid not null
);
create index identifier_index_number on resident.identifier_index (number_blind);
comment on table resident.identifier_index is 'reference: to whom a number belongs, by its keyed digest (blind: system and number, number_blind: number alone); each belongs to one resident';
create policy staff_read on resident.identifier_index for select
  using (kernel.is_system() or kernel.my_institution() is not null);
create policy modules_add on resident.identifier_index for insert
  with check (kernel.is_system() or kernel.my_institution() is not null);
create policy system_changes on resident.identifier_index for update using (kernel.is_system());

create table resident.link (
  resident_id uuid not null,
  id uuid not null,
  other_id uuid not null,
  institution_id uuid not null,
  note text not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  primary key (resident_id, id)
);
comment on table resident.link is 'by-resident: two residents said to be one person, until somebody decides';
create index link_id on resident.link (id);
create unique index link_once on resident.link (resident_id, other_id);
create policy own on resident.link
  using (kernel.is_system() or institution_id = kernel.my_institution());

create table resident.rule (
  code text not null,
  since date not null,
  value int not null,
  source text not null,
  primary key (code, since)
);
comment on table resident.rule is 'reference: numbers that the module goes by, by date';
create policy all_read on resident.rule for select using (true);
create policy system_writes on resident.rule using (kernel.is_system());
insert into resident.rule values
  ('treatmentDays', '2020-01-01', 90, '本平台默认'),
  ('objectionDays', '2021-11-01', 15, '个人信息保护法 第五十条:及时受理和处理');

-- A household lies under its householder, its members each under themselves.
create table resident.household (
  resident_id uuid not null,
  id uuid not null,
  created_at timestamptz not null,
  primary key (resident_id, id)
);
comment on table resident.household is 'by-resident: households, under the householder';
create index household_id on resident.household (id);
create policy staff_read on resident.household for select
  using (kernel.is_system() or kernel.my_institution() is not null or kernel.is_my_resident(resident_id));
create policy lawful_add on resident.household for insert
  with check (kernel.is_system() or kernel.may_open(resident_id));

create table resident.household_member (
  resident_id uuid not null,
  household_id uuid not null,
  relation text not null check (relation in ('0', '1', '2', '3', '4', '5', '6', '7', '8')),
  since timestamptz not null,
  until timestamptz,
  primary key (resident_id, household_id, since)
);
comment on table resident.household_member is 'by-resident: who belongs to which household, by relation to the householder (GB/T 4761)';
create index household_member_household on resident.household_member (household_id) where until is null;
create unique index household_member_once on resident.household_member (resident_id) where until is null;
create policy staff_read on resident.household_member for select
  using (kernel.is_system() or kernel.my_institution() is not null or kernel.is_my_resident(resident_id));
create policy lawful_add on resident.household_member for insert
  with check (kernel.is_system() or kernel.may_open(resident_id));
create policy lawful_change on resident.household_member for update
  using (kernel.is_system() or kernel.may_open(resident_id));

create table resident.proxy (
  resident_id uuid not null,
  proxy_id uuid not null,
  since timestamptz not null,
  until timestamptz,
  institution_id uuid,
  primary key (resident_id, proxy_id, since)
);
comment on table resident.proxy is 'by-resident: who stands for whom (parents for a child, a child for old parents)';
create index proxy_proxy on resident.proxy (proxy_id) where until is null;
create policy parties_read on resident.proxy for select
  using (kernel.is_system() or kernel.is_my_resident(resident_id) or kernel.is_my_resident(proxy_id) or kernel.may_open(resident_id));
create policy lawful_add on resident.proxy for insert
  with check (kernel.is_system() or kernel.may_open(resident_id));
create policy lawful_change on resident.proxy for update
  using (kernel.is_system() or kernel.may_open(resident_id));

create table resident.objection (
  resident_id uuid not null,
  id uuid not null,
  access_id uuid not null,
  institution_id uuid not null,
  opened_at timestamptz not null,
  actor_id text not null,
  practitioner_id uuid,
  basis text not null,
  thing text not null,
  reason text not null,
  at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'answered')),
  answer text,
  answered_at timestamptz,
  primary key (resident_id, id)
);
comment on table resident.objection is 'by-resident: openings of a record that the resident objects to, and the answer of the institution';
create index objection_id on resident.objection (id);
create index objection_institution on resident.objection (institution_id, state, at);
create unique index objection_once on resident.objection (resident_id, access_id);
create policy parties on resident.objection
  using (kernel.is_system() or kernel.is_my_resident(resident_id) or institution_id = kernel.my_institution());
