create table interop.partner (
  institution_id uuid not null,
  id uuid not null,
  name text not null,
  -- Who sends: MSH-4, and MSH-3 where one facility has several systems (empty: any of them).
  facility text not null,
  application text not null default '',
  client_id text not null,
  -- What its messages are written in where they do not say so; null finds out.
  charset text check (charset in ('utf-8', 'gb18030', 'latin1')),
  added_at timestamptz not null,
  ended_at timestamptz,
  primary key (institution_id, id)
);
comment on table interop.partner is 'reference: systems that speak HL7 v2 with us, each for one institution and by one client';
create index partner_id on interop.partner (id);
create unique index partner_sender on interop.partner (facility, application) where ended_at is null;
create policy own on interop.partner using (kernel.is_system() or institution_id = kernel.my_institution());

create table interop.message (
  institution_id uuid not null,
  id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  road text not null check (road in ('mllp', 'http', 'console')),
  client_id text,
  partner_id uuid,
  kind text not null,
  application text not null,
  facility text not null,
  control_id text not null,
  state text not null check (state in ('waiting', 'done', 'failed', 'mended', 'setAside')),
  -- The bytes as they came or go, base64, sealed: they hold numbers of people.
  raw_sealed text not null,
  charset text not null check (charset in ('utf-8', 'gb18030', 'latin1')),
  -- Of what it says, without the sender's time: the same again is known by it.
  digest text not null,
  answer_sealed text,
  problem_code text,
  problem_place text,
  problem_text text,
  resident_id uuid,
  -- What became of it, as Type/id.
  made text[] not null default '{}',
  mends_id uuid,
  note text,
  tries int not null default 0,
  at timestamptz not null,
  done_at timestamptz,
  primary key (institution_id, id)
);
comment on table interop.message is 'by-institution: every HL7 v2 message in and out, as it came, with what became of it';
create index message_id on interop.message (id);
create index message_at on interop.message (institution_id, at desc, id);
create index message_control on interop.message (institution_id, control_id);
create index message_failed on interop.message (institution_id, at) where state = 'failed';
create policy own on interop.message using (kernel.is_system() or institution_id = kernel.my_institution());
