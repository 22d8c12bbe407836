-- Whole exports that a client asked for (Bulk Data Access 2.0), made by a job.
create table interop.export (
  institution_id uuid not null,
  id uuid not null,
  client_id text not null,
  level text not null check (level in ('system', 'patient', 'group')),
  group_id text,
  scopes text[] not null,
  types text[] not null,
  since timestamptz,
  request text not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  types_done int not null default 0,
  resources int not null default 0,
  files text not null default '[]',
  problem text,
  asked_at timestamptz not null,
  as_of timestamptz not null,
  ended_at timestamptz,
  until timestamptz not null,
  primary key (institution_id, id)
);
comment on table interop.export is 'by-institution: exports that clients asked for, how far they are, until when their files lie there';
create index export_id on interop.export (id);
create index export_client on interop.export (client_id, asked_at);
create index export_until on interop.export (until);
create policy system_all on interop.export using (kernel.is_system());
create policy own on interop.export using (institution_id = kernel.my_institution());
