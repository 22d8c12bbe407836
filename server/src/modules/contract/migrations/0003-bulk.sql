create table contract.bulk (
  institution_id uuid not null,
  id uuid not null,
  file_hash text not null,
  file_name text not null,
  form jsonb not null,
  consent_hash text not null,
  status text not null,
  total int not null default 0,
  good int not null default 0,
  bad int not null default 0,
  done int not null default 0,
  -- The last line of the present pass that has been dealt with; moves in the transaction of its work.
  cursor int not null default 0,
  created_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (institution_id, id)
);
comment on table contract.bulk is 'by-institution: spreadsheets of residents to sign, and how far each is';
comment on column contract.bulk.status is 'type: BulkStatus from @tongmai/api/contract/bulk';
create index bulk_id on contract.bulk (id);
create index bulk_under_way on contract.bulk (changed_at) where status in ('checking', 'signing');
create policy own on contract.bulk using (kernel.is_system() or institution_id = kernel.my_institution());

create table contract.bulk_line (
  institution_id uuid not null,
  bulk_id uuid not null,
  line int not null,
  name text not null,
  number_masked text not null,
  resident_id uuid,
  team_id uuid,
  doctor_id uuid,
  package_ids uuid[],
  months int,
  status text not null check (status in ('good', 'bad', 'done')),
  problem text,
  details jsonb not null,
  contract_id uuid,
  primary key (institution_id, bulk_id, line)
);
comment on table contract.bulk_line is 'by-institution: one line of a spreadsheet: what is wrong with it, or the contract it became';
comment on column contract.bulk_line.problem is 'type: LineProblem from @tongmai/api/contract/bulk';
create index bulk_line_status on contract.bulk_line (institution_id, bulk_id, status, line);
create policy own on contract.bulk_line using (kernel.is_system() or institution_id = kernel.my_institution());
