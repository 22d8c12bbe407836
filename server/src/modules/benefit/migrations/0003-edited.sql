-- Waivers and groups of diagnoses are kept by people too: from when to when, and who changed what.
drop policy system_writes on benefit.entitlement_rule;
create policy staff_write on benefit.entitlement_rule using (kernel.is_system() or kernel.my_institution() is not null);
alter table benefit.entitlement_rule add check (until is null or since is null or until >= since);

alter table benefit.typical_item drop constraint typical_item_group_code_fkey;
alter table benefit.diagnosis_group add column since date not null default '2020-01-01', add column until date;
alter table benefit.diagnosis_group alter column since drop default;
alter table benefit.diagnosis_group drop constraint diagnosis_group_pkey;
alter table benefit.diagnosis_group add primary key (code, since);
alter table benefit.typical_item add column since date not null default '2020-01-01';
alter table benefit.typical_item alter column since drop default;
alter table benefit.typical_item drop constraint typical_item_pkey;
alter table benefit.typical_item add primary key (group_code, since, kind, tier, item_code);
alter table benefit.typical_item add foreign key (group_code, since) references benefit.diagnosis_group (code, since) on delete cascade;
drop policy system_writes on benefit.diagnosis_group;
create policy staff_write on benefit.diagnosis_group using (kernel.is_system() or kernel.my_institution() is not null);
drop policy system_writes on benefit.typical_item;
create policy staff_write on benefit.typical_item using (kernel.is_system() or kernel.my_institution() is not null);

-- One limit between stays for one day: whoever said it last.
delete from benefit.chain_rule a using benefit.chain_rule b
  where a.area = b.area and a.since is not distinct from b.since and a.id < b.id;
create unique index chain_rule_since on benefit.chain_rule (area, since) nulls not distinct;

create table benefit.change (
  id uuid primary key,
  at timestamptz not null,
  what text not null check (what in ('insuranceRule', 'entitlementRule', 'diagnosisGroup', 'gap')),
  subject text not null,
  actor_id text not null,
  institution_id uuid,
  since date,
  before jsonb,
  after jsonb
);
comment on table benefit.change is 'reference, append-only: who changed a rule of benefits, from what to what';
create index change_at on benefit.change (at desc);
create policy all_read on benefit.change for select using (true);
create policy staff_add on benefit.change for insert with check (kernel.is_system() or kernel.my_institution() is not null);

-- What insurance has paid of the yearly cap, as its statement says; stays after it add to it.
alter table benefit.stay add column insurance_paid_fen int check (insurance_paid_fen >= 0);
create table benefit.cap_use (
  resident_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('outpatient', 'inpatient')),
  as_of date not null,
  used_fen int not null check (used_fen >= 0),
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (resident_id, id)
);
comment on table benefit.cap_use is 'by-resident: how much of a yearly cap was used by a day, as the insurer''s statement says';
create index cap_use_id on benefit.cap_use (id);
create policy openers on benefit.cap_use using (kernel.is_system() or kernel.may_open(resident_id));
