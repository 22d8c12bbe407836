-- The formulary is kept by people: codes, retirement, who said it last.
alter table pharmacy.medicine
  add column base_code text,
  add column insurance_code text,
  add column retired boolean not null default false,
  add column version int not null default 1;
create unique index medicine_insurance_code on pharmacy.medicine (insurance_code) where insurance_code is not null;
drop policy system_writes on pharmacy.medicine;
create policy staff_write on pharmacy.medicine using (kernel.is_system() or kernel.my_institution() is not null);
drop policy system_writes on pharmacy.search_key;
create policy staff_write on pharmacy.search_key using (kernel.is_system() or kernel.my_institution() is not null);

-- Who lacks what is open to all members: a neighbour may have it to lend. No patient stands in it.
create table pharmacy.shortage (
  institution_id uuid not null,
  id uuid not null,
  medicine_id uuid not null references pharmacy.medicine (id),
  patients int not null check (patients > 0),
  quantity text not null,
  reason text not null,
  status text not null,
  reported_at timestamptz not null,
  reported_by text not null,
  due timestamptz,
  expected_on date,
  alternative_id uuid references pharmacy.medicine (id),
  note text not null default '',
  ended_at timestamptz,
  version int not null default 1,
  primary key (institution_id, id)
);
comment on table pharmacy.shortage is 'by-institution: medicines that are wanting, who reported them, and what became of it';
comment on column pharmacy.shortage.status is 'type: ShortageStatus from @tongmai/api/pharmacy/shortage';
create index shortage_id on pharmacy.shortage (id);
create index shortage_open on pharmacy.shortage (reported_at desc) where ended_at is null;
create unique index shortage_one on pharmacy.shortage (institution_id, medicine_id) where ended_at is null;
create policy all_read on pharmacy.shortage for select using (true);
create policy own_write on pharmacy.shortage using (kernel.is_system() or institution_id = kernel.my_institution());

-- No known rule gives these; an operator adds rows.
create table pharmacy.deadline_rule (
  step text not null check (step in ('reported', 'procuring', 'arrived')),
  since date not null,
  until date,
  hours int not null check (hours > 0),
  source text not null,
  primary key (step, since)
);
comment on table pharmacy.deadline_rule is 'reference: hours that each step of a shortage may take; beyond the expected day where it is being bought';
create policy all_read on pharmacy.deadline_rule for select using (true);
create policy system_writes on pharmacy.deadline_rule using (kernel.is_system());
insert into pharmacy.deadline_rule (step, since, hours, source) values
  ('reported', '2020-01-01', 48, '默认值'), ('procuring', '2020-01-01', 24, '默认值:预计到货日之后'), ('arrived', '2020-01-01', 72, '默认值');
