-- How far the records that were there before have been read for the chain of a disease.
create table careplan.chain_progress (
  one boolean primary key default true check (one),
  institution_id uuid,
  at timestamptz not null
);
comment on table careplan.chain_progress is 'local: one row: which institution''s residents were read last for the chain';
create policy system_only on careplan.chain_progress using (kernel.is_system());
