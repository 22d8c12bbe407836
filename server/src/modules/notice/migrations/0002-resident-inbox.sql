create table notice.resident_inbox (
  resident_id uuid not null,
  -- The event that was its reason: a notice comes once.
  id uuid not null,
  at timestamptz not null,
  code text not null,
  thing text not null,
  data jsonb not null,
  -- Who did it; nobody is told what they did themselves.
  actor_id text not null,
  read_at timestamptz,
  primary key (resident_id, id)
);
comment on table notice.resident_inbox is 'by-resident: what each resident has been told, and whether they or who stands for them has read it';
comment on column notice.resident_inbox.data is 'type: Record<string, unknown>';
create index resident_inbox_id on notice.resident_inbox (id);
create index resident_inbox_newest on notice.resident_inbox (resident_id, at desc);
create policy own on notice.resident_inbox using (kernel.is_system() or kernel.is_my_resident(resident_id));
