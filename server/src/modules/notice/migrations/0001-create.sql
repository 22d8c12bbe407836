create table notice.inbox (
  institution_id uuid not null,
  id uuid not null,
  account_id text not null,
  at timestamptz not null,
  code text not null,
  thing text not null,
  resident_id uuid,
  data jsonb not null,
  read_at timestamptz,
  primary key (institution_id, id)
);
comment on table notice.inbox is 'by-institution: what each person has been told, and whether they have read it';
comment on column notice.inbox.data is 'type: Record<string, unknown>';
create index inbox_id on notice.inbox (id);
create index inbox_account on notice.inbox (account_id, institution_id, at desc);
create index inbox_unread on notice.inbox (account_id, institution_id) where read_at is null;
create policy own on notice.inbox using (
  kernel.is_system() or (account_id = kernel.my_id() and institution_id = kernel.my_institution()));
