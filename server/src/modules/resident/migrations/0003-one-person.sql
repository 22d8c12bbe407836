create table resident.match_key (
  key bigint not null,
  resident_id uuid not null,
  primary key (key, resident_id)
);
comment on table resident.match_key is 'reference: keyed digests by which residents who may be one person are brought together';
create index match_key_resident on resident.match_key (resident_id);
create policy staff_read on resident.match_key for select using (kernel.is_system() or kernel.my_institution() is not null);
create policy modules_add on resident.match_key for insert
  with check (kernel.is_system() or kernel.my_institution() is not null);
create policy lawful_remove on resident.match_key for delete using (kernel.is_system() or kernel.may_open(resident_id));

-- A pair stands once, its lower id first.
delete from resident.link l using resident.link m
  where l.resident_id = m.other_id and l.other_id = m.resident_id and l.resident_id > l.other_id;
update resident.link set resident_id = other_id, other_id = resident_id where resident_id > other_id;
alter table resident.link
  add column state text not null default 'proposed' check (state in ('proposed', 'linked', 'separate', 'undone')),
  add column by_matcher boolean not null default false,
  add column probability double precision,
  add column weights jsonb,
  -- The levels at which the two agreed: the same evidence never reopens what a person decided.
  add column evidence text,
  add column held text,
  add column survivor_id uuid,
  add constraint link_order check (resident_id < other_id);
comment on table resident.link is 'by-resident: two residents who are, may be, or are not one person';
comment on column resident.link.state is 'type: LinkState from @tongmai/api/resident/link';
create index link_other on resident.link (other_id);
create index link_state on resident.link (institution_id, state, proposed_at);

create table resident.link_step (
  resident_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  at timestamptz not null,
  state text not null check (state in ('proposed', 'linked', 'separate', 'undone')),
  by_id text not null,
  practitioner_id uuid,
  institution_id uuid,
  note text not null,
  primary key (resident_id, id)
);
comment on table resident.link_step is 'by-resident, append-only: what was decided of a link, by whom and why';
comment on column resident.link_step.state is 'type: LinkState from @tongmai/api/resident/link';
create index link_step_id on resident.link_step (id);
create index link_step_link on resident.link_step (link_id, at);
create policy system_all on resident.link_step using (kernel.is_system());

alter table resident.person add column links jsonb;
comment on column resident.person.links is 'Patient.link as it came in over FHIR, beside the links of this index';

insert into resident.rule values
  ('matchAmong', '2020-01-01', 10000000, '本平台默认:按一千万居民中辨认一人计算'),
  ('linkDays', '2020-01-01', 7, '本平台默认:疑似同一人的核对期限(天)');
