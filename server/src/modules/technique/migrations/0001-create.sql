-- The catalogue is small and everything joins it; who masters what is public among members, because a referral
-- is sent by it. Days are compared in the store, which knows the day.

create table technique.technique (
  id uuid primary key,
  code text not null unique,
  name text not null,
  aliases text[] not null default '{}',
  specialty text not null,
  kind text not null,
  level text not null,
  note text,
  retired_on date,
  version int not null default 1
);
comment on table technique.technique is 'reference: the catalogue of techniques and examinations as it stands';
comment on column technique.technique.kind is 'type: TechniqueKind from @tongmai/api/technique';
comment on column technique.technique.level is 'type: TechniqueLevel from @tongmai/api/technique';
create index technique_specialty on technique.technique (specialty);
create policy all_read on technique.technique for select using (true);
create policy staff_write on technique.technique using (kernel.is_system() or kernel.my_institution() is not null);

create table technique.edition (
  technique_id uuid not null references technique.technique (id),
  version int not null,
  at timestamptz not null,
  account_id text not null,
  facts jsonb not null,
  primary key (technique_id, version)
);
comment on table technique.edition is 'reference, append-only: what each version of a technique said';
create policy all_read on technique.edition for select using (true);
create policy staff_add on technique.edition for insert
  with check (kernel.is_system() or kernel.my_institution() is not null);

create table technique.search_key (
  key text collate "C" not null,
  technique_id uuid not null references technique.technique (id),
  primary key (key, technique_id)
);
comment on table technique.search_key is 'reference: by which beginnings a technique is found';
create index search_key_technique on technique.search_key (technique_id);
create policy all_read on technique.search_key for select using (true);
create policy staff_write on technique.search_key using (kernel.is_system() or kernel.my_institution() is not null);

create table technique.mastery (
  id uuid primary key,
  technique_id uuid not null references technique.technique (id),
  institution_id uuid not null,
  department_id uuid not null,
  practitioner_id uuid,
  since date not null,
  until date,
  filing text,
  evidence_hash text,
  evidence_name text,
  teacher_id uuid not null,
  signer_id text not null,
  signer_name text not null,
  signed_at timestamptz not null,
  state text not null default 'live' check (state in ('live', 'withdrawn', 'expired')),
  ended_at timestamptz,
  ended_reason text,
  check (until is null or until >= since),
  check ((state = 'live') = (ended_at is null))
);
comment on table technique.mastery is 'reference: which department or practitioner was signed off for which technique, by whom, until when';
create index mastery_technique on technique.mastery (technique_id) where state = 'live';
create index mastery_institution on technique.mastery (institution_id);
create index mastery_until on technique.mastery (until) where state = 'live';
create unique index mastery_once on technique.mastery (technique_id, department_id, practitioner_id)
  nulls not distinct where state = 'live';
create policy all_read on technique.mastery for select using (true);
create policy teacher_adds on technique.mastery for insert
  with check (kernel.is_system() or teacher_id = kernel.my_institution());
create policy teacher_changes on technique.mastery for update
  using (kernel.is_system() or teacher_id = kernel.my_institution());

-- Signed off and neither withdrawn nor run out; who joins it compares `since` and `until` with their day.
create view technique.mastered with (security_invoker = true) as
  select technique_id, institution_id, department_id, practitioner_id, since, until
  from technique.mastery where state = 'live';
