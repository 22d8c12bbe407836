-- Rules and prices are reference data, chosen by the date of the fact; what a source does not give is null.
-- What concerns a resident is visible to who may open them.

create table benefit.area (
  area text primary key,
  division text,
  standing text not null,
  note text
);
comment on table benefit.area is 'reference: pooling areas whose rules are kept, and where they lie';
comment on column benefit.area.standing is 'type: Standing from @tongmai/api/benefit/rule';
create policy all_read on benefit.area for select using (true);
create policy staff_write on benefit.area using (kernel.is_system() or kernel.my_institution() is not null);

create table benefit.chain_rule (
  id uuid primary key,
  area text not null references benefit.area (area),
  gap_days int,
  since date,
  until date,
  source text not null
);
comment on table benefit.chain_rule is 'reference: within how many days two stays are one episode, by area';
create index chain_rule_area on benefit.chain_rule (area);
create policy all_read on benefit.chain_rule for select using (true);
create policy staff_write on benefit.chain_rule using (kernel.is_system() or kernel.my_institution() is not null);

create table benefit.insurance_rule (
  id uuid primary key,
  area text not null references benefit.area (area),
  scheme text not null,
  category text not null,
  level text not null,
  kind text not null,
  contracted text not null check (contracted in ('any', 'yes', 'no')),
  referral text not null check (referral in ('any', 'referred', 'notReferred')),
  deductible_fen int check (deductible_fen >= 0),
  ratio_bp int check (ratio_bp between 0 and 10000),
  ratio_min_bp int check (ratio_min_bp between 0 and 10000),
  ratio_max_bp int check (ratio_max_bp between 0 and 10000),
  cap_fen int check (cap_fen >= 0),
  standing text not null,
  since date,
  until date,
  source text not null,
  note text,
  check (until is null or since is null or until >= since)
);
comment on table benefit.insurance_rule is 'reference: deductible, ratio and cap by area, scheme, category, level, contract and referral, from when to when';
comment on column benefit.insurance_rule.scheme is 'type: InsuranceScheme from @tongmai/api/benefit/rule';
comment on column benefit.insurance_rule.category is 'type: InsuredCategory from @tongmai/api/benefit/rule';
comment on column benefit.insurance_rule.level is 'type: BenefitLevel from @tongmai/api/benefit/rule';
comment on column benefit.insurance_rule.kind is 'type: CareKind from @tongmai/api/benefit/rule';
comment on column benefit.insurance_rule.standing is 'type: Standing from @tongmai/api/benefit/rule';
create unique index insurance_rule_key on benefit.insurance_rule
  (area, scheme, category, level, kind, contracted, referral, since) nulls not distinct;
create policy all_read on benefit.insurance_rule for select using (true);
create policy staff_write on benefit.insurance_rule using (kernel.is_system() or kernel.my_institution() is not null);

create table benefit.entitlement_rule (
  id uuid primary key,
  code text not null,
  min_age int,
  critical boolean not null,
  contracted boolean not null,
  referred boolean not null,
  kind text,
  since date,
  until date,
  source text not null
);
comment on table benefit.entitlement_rule is 'reference: waivers and priorities, and all that each asks for';
comment on column benefit.entitlement_rule.code is 'type: EntitlementCode from @tongmai/api/benefit/rule';
create policy all_read on benefit.entitlement_rule for select using (true);
create policy system_writes on benefit.entitlement_rule using (kernel.is_system());

create table benefit.tariff (
  id uuid primary key,
  code text collate "C" not null,
  name text not null,
  unit text not null,
  tier text not null check (tier in ('tertiary', 'secondary', 'primary')),
  price_fen int not null check (price_fen >= 0),
  self_pay_bp int check (self_pay_bp between 0 and 10000),
  since date not null,
  until date,
  source text not null,
  check (until is null or until >= since)
);
comment on table benefit.tariff is 'reference: prices of items by tier, from when to when';
create unique index tariff_key on benefit.tariff (code, tier, since);
create policy all_read on benefit.tariff for select using (true);
create policy staff_write on benefit.tariff using (kernel.is_system() or kernel.my_institution() is not null);

create table benefit.search_key (
  key text collate "C" not null,
  code text collate "C" not null,
  primary key (key, code)
);
comment on table benefit.search_key is 'reference: by which beginnings an item of the tariff is found';
create policy all_read on benefit.search_key for select using (true);
create policy staff_write on benefit.search_key using (kernel.is_system() or kernel.my_institution() is not null);

create table benefit.diagnosis_group (
  code text primary key,
  name text not null,
  icd text[] not null,
  source text not null
);
comment on table benefit.diagnosis_group is 'reference: groups of diagnoses for which the usual items are kept';
create policy all_read on benefit.diagnosis_group for select using (true);
create policy system_writes on benefit.diagnosis_group using (kernel.is_system());

create table benefit.typical_item (
  group_code text not null references benefit.diagnosis_group (code),
  kind text not null check (kind in ('outpatient', 'inpatient')),
  tier text not null check (tier in ('tertiary', 'secondary', 'primary')),
  item_code text not null,
  quantity int not null check (quantity > 0),
  primary key (group_code, kind, tier, item_code)
);
comment on table benefit.typical_item is 'reference: what is usually done for a group of diagnoses at a tier';
create policy all_read on benefit.typical_item for select using (true);
create policy system_writes on benefit.typical_item using (kernel.is_system());

create table benefit.insured (
  resident_id uuid not null,
  id uuid not null,
  area text not null,
  scheme text not null,
  category text not null,
  since date not null,
  until date,
  recorded_at timestamptz not null,
  recorded_by text not null,
  institution_id uuid,
  primary key (resident_id, id),
  check (until is null or until >= since)
);
comment on table benefit.insured is 'by-resident: area, scheme and category of insurance as shown at a desk';
comment on column benefit.insured.scheme is 'type: InsuranceScheme from @tongmai/api/benefit/rule';
comment on column benefit.insured.category is 'type: InsuredCategory from @tongmai/api/benefit/rule';
create index insured_id on benefit.insured (id);
create unique index insured_since on benefit.insured (resident_id, since);
create policy openers on benefit.insured using (kernel.is_system() or kernel.may_open(resident_id));

create table benefit.stay (
  resident_id uuid not null,
  id uuid not null,
  episode text not null,
  institution_id uuid not null,
  admitted_on date not null,
  discharged_on date,
  deductible_paid_fen int check (deductible_paid_fen >= 0),
  referral_id uuid,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (resident_id, id),
  check (discharged_on is null or discharged_on >= admitted_on)
);
comment on table benefit.stay is 'by-resident: stays in hospital with the deductible paid, joined to episodes';
create index stay_id on benefit.stay (id);
create policy openers on benefit.stay using (kernel.is_system() or kernel.may_open(resident_id));
